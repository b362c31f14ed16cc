import { openDB } from 'idb';
import { LOCAL_TABLES, type LocalStore, type Timers } from './ports';

const OPEN_TIMEOUT_MS = 5_000;

/** Opens the account's own small database; undefined if the browser has none to give or never answers. */
export async function openIndexeddbLocalStore(name: string, timers: Timers): Promise<LocalStore | undefined> {
	const opening = openDB(name, 1, {
		upgrade(db) {
			for (const table of LOCAL_TABLES) db.createObjectStore(table);
		},
		blocking: (_current, _next, event) => (event.target as IDBDatabase).close()
	}).catch(() => undefined);
	const timedOut = new Promise<undefined>((resolve) =>
		timers.after(OPEN_TIMEOUT_MS, () => resolve(undefined))
	);
	const db = await Promise.race([opening, timedOut]);
	if (!db) return undefined;
	return {
		get: (table, key) => db.get(table, key),
		async put(table, key, value) {
			// What was erased elsewhere because it is kept here must outlive the machine's going down, too.
			const durability = table === 'salvage' ? 'strict' : 'default';
			const transaction = db.transaction(table, 'readwrite', { durability });
			await Promise.all([transaction.store.put(value, key), transaction.done]);
		},
		delete: (table, key) => db.delete(table, key),
		async all<T>(table: (typeof LOCAL_TABLES)[number]) {
			const transaction = db.transaction(table);
			const [keys, values] = await Promise.all([transaction.store.getAllKeys(), transaction.store.getAll()]);
			return keys.map((key, i) => [String(key), values[i] as T] as [string, T]);
		},
		close: () => {
			db.close();
			return Promise.resolve();
		}
	};
}
