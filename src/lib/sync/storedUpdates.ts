/** The rows of a document's database as it is on the disk, those of other tabs among them. */
import * as Y from 'yjs';
import type { IndexeddbPersistence } from 'y-indexeddb';

/** Brings them into the document, but for those that cannot be read; none if the disk does not give them. */
export async function readStored(persistence: IndexeddbPersistence): Promise<void> {
	const { db, doc } = persistence;
	const rows = db ? await readUpdates(db).catch(() => []) : [];
	const apply = (row: Uint8Array) => {
		try {
			Y.applyUpdate(doc, row, persistence);
		} catch {
			// Found as it was loaded, the rows are written anew without it (rewriteRows).
		}
	};
	Y.transact(doc, () => rows.forEach(apply), persistence, false);
}

/**
 * All of them, or those behind the first; none if the connection was closed meanwhile: the next opening looks again.
 * Rejects if they cannot be read.
 */
export function readUpdates(db: IDBDatabase, which?: 'behind the first'): Promise<Uint8Array[]> {
	return new Promise((resolve, reject) => {
		try {
			const transaction = IDBDatabase.prototype.transaction.call(db, 'updates', 'readonly');
			transaction.onabort = () => reject(transaction.error ?? new Error('the updates cannot be read'));
			const updates = transaction.objectStore('updates');
			const read = (range?: IDBKeyRange) => {
				const asked = updates.getAll(range);
				asked.onsuccess = () => resolve(asked.result as Uint8Array[]);
			};
			if (!which) return read();
			const first = updates.openKeyCursor();
			first.onsuccess = () =>
				first.result ? read(IDBKeyRange.lowerBound(first.result.key, true)) : resolve([]);
		} catch {
			resolve([]);
		}
	});
}
