/**
 * Follows every write through a document's database: y-indexeddb has no flush event, so `transaction` is shadowed on the
 * connection, with strict durability, and each transaction's end is seen. A write that failed leaves a hole in the rows,
 * and what Yjs reads behind a hole stays out of the document: the hole stays known until the whole state was written.
 */
import { storageProblemOf } from './storageTrouble';
import type { StorageProblem } from './ports';

export interface CommitWatchOptions {
	/** A write failed, after all before it was on disk. */
	readonly onFailed: (problem: StorageProblem) => void;
	/** The whole state is on disk, after a write that failed. */
	readonly onMended: () => void;
}

export function createCommitWatch({ onFailed, onMended }: CommitWatchOptions) {
	const open = new Set<Promise<void>>();
	let failure: Error | undefined;
	/** Writes so far, and the number of the one that failed last. */
	let writes = 0;
	let failed = 0;

	function follow(transaction: IDBTransaction): void {
		const number = ++writes;
		const done = new Promise<void>((resolve) => {
			transaction.addEventListener('complete', () => resolve());
			transaction.addEventListener('abort', () => {
				const isFirst = failure === undefined;
				failure = asError(transaction.error);
				failed = Math.max(failed, number);
				if (isFirst) onFailed(storageProblemOf(failure));
				resolve();
			});
		});
		open.add(done);
		void done.then(() => open.delete(done));
	}

	return {
		watch(db: IDBDatabase, { onClosed, onDamaged }: { onClosed: () => void; onDamaged: () => void }): void {
			const original = db.transaction.bind(db);
			db.transaction = (stores, mode) => {
				try {
					const transaction = original(stores, mode, { durability: 'strict' });
					if (mode !== 'readonly') follow(transaction);
					return spareErrors(transaction, onDamaged);
				} catch {
					// The connection was closed under us. Throwing here would break the Yjs transaction that is being
					// stored; the connection that is opened now writes the whole state.
					onClosed();
					return deadTransaction();
				}
			};
		},
		/** Something was not written, and the whole state has not been since. */
		get isBroken(): boolean {
			return failure !== undefined;
		},
		/** Adds the whole state as a row, which fills every hole before it. */
		writeWhole(db: IDBDatabase, state: Uint8Array): void {
			const transaction = db.transaction('updates', 'readwrite');
			const number = writes;
			transaction.objectStore('updates').add(state);
			transaction.oncomplete = () => {
				if (failure === undefined || failed >= number) return;
				failure = undefined;
				onMended();
			};
		},
		/** Settles once no write is open; rejects if the rows have a hole. */
		async settled(): Promise<void> {
			while (open.size > 0) await Promise.all(open);
			if (failure) throw failure;
		}
	};
}

const asError = (error: DOMException | null): Error =>
	error instanceof Error ? error : new Error('the browser aborted a write');

/** What y-indexeddb asks of a store. */
const ASKED = ['add', 'getAll', 'openKeyCursor', 'count', 'delete'] as const;

type Ask = (...args: unknown[]) => IDBRequest;

/**
 * y-indexeddb lets go of the promises that it makes of its requests: one that failed was an error that nobody handled.
 * Here the transaction's end tells it. And a row that cannot be read would cost all the others.
 */
function spareErrors(transaction: IDBTransaction, onDamaged: () => void): IDBTransaction {
	const objectStore = transaction.objectStore.bind(transaction);
	transaction.objectStore = (name) => {
		const store = objectStore(name);
		const asks = store as unknown as Record<(typeof ASKED)[number], Ask>;
		for (const name of ASKED) {
			const ask = asks[name].bind(store);
			asks[name] = (...args) => {
				const request = ask(...args);
				if (name === 'getAll')
					request.addEventListener('success', () => spareDamaged(request.result as Uint8Array[], onDamaged));
				return Object.defineProperty(request, 'onerror', { get: () => null, set() {} });
			};
		}
		return store;
	};
	return transaction;
}

/** Each row is applied by itself, in the loop with which y-indexeddb applies them. */
function spareDamaged(rows: Uint8Array[], onDamaged: () => void): void {
	rows.forEach = (apply) => {
		for (const [i, row] of rows.entries()) {
			try {
				apply(row, i, rows);
			} catch {
				onDamaged();
			}
		}
	};
}

export const unansweredRequest = () => ({ onsuccess: null, onerror: null });

/** A transaction whose requests never answer, for a write that the reopened connection makes again. */
function deadTransaction(): IDBTransaction {
	const store = {
		add: unansweredRequest,
		put: unansweredRequest,
		get: unansweredRequest,
		getAll: unansweredRequest,
		count: unansweredRequest,
		delete: unansweredRequest,
		openKeyCursor: unansweredRequest
	};
	return { objectStore: () => store } as unknown as IDBTransaction;
}
