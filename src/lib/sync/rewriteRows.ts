/** Writes the rows of a document's database anew as one, where they are many or may hold what was erased. */
import { holdErased } from './holdErased';
import { storeState, type IndexeddbPersistence } from 'y-indexeddb';
import type { RowsState } from './erasedRows';

/** Stored updates after which they are written as one: each open adds one, and a document's own trim starts at 500. */
const UPDATES_MAX = 64;

/**
 * Writes the stored updates as one, if they are many or hold what is erased. In one transaction, which first reads what
 * other tabs have stored, so nothing of theirs is dropped.
 */
export async function rewriteRows(persistence: IndexeddbPersistence, state: RowsState): Promise<void> {
	const { db, doc } = persistence;
	if (!db) return;
	const later = await readLaterUpdates(db);
	if (later.length === 0) return;
	// Its promise may never settle: what became of it is told by the end of its transaction.
	if (state === 'erased' || later.length >= UPDATES_MAX || holdErased(later, doc))
		void storeState(persistence, true);
}

/** Stored updates but the first; none if the connection was closed meanwhile: the next opening looks again. */
function readLaterUpdates(db: IDBDatabase): Promise<Uint8Array[]> {
	return new Promise((resolve, reject) => {
		try {
			const transaction = IDBDatabase.prototype.transaction.call(db, 'updates', 'readonly');
			transaction.onabort = () => reject(transaction.error ?? new Error('the updates cannot be read'));
			const updates = transaction.objectStore('updates');
			const first = updates.openKeyCursor();
			first.onsuccess = () => {
				if (!first.result) return resolve([]);
				const later = updates.getAll(IDBKeyRange.lowerBound(first.result.key, true));
				later.onsuccess = () => resolve(later.result as Uint8Array[]);
			};
		} catch {
			resolve([]);
		}
	});
}
