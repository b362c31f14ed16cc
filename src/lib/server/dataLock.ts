/**
 * One app and one relay for a data folder. Two relays would each keep rooms of their own in memory, and give one
 * position twice; two apps would write over each other's documents. The system releases the lock of a process that
 * dies, however it dies.
 */
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { makeDataFolder } from './dataFolder';
import { StartProblem } from './startProblem';

/** How long one that is stopping may take. */
const WAIT_MS = 1_000;

/** Makes this process the app or the relay of a data folder. Returns the way to end that; throws if another one is. */
export function lockData(dataFolder: string, part: 'app' | 'relay'): () => void {
	makeDataFolder(dataFolder);
	const lock = new SqliteDatabase(join(dataFolder, `${part}.lock`), { timeout: WAIT_MS });
	try {
		lock.exec('BEGIN EXCLUSIVE');
	} catch (error) {
		lock.close();
		if (!(error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY')) throw error;
		throw new StartProblem(
			`Another Skein ${part} is running on the data in ${dataFolder}: stop it, or name another folder with SKEIN_DATA.`
		);
	}
	return () => lock.close();
}
