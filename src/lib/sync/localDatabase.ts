/** One connection to an account's small database. Deliberately absent: what becomes of it when the browser ends it. */
import { openDB, type IDBPDatabase, type IDBPTransaction } from 'idb';
import { LOCAL_TABLES, type LocalTable } from './ports';
import type { Row } from './knownRows';

type Reading = IDBPTransaction<unknown, LocalTable[], 'readonly'>;
type Writing = IDBPTransaction<unknown, LocalTable[], 'readwrite'>;

export interface LocalDatabaseOptions {
	/** A tab that holds an older version does not let go of it. */
	readonly onBlocked: () => void;
	/** The browser has ended the connection by itself. */
	readonly onEnded: () => void;
}

export type LocalDatabase = Awaited<ReturnType<typeof openLocalDatabase>>;

/** Rejects if the browser has none to give; may never settle. */
export async function openLocalDatabase(name: string, { onBlocked, onEnded }: LocalDatabaseOptions) {
	let isNew = false;
	let ended = false;
	const db = await openDB(name, 1, {
		upgrade(opened) {
			isNew = true;
			for (const table of LOCAL_TABLES) opened.createObjectStore(table);
		},
		blocked: onBlocked,
		// Another tab deletes the account's data, or is of a later version: holding on would block it.
		blocking(_current, _next, event) {
			ended = true;
			(event.target as IDBDatabase).close();
		},
		terminated() {
			ended = true;
			onEnded();
		}
	});
	return connection(db, { isNew, isEnded: () => ended });
}

function connection(
	db: IDBPDatabase,
	{ isNew, isEnded }: { readonly isNew: boolean; readonly isEnded: () => boolean }
) {
	let reading: Reading | undefined;

	/** What is asked for in one turn is asked for at once: a start asks a dozen things, each a way to the disk. */
	function read(table: LocalTable) {
		if (!reading) {
			reading = db.transaction([...LOCAL_TABLES]);
			// Each question is told by itself that it failed.
			reading.done.catch(() => undefined);
			queueMicrotask(() => (reading = undefined));
		}
		return reading.objectStore(table);
	}

	/**
	 * Behind what was read before it, and before what is read after it. It covers all tables, though it may change one row:
	 * Chromium takes two open writes of one database for corruption after a kill, and deletes all that the origin has
	 * (docs/decisions/0024).
	 */
	async function write(change: (tables: Writing) => Promise<unknown>): Promise<void> {
		reading = undefined;
		const transaction = db.transaction([...LOCAL_TABLES], 'readwrite');
		await Promise.all([change(transaction), transaction.done]);
	}

	return {
		/** It was not there before. */
		isNew,
		/** True for what fails because the connection is no more, and not because the disk does not take it. */
		isLost: (error: unknown): boolean =>
			isEnded() || (error instanceof Error && error.name === 'InvalidStateError'),
		get: async (table: LocalTable, key: string): Promise<unknown> => read(table).get(key),
		async all(table: LocalTable): Promise<[string, unknown][]> {
			const store = read(table);
			const [keys, values] = await Promise.all([store.getAllKeys(), store.getAll()]);
			return keys.map((key, i) => [String(key), values[i] as unknown]);
		},
		keys: async (table: LocalTable): Promise<string[]> => (await read(table).getAllKeys()).map(String),
		put: (table: LocalTable, key: string, value: unknown): Promise<void> =>
			write((tables) => tables.objectStore(table).put(value, key)),
		delete: (table: LocalTable, key: string): Promise<void> =>
			write((tables) => tables.objectStore(table).delete(key)),
		/** All of them or none; `absent`: only where there is no such row. */
		putAll: (rows: readonly Row[], { absent }: { readonly absent: boolean }): Promise<void> =>
			write((tables) =>
				Promise.all(
					rows.map(async ({ table, key, value }) => {
						const store = tables.objectStore(table);
						if (value === undefined) return store.delete(key);
						if (!absent || (await store.getKey(key)) === undefined) await store.put(value, key);
					})
				)
			),
		close: (): void => db.close()
	};
}
