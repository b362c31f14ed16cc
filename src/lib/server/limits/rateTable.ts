/**
 * How often each key was counted, and until when that holds, in a SQLite file of its own. The clock is passed in, which
 * the store for SQLite of rate-limiter-flexible does not allow.
 */
import { join } from 'node:path';
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { makeDataFolder } from '../dataFolder';

export interface Counted {
	readonly points: number;
	/** Milliseconds since 1970. */
	readonly expire: number;
}

/** Milliseconds between two times that what has expired is thrown away. */
const CLEAR_EVERY_MS = 3_600_000;

/** What is left of the log of what was written, in bytes, once it is in the file. */
const LOG_BYTES_MAX = 1_000_000;

/**
 * Invariant: each statement is read to its end (`all`, never `get`, where it writes), since SQLite brings its log into the
 * file behind a statement that has ended, and the log grows for ever otherwise.
 */
export class RateTable {
	readonly now: () => number;
	readonly #db: Database;
	readonly #add;
	readonly #set;
	readonly #get;
	readonly #delete;
	readonly #clear;
	#clearedAt = -Infinity;

	/** Without a folder it is in memory alone. */
	constructor(folder: string | undefined, now: () => number) {
		if (folder !== undefined) makeDataFolder(folder);
		this.now = now;
		const file = folder === undefined ? ':memory:' : join(folder, 'limits.db');
		const db = new SqliteDatabase(file, { timeout: 1_000 });
		this.#db = db;
		db.pragma('journal_mode = WAL');
		db.pragma('synchronous = OFF');
		db.pragma(`journal_size_limit = ${LOG_BYTES_MAX}`);
		db.exec(
			'CREATE TABLE IF NOT EXISTS rates (key TEXT PRIMARY KEY, points INTEGER NOT NULL, expire INTEGER)'
		);
		this.#add = db.prepare<{ key: string; points: number; expire: number; now: number }, Counted>(
			`INSERT INTO rates (key, points, expire) VALUES (@key, @points, @expire)
			ON CONFLICT (key) DO UPDATE SET
				points = iif(expire > @now, points + excluded.points, excluded.points),
				expire = iif(expire > @now, expire, excluded.expire)
			RETURNING points, expire`
		);
		this.#set = db.prepare<[string, number, number], Counted>(
			'INSERT OR REPLACE INTO rates (key, points, expire) VALUES (?, ?, ?) RETURNING points, expire'
		);
		this.#get = db.prepare<[string, number], Counted>(
			'SELECT points, expire FROM rates WHERE key = ? AND expire > ?'
		);
		this.#delete = db.prepare<[string]>('DELETE FROM rates WHERE key = ?');
		this.#clear = db.prepare<[number]>('DELETE FROM rates WHERE expire <= ?');
	}

	/** Counts on, or, if what was counted has expired, anew. */
	add(key: string, points: number, durationMs: number): Counted {
		const now = this.now();
		if (now - this.#clearedAt >= CLEAR_EVERY_MS) {
			this.#clear.run(now);
			this.#clearedAt = now;
		}
		return this.#row(this.#add.all({ key, points, expire: now + durationMs, now }));
	}

	/** In place of what was counted. */
	set(key: string, points: number, durationMs: number): Counted {
		return this.#row(this.#set.all(key, points, this.now() + durationMs));
	}

	/** Undefined if nothing that holds was counted. */
	get(key: string): Counted | undefined {
		return this.#get.get(key, this.now());
	}

	/** True if there was something. */
	delete(key: string): boolean {
		return this.#delete.run(key).changes > 0;
	}

	close(): void {
		this.#db.close();
	}

	#row([counted]: readonly Counted[]): Counted {
		if (!counted) throw new Error('SQLite returned no row');
		return counted;
	}
}
