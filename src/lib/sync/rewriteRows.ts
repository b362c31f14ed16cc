/** Writes the rows of a document's database anew as one, where they are many or may hold what was erased. */
import { holdErased } from './holdErased';
import { readUpdates } from './storedUpdates';
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
	const later = await readUpdates(db, 'behind the first');
	if (later.length === 0) return;
	// Its promise may never settle: what became of it is told by the end of its transaction.
	if (state === 'erased' || later.length >= UPDATES_MAX || holdErased(later, doc))
		void storeState(persistence, true);
}
