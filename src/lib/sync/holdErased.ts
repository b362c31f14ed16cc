import * as Y from 'yjs';

/**
 * True if rows may hold what is erased from the document that was read from them: one of those `later` than the first
 * erases something, or brings what is erased. The first alone holds nothing of the kind: what it erases, Yjs had let go
 * of when it was written.
 */
export function holdErased(later: readonly Uint8Array[], doc: Y.Doc): boolean {
	return later.some((update) => {
		const { structs, ds } = Y.decodeUpdate(update);
		return ds.clients.size > 0 || structs.some((struct) => hasContent(struct) && isErasedIn(doc, struct));
	});
}

const hasContent = (struct: object): struct is Y.Item =>
	struct instanceof Y.Item && !(struct.content instanceof Y.ContentDeleted);

function isErasedIn({ store }: Y.Doc, { id, length }: Y.Item): boolean {
	const end = Math.min(id.clock + length, Y.getState(store, id.client));
	for (let clock = id.clock; clock < end;) {
		const found = Y.getItem(store, Y.createID(id.client, clock));
		if (found.deleted) return true;
		clock = found.id.clock + found.length;
	}
	return false;
}
