import { openDB, type IDBPDatabase, type IDBPTransaction } from 'idb';
import { LOCAL_TABLES, type LocalStore, type LocalTable, type Timers } from './ports';
import { memoryLocalStore } from './memoryStorage';

const OPEN_TIMEOUT_MS = 5_000;

interface Options {
	readonly timers: Timers;
	/** The browser has none to give or never answers: all is kept in memory alone. */
	readonly onUnavailable: () => void;
}

type Reading = IDBPTransaction<unknown, LocalTable[], 'readonly'>;

/** The account's own small database. What is asked of it waits until it is open, so that nothing else has to. */
export function openIndexeddbLocalStore(name: string, { timers, onUnavailable }: Options): LocalStore {
	const opening = openDB(name, 1, {
		upgrade(db) {
			for (const table of LOCAL_TABLES) db.createObjectStore(table);
		},
		blocking: (_current, _next, event) => (event.target as IDBDatabase).close()
	}).catch(() => undefined);
	const timedOut = new Promise<undefined>((resolve) =>
		timers.after(OPEN_TIMEOUT_MS, () => resolve(undefined))
	);
	const whenOpen = Promise.race([opening, timedOut]).then((db): LocalStore => {
		if (db) return storeIn(db);
		onUnavailable();
		return memoryLocalStore(new Map());
	});
	return {
		get: async <T>(table: LocalTable, key: string) => (await whenOpen).get<T>(table, key),
		put: async (table, key, value) => (await whenOpen).put(table, key, value),
		delete: async (table, key) => (await whenOpen).delete(table, key),
		all: async <T>(table: LocalTable) => (await whenOpen).all<T>(table),
		keys: async (table) => (await whenOpen).keys(table),
		close: async () => (await whenOpen).close()
	};
}

function storeIn(db: IDBPDatabase): LocalStore {
	let reading: Reading | undefined;

	/** What is asked for in one turn is asked for at once: a start asks a dozen things, each a way to the disk. */
	function read(table: LocalTable) {
		if (!reading) {
			reading = db.transaction([...LOCAL_TABLES]);
			queueMicrotask(() => (reading = undefined));
		}
		return reading.objectStore(table);
	}

	/** Behind what was read before it, and before what is read after it. */
	function write(change: () => Promise<unknown>): Promise<void> {
		reading = undefined;
		return change().then(() => undefined);
	}

	return {
		get: <T>(table: LocalTable, key: string) => read(table).get(key) as Promise<T | undefined>,
		put: (table, key, value) => write(() => db.put(table, value, key)),
		delete: (table, key) => write(() => db.delete(table, key)),
		async all<T>(table: LocalTable) {
			const store = read(table);
			const [keys, values] = await Promise.all([store.getAllKeys(), store.getAll()]);
			return keys.map((key, i) => [String(key), values[i] as T] as [string, T]);
		},
		keys: async (table) => (await read(table).getAllKeys()).map(String),
		close: () => {
			db.close();
			return Promise.resolve();
		}
	};
}
