import * as Y from 'yjs';

/**
 * The updates of a room, all of them sound, as one that holds nothing of what they erase: what a document with gc
 * writes anew. `mergeUpdates` would keep the erased content. Throws if one of them cannot be applied.
 */
export function compactUpdates(updates: readonly Uint8Array[]): Uint8Array {
	const doc = new Y.Doc({ gc: true });
	try {
		doc.transact(() => {
			for (const update of updates) Y.applyUpdate(doc, update);
		});
		const { pendingStructs, pendingDs } = doc.store;
		if (pendingStructs || pendingDs) throw new Error('some of the updates are left pending');
		return Y.encodeStateAsUpdate(doc);
	} finally {
		doc.destroy();
	}
}
