/**
 * Keeps one document the same in all tabs of an account, online or not: vectors at open, then updates.
 * message = 0 asking, state vector | 1 answering, state vector | 2, update
 * What comes from the relay is not posted: the other tabs hear it from there.
 * What comes from another tab is applied with the persistence object as origin: that tab has stored it already, and
 * the provider here forwards it, so whichever tab is online carries it to the relay.
 */
import * as Y from 'yjs';
import type { DocPersistence, Tabs } from './ports';

const ASK = 0;
const ANSWER = 1;
const UPDATE = 2;

/** An update that says nothing: no structs, no deletes. */
const EMPTY_UPDATE_BYTES = 2;

function message(type: number, bytes: Uint8Array): Uint8Array {
	const framed = new Uint8Array(bytes.length + 1);
	framed[0] = type;
	framed.set(bytes, 1);
	return framed;
}

export interface TabSyncOptions {
	readonly room: string;
	readonly doc: Y.Doc;
	readonly persistence: DocPersistence;
	readonly tabs: Tabs;
	readonly isFromRelay: (origin: unknown) => boolean;
}

/** Starts once the document is loaded. Returns the way to stop. */
export function syncTabs({ room, doc, persistence, tabs, isFromRelay }: TabSyncOptions): () => void {
	const { post, leave } = tabs.join(room, (received) => {
		const bytes = received.subarray(1);
		if (received[0] === UPDATE) return Y.applyUpdate(doc, bytes, persistence.origin);
		const missing = Y.encodeStateAsUpdate(doc, bytes);
		if (missing.length > EMPTY_UPDATE_BYTES) post(message(UPDATE, missing));
		if (received[0] === ASK) post(message(ANSWER, Y.encodeStateVector(doc)));
	});
	const share = (update: Uint8Array, origin: unknown) => {
		if (origin !== persistence.origin && !isFromRelay(origin)) post(message(UPDATE, update));
	};
	doc.on('update', share);
	post(message(ASK, Y.encodeStateVector(doc)));
	return () => {
		doc.off('update', share);
		leave();
	};
}
