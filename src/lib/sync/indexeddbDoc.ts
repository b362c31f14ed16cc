/**
 * A document kept by y-indexeddb, without its known faults: an open that never settles, write errors that nobody
 * hears of, a connection closed under it, growth on each open, and no word of when a write is on disk.
 * Invariant: nothing here throws into a Yjs transaction.
 */
import * as Y from 'yjs';
import { IndexeddbPersistence } from 'y-indexeddb';
import { createCommitWatch, unansweredRequest } from './commitWatch';
import { watchErasures, type RowsState } from './erasedRows';
import type { DocPersistence, StorageProblem, Timers } from './ports';

/** A browser that has not opened a database by now does not. */
const OPEN_TIMEOUT_MS = 8_000;
/** What could not be written is tried again after this. */
const RETRY_MS = 5_000;

interface Options {
	readonly timers: Timers;
	/** Undefined: what could not be written is written. */
	readonly onProblem: (problem: StorageProblem | undefined) => void;
}

export function openIndexeddbDoc(name: string, doc: Y.Doc, { timers, onProblem }: Options): DocPersistence {
	const commits = createCommitWatch({
		onFailed(problem) {
			onProblem(problem);
			stopRetry = timers.after(RETRY_MS, mend);
		},
		onMended() {
			stopRetry();
			onProblem(undefined);
		}
	});
	let stopRetry = () => {};
	const erasures = watchErasures(doc, {
		timers,
		rewrite
	});
	let closed = false;
	/** The browser has not opened the database: what is written is in memory alone. */
	let isMemoryOnly = false;
	let isRead = false;
	/** A row could not be read: the rest is written anew. */
	let isDamaged = false;
	let stopReading = () => {};
	let loaded = () => {};
	const whenLoaded = new Promise<void>((resolve) => (loaded = resolve));
	/** Settles once the connection that is opened now has read what was kept, or is not to be had. */
	let whenReady = whenLoaded;
	let persistence = open();

	function open(): IndexeddbPersistence {
		const opened = new IndexeddbPersistence(name, doc);
		storeFromLoadOn(opened);
		onDatabase(opened, (db) => {
			if (closed) return;
			commits.watch(db, { onClosed: () => reopen(opened), onDamaged: () => (isDamaged = true) });
			loadReadOnly(db, () => {
				stopReading = timers.after(RETRY_MS, () => opened.synced || reopen(opened));
			});
			// Another tab deletes the account's data: holding on would block it.
			db.addEventListener('versionchange', () => db.close());
			db.addEventListener('close', () => reopen(opened));
		});
		whenReady = follow(opened).then(loaded);
		return opened;
	}

	/** One that the browser has refused is tried again; one that never answers may still come. */
	function follow(opened: IndexeddbPersistence): Promise<void> {
		return new Promise((resolve) => {
			function giveUp(): void {
				stopWaiting();
				resolve();
				if (opened !== persistence) return;
				isMemoryOnly = true;
				onProblem('unavailable');
			}
			const stopWaiting = timers.after(OPEN_TIMEOUT_MS, giveUp);
			opened._db.catch(() => {
				giveUp();
				stopRetry();
				stopRetry = timers.after(RETRY_MS, () => reopen(opened));
			});
			void opened.whenSynced.then(() => {
				stopWaiting();
				isRead = true;
				resolve();
				if (closed) return;
				erasures.loaded(isDamaged ? 'erased' : 'found');
				if (commits.isBroken) mend();
				else if (isMemoryOnly) onProblem(undefined);
				isMemoryOnly = false;
			});
		});
	}

	/** The new one writes the document's whole state when it opens, so what came in between is kept too. */
	function reopen(lost: IndexeddbPersistence): void {
		if (closed || lost !== persistence) return;
		lost.destroy().catch(() => {});
		persistence = open();
	}

	/** Seldom at once, so what looks through the rows is loaded then. */
	async function rewrite(state: RowsState): Promise<void> {
		const { rewriteRows } = await import('./rewriteRows');
		await rewriteRows(persistence, state);
		// y-indexeddb does not say what became of it.
		await commits.settled();
	}

	/** While the disk does not take it, it is tried again and again: what is written after a hole is of no use without it. */
	function mend(): void {
		stopRetry();
		stopRetry = timers.after(RETRY_MS, mend);
		if (persistence.db) commits.writeWhole(persistence.db, Y.encodeStateAsUpdate(doc));
	}

	const settled = (): Promise<void> =>
		commits.settled().catch(() => {
			mend();
			return commits.settled();
		});

	return {
		get origin() {
			return persistence;
		},
		whenLoaded,
		get isRead() {
			return isRead;
		},
		async stored() {
			await whenReady;
			if (isMemoryOnly) throw new Error('this browser keeps nothing');
			await settled();
		},
		async readAnew() {
			await whenReady;
			if (persistence.db) await (await import('./storedUpdates')).readStored(persistence);
		},
		async close() {
			closed = true;
			await erasures.close();
			// A browser that opens nothing closes nothing either: who opens the room again does not wait for it.
			await whenReady;
			stopReading();
			stopRetry();
			if (isMemoryOnly) {
				// Should it open after all, nobody holds it then.
				persistence.destroy().catch(() => {});
				return;
			}
			await settled().catch(() => {});
			stopRetry();
			await persistence.destroy();
		}
	};
}

/**
 * While a document loads nobody listens to its updates: else Yjs makes bytes again of all that is being read. What the
 * document held before, or was written meanwhile, is stored when the load is done.
 */
function storeFromLoadOn(persistence: IndexeddbPersistence): void {
	const { doc, _storeUpdate: store } = persistence;
	let wrote = doc.store.clients.size > 0;
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

/** Calls back when y-indexeddb has its connection, before it does anything with it. */
function onDatabase(persistence: IndexeddbPersistence, listener: (db: IDBDatabase) => void): void {
	let held: IDBDatabase | null = null;
	Object.defineProperty(persistence, 'db', {
		get: () => held,
		set(db: IDBDatabase | null) {
			held = db;
			if (db) listener(db);
		}
	});
}

/**
 * y-indexeddb begins with a transaction that reads all and writes the document's state, though that is empty: a write
 * for each document that is opened, and those of others wait for it. Here the first transaction reads alone;
 * storeFromLoadOn writes what there is to write.
 */
function loadReadOnly(db: IDBDatabase, onAborted: () => void): void {
	const { transaction } = db;
	db.transaction = (stores) => {
		db.transaction = transaction;
		const reading = transaction(stores, 'readonly');
		reading.onabort = onAborted;
		const objectStore = reading.objectStore.bind(reading);
		reading.objectStore = (name) => Object.assign(objectStore(name), { add: unansweredRequest });
		return reading;
	};
}
