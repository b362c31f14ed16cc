/**
 * A document kept by y-indexeddb, without its known faults: an open that never settles, write errors that nobody
 * hears of, a connection closed under it, growth on each open, and no word of when a write is on disk.
 * Invariant: nothing here throws into a Yjs transaction.
 */
import * as Y from 'yjs';
import { IndexeddbPersistence, storeState } from 'y-indexeddb';
import type { DocPersistence, StorageProblem, Timers } from './ports';

/** A browser that has not opened a database by now does not. */
const OPEN_TIMEOUT_MS = 8_000;
/** Stored updates after which they are written as one: each open adds one, and a document's own trim starts at 500. */
const UPDATES_MAX = 64;
/** By then the screen shows what it was opened for. */
const SHRINK_AFTER_MS = 3_000;

interface Options {
	readonly timers: Timers;
	readonly onProblem: (problem: StorageProblem) => void;
}

export function openIndexeddbDoc(name: string, doc: Y.Doc, { timers, onProblem }: Options): DocPersistence {
	const commits = createCommitWatch(onProblem);
	let shrinking: Promise<void> | undefined;
	let stopShrinkTimer = () => {};
	let closed = false;
	/** The browser has not opened the database: what is written is in memory alone. */
	let isMemoryOnly = false;
	let persistence = open();

	function open(): IndexeddbPersistence {
		const opened = new IndexeddbPersistence(name, doc);
		storeFromLoadOn(opened);
		void opened.whenSynced.then(() => {
			const db = opened.db;
			if (!db || closed) return;
			commits.watch(db, () => reopen(opened));
			// Another tab deletes the account's data: holding on would block it.
			db.addEventListener('versionchange', () => db.close());
			db.addEventListener('close', () => reopen(opened));
			stopShrinkTimer();
			stopShrinkTimer = timers.after(SHRINK_AFTER_MS, () => void shrinkOnce());
		});
		return opened;
	}

	/** Writes many stored updates as one: once after each opening, when the screen has what it waits for. */
	const shrinkOnce = (): Promise<void> =>
		(shrinking ??= shrink(persistence).catch(() => onProblem('unavailable')));

	async function shrink({ db }: IndexeddbPersistence): Promise<void> {
		if (!db) return;
		const request = db.transaction('updates', 'readonly').objectStore('updates').count();
		const count = await new Promise<number>((resolve, reject) => {
			request.onsuccess = () => resolve(request.result);
			request.onerror = () => reject(request.error ?? new Error('the updates cannot be counted'));
		});
		if (count > UPDATES_MAX) await storeState(persistence, true);
	}

	/** The new one writes the document's whole state when it opens, so what came in between is kept too. */
	function reopen(lost: IndexeddbPersistence): void {
		if (closed || lost !== persistence) return;
		void lost.destroy();
		persistence = open();
	}

	const whenLoaded = new Promise<void>((resolve) => {
		const giveUp = timers.after(OPEN_TIMEOUT_MS, () => {
			isMemoryOnly = true;
			onProblem('unavailable');
			resolve();
		});
		void persistence.whenSynced.then(() => {
			isMemoryOnly = false;
			giveUp();
			resolve();
		});
	});

	return {
		get origin() {
			return persistence;
		},
		whenLoaded,
		async stored() {
			if (isMemoryOnly) throw new Error('this browser keeps nothing');
			await persistence.whenSynced;
			await commits.settled();
		},
		async close() {
			closed = true;
			stopShrinkTimer();
			if (isMemoryOnly) return;
			await shrinkOnce();
			await commits.settled().catch(() => {});
			await persistence.destroy();
		}
	};
}

/**
 * While a document loads nobody listens to its updates: else Yjs makes bytes again of all that is being read. What is
 * written meanwhile is in the state that y-indexeddb stores just before it applies what it has read, or, when it comes
 * between that and the end of the load, is stored here.
 */
function storeFromLoadOn(persistence: IndexeddbPersistence): void {
	const { doc, _storeUpdate: store } = persistence;
	let wrote = false;
	const note = ({ origin, changed }: Y.Transaction): void => {
		if (origin !== persistence && changed.size > 0) wrote = true;
	};
	doc.off('update', store);
	doc.on('afterTransaction', note);
	persistence.once('synced', () => {
		doc.off('afterTransaction', note);
		doc.on('update', store);
		if (wrote) store(Y.encodeStateAsUpdate(doc), undefined);
	});
}

/**
 * Follows every write through a database: y-indexeddb has no flush event, so `transaction` is shadowed on the
 * connection, with strict durability, and each transaction's end is seen.
 */
function createCommitWatch(onProblem: (problem: StorageProblem) => void) {
	const open = new Set<Promise<void>>();
	let failure: unknown;

	function follow(transaction: IDBTransaction): void {
		const done = new Promise<void>((resolve) => {
			transaction.addEventListener('complete', () => resolve());
			transaction.addEventListener('abort', () => {
				failure = transaction.error ?? new Error('the browser aborted a write');
				onProblem(transaction.error?.name === 'QuotaExceededError' ? 'full' : 'unavailable');
				resolve();
			});
		});
		open.add(done);
		void done.then(() => open.delete(done));
	}

	return {
		watch(db: IDBDatabase, onClosed: () => void): void {
			const original = db.transaction.bind(db);
			db.transaction = (stores, mode) => {
				try {
					const transaction = original(stores, mode, { durability: 'strict' });
					if (mode !== 'readonly') follow(transaction);
					return transaction;
				} catch (error) {
					// The connection was closed under us. Throwing here would break the Yjs transaction that is being
					// stored; the connection that is opened now writes the whole state.
					onClosed();
					if (mode === 'readonly') throw error;
					return deadTransaction();
				}
			};
		},
		/** Settles once no write is open; rejects if one failed since the last call. */
		async settled(): Promise<void> {
			while (open.size > 0) await Promise.all(open);
			const failed = failure;
			failure = undefined;
			if (failed !== undefined) throw failed instanceof Error ? failed : new Error(String(failed));
		}
	};
}

/** A transaction whose requests never answer, for a write that the reopened connection makes again. */
function deadTransaction(): IDBTransaction {
	const request = () => ({ onsuccess: null, onerror: null });
	const store = {
		add: request,
		put: request,
		get: request,
		getAll: request,
		count: request,
		delete: request,
		openCursor: request
	};
	return { objectStore: () => store } as unknown as IDBTransaction;
}
