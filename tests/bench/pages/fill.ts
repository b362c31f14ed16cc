/** Writes what the generator made straight into this profile's IndexedDB, in the layout of y-indexeddb. */
import { LOCAL_TABLES } from '../../../src/lib/sync/ports';

export interface FillDatabase {
	readonly name: string;
	readonly url: string;
	/** The own store's `acks` key, for what the answer's header says is acked. */
	readonly room?: string;
}

export interface FillPlan {
	readonly databases: readonly FillDatabase[];
	/** The account's own store, and what to put in it besides acks: table, key, value. */
	readonly local?: {
		readonly name: string;
		readonly values: readonly (readonly [string, string, unknown])[];
	};
}

/** Databases written at once. */
const AT_ONCE = 6;

async function fill({ databases, local }: FillPlan): Promise<void> {
	const left = [...databases];
	const acks: [string, string, unknown][] = [];
	const worker = async (): Promise<void> => {
		for (let next = left.pop(); next; next = left.pop()) {
			const { update, acked } = await fetchDocument(next.url);
			if (next.room !== undefined) acks.push(['acks', next.room, acked]);
			const db = await openDatabase(next.name, (made) => {
				made.createObjectStore('updates', { autoIncrement: true });
				made.createObjectStore('custom');
			});
			await committed(db.transaction('updates', 'readwrite', { durability: 'relaxed' }), (transaction) =>
				transaction.objectStore('updates').add(update)
			);
			db.close();
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, worker));
	if (!local) return;
	const db = await openDatabase(local.name, (made) => {
		for (const table of LOCAL_TABLES) made.createObjectStore(table);
	});
	await committed(db.transaction([...LOCAL_TABLES], 'readwrite'), (transaction) => {
		for (const [table, key, value] of [...local.values, ...acks])
			transaction.objectStore(table).put(value, key);
	});
	db.close();
}

/** A line of JSON with the acked vector, then the update. */
async function fetchDocument(url: string): Promise<{ update: Uint8Array; acked: unknown }> {
	const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
	const end = bytes.indexOf(10);
	return {
		acked: JSON.parse(new TextDecoder().decode(bytes.subarray(0, end))),
		update: bytes.slice(end + 1)
	};
}

function openDatabase(name: string, make: (db: IDBDatabase) => void): Promise<IDBDatabase> {
	return new Promise((resolve, reject) => {
		const request = indexedDB.open(name, 1);
		request.onupgradeneeded = () => make(request.result);
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error ?? new Error(`cannot open ${name}`));
	});
}

function committed(transaction: IDBTransaction, write: (to: IDBTransaction) => void): Promise<void> {
	return new Promise((resolve, reject) => {
		transaction.oncomplete = () => resolve();
		transaction.onabort = () => reject(transaction.error ?? new Error('a write was aborted'));
		write(transaction);
	});
}

/** Settles once the worker at this address has kept what it should. */
async function keep(url: string): Promise<void> {
	const registered = await navigator.serviceWorker.register(url, { scope: '/bench/' });
	const worker = registered.installing ?? registered.waiting ?? registered.active;
	await new Promise<void>((resolve) => {
		const look = () => {
			if (worker?.state === 'activated') resolve();
		};
		worker?.addEventListener('statechange', look);
		look();
	});
}

const bench = { fill, keep };
export type FillBench = typeof bench;
Object.assign(window, { bench });
