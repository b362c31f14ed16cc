/** Copies of the database: made while it is in use, and put back in its place while it is not. */
import {
	closeSync,
	copyFileSync,
	existsSync,
	fsyncSync,
	openSync,
	renameSync,
	rmSync,
	writeFileSync
} from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { noteRestored } from '../sync-server/sqliteRoomTables';
import { openDatabase } from '../src/lib/server/database';
import { lockData } from '../src/lib/server/dataLock';
import { StartProblem } from '../src/lib/server/startProblem';

/** SQLite's files of one database: the log of what is not in it yet, and the index of that log. */
const ENDINGS = ['', '-wal', '-shm'];

/**
 * Copies the database of a data folder into a new file, whole and as of one moment, also while Skein runs. Throws a
 * StartProblem if the file is there already, or the database cannot be read to its end.
 */
export function backUp(dataFolder: string, file: string): void {
	const source = join(dataFolder, 'skein.db');
	if (!existsSync(source))
		throw new StartProblem(`There is no database at ${source}: name its folder with SKEIN_DATA.`);
	if (existsSync(file)) throw new StartProblem(`${file} is there already: choose another name.`);
	const part = `${file}.part`;
	rmSync(part, { force: true });
	const database = new Database(source, { fileMustExist: true });
	try {
		// SQLite fills an empty file, and would make one that everybody on the machine may read.
		writeFileSync(part, '', { mode: 0o600 });
		database.prepare('VACUUM INTO ?').run(part);
		check(part);
	} catch (error) {
		rmSync(part, { force: true });
		throw new StartProblem(`The database ${source} could not be copied: ${reasonOf(error)}.`, {
			cause: error
		});
	} finally {
		database.close();
	}
	putInPlace(part, file);
}

/**
 * Puts a copy in the place of the database of a data folder, and moves what is there aside. Returns the name that it has
 * then, if there was any. Throws a StartProblem while Skein runs, or if the copy is not whole. `stamp` tells one such
 * name from another.
 */
export function restore(dataFolder: string, file: string, stamp: string): string | undefined {
	if (!existsSync(file)) throw new StartProblem(`There is no file ${file}.`);
	const unlock = [lockData(dataFolder, 'app')];
	try {
		unlock.push(lockData(dataFolder, 'relay'));
		const part = join(dataFolder, 'skein.db.part');
		copyFileSync(file, part);
		try {
			check(part);
		} catch (error) {
			rmSync(part);
			throw new StartProblem(`${file} is not a whole copy of a database: ${reasonOf(error)}.`, {
				cause: error
			});
		}
		const target = join(dataFolder, 'skein.db');
		const aside = `${target}.before-${stamp}`;
		// The log with it: one that is left would be taken for the copy's own.
		for (const end of ENDINGS) if (existsSync(target + end)) renameSync(target + end, aside + end);
		putInPlace(part, target);
		startAnew(target);
		return existsSync(aside) ? aside : undefined;
	} finally {
		for (const release of unlock) release();
	}
}

/**
 * Has info documents and directories written anew from SQL at the next start, under fresh client ids: devices then follow
 * those alone. Returns how many. Throws a StartProblem while Skein runs.
 */
export function rebuild(dataFolder: string): number {
	const target = join(dataFolder, 'skein.db');
	if (!existsSync(target))
		throw new StartProblem(`There is no database at ${target}: name its folder with SKEIN_DATA.`);
	const unlock = [lockData(dataFolder, 'app')];
	try {
		unlock.push(lockData(dataFolder, 'relay'));
		return startAnew(target);
	} finally {
		for (const release of unlock) release();
	}
}

/** What these documents said is gone, and all of them are due. Devices may be further on in conversations than the file. */
function startAnew(file: string): number {
	const database = openDatabase(file);
	try {
		return database
			.transaction(() => {
				noteRestored(database);
				database
					.prepare(
						`INSERT INTO server_settings (name, value) VALUES ('restored', ?)
						ON CONFLICT DO UPDATE SET value = excluded.value`
					)
					.run(String(Date.now()));
				for (const table of ['room_updates', 'room_asides', 'rooms'])
					database.prepare(`DELETE FROM ${table} WHERE room LIKE 'info/%' OR room LIKE 'directory/%'`).run();
				return database
					.prepare(
						`INSERT INTO projections_due (room)
						SELECT 'info/' || id FROM conversations UNION ALL SELECT 'directory/' || id FROM users WHERE true
						ON CONFLICT DO NOTHING`
					)
					.run().changes;
			})
			.immediate();
	} finally {
		database.close();
	}
}

/** Throws if the file is no database of Skein that can be read to its end. Leaves nothing beside it. */
function check(file: string): void {
	const database = new Database(file, { fileMustExist: true, readonly: true });
	try {
		const found = database.pragma('integrity_check', { simple: true });
		if (found !== 'ok') throw new Error(String(found).split('\n')[0]);
		database.prepare('SELECT 1 FROM users, room_updates LIMIT 1').get();
	} finally {
		database.close();
	}
}

/** Renames once it is on disk, so that the name never stands for half of it. */
function putInPlace(part: string, file: string): void {
	for (const [path, then] of [
		[part, () => renameSync(part, file)],
		[dirname(file), () => {}]
	] as const) {
		const handle = openSync(path, 'r');
		fsyncSync(handle);
		closeSync(handle);
		then();
	}
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
