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
		watch(db: IDBDatabase, onClosed: () => void): void {
			const original = db.transaction.bind(db);
			db.transaction = (stores, mode) => {
				try {
					const transaction = original(stores, mode, { durability: 'strict' });
					if (mode !== 'readonly') follow(transaction);
					return transaction;
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
		openCursor: unansweredRequest
	};
	return { objectStore: () => store } as unknown as IDBTransaction;
}
