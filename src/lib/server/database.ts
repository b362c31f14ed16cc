/**
 * The one SQLite file. Invariant: what a committed transaction wrote survives power loss (synchronous=FULL), and what
 * was deleted leaves no bytes behind (secure_delete). The relay keeps its own tables in the same file.
 */
import { dirname } from 'node:path';
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { makeDataFolder } from './dataFolder';
import { migrate } from './migrations';

const BUSY_TIMEOUT_MS = 5_000;

/** Opens the file, making it and its folder if need be, and brings its tables up to date. Throws if it cannot. */
export function openDatabase(file: string): Database {
	makeDataFolder(dirname(file));
	const db = new SqliteDatabase(file, { timeout: BUSY_TIMEOUT_MS });
	db.pragma('journal_mode = WAL');
	db.pragma('synchronous = FULL');
	db.pragma('secure_delete = ON');
	db.pragma('foreign_keys = ON');
	migrate(db);
	return db;
}
