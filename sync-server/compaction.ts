import * as Y from 'yjs';

/**
 * The updates of a room as one that holds nothing of what they erase: what a document with gc writes anew.
 * `mergeUpdates` would keep the erased content. Undefined if one of them cannot be applied, since it would be lost.
 */
export function compactUpdates(updates: readonly Uint8Array[]): Uint8Array | undefined {
	const doc = new Y.Doc({ gc: true });
	try {
		doc.transact(() => {
			for (const update of updates) Y.applyUpdate(doc, update);
		});
		const { pendingStructs, pendingDs } = doc.store;
		return pendingStructs || pendingDs ? undefined : Y.encodeStateAsUpdate(doc);
	} catch {
		// Poisoned bytes in the store are an expected case, told to the caller as undefined.
		return undefined;
	} finally {
		doc.destroy();
	}
}
