import type * as Y from 'yjs';

/**
 * Calls back after each transaction that changed something. Unlike Yjs's own `update` event it makes no bytes of it,
 * which for a document that is being loaded are all of it. Returns the way to stop.
 */
export function onDocumentChange(doc: Y.Doc, listener: () => void): () => void {
	const tell = ({ changed }: Y.Transaction): void => {
		if (changed.size > 0) listener();
	};
	doc.on('afterTransaction', tell);
	return () => doc.off('afterTransaction', tell);
}
