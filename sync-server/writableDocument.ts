/**
 * A room as a Yjs document, for what the server writes with the types of Yjs: made of the room's logs when it is needed,
 * and brought up with what came since when it is needed again. Invariant: it is let go of before much has come.
 */
import * as Y from 'yjs';

/** Updates that wait to be taken in: making the document anew costs no more then. */
const BEHIND_MAX = 200;

export class WritableDocument {
	readonly #encode: () => Uint8Array;
	#doc: Y.Doc | undefined;
	/** What the room has taken since the document was last written in. */
	#behind: Uint8Array[] = [];

	/** `encode` gives all that the room holds, as one update. */
	constructor(encode: () => Uint8Array) {
		this.#encode = encode;
	}

	/** The room has taken this from somebody else. */
	took(update: Uint8Array): void {
		if (!this.#doc) return;
		if (this.#behind.length < BEHIND_MAX) this.#behind.push(update);
		else this.letGo();
	}

	/**
	 * Lets `action` write under this client id. Returns what that changed as an update; undefined if it changed nothing. If
	 * it throws, nothing counts.
	 */
	write<T>(client: number, action: (doc: Y.Doc) => T): { readonly result: T; readonly update?: Uint8Array } {
		const doc = this.#current();
		const emitted: Uint8Array[] = [];
		const listen = (update: Uint8Array) => void emitted.push(update);
		doc.clientID = client;
		doc.on('update', listen);
		try {
			const result = action(doc);
			return emitted.length === 0 ? { result } : { result, update: Y.mergeUpdates(emitted) };
		} catch (error) {
			this.letGo();
			throw error;
		} finally {
			doc.off('update', listen);
		}
	}

	/** The document leaves memory until it is written in again. */
	letGo(): void {
		this.#doc?.destroy();
		this.#doc = undefined;
		this.#behind = [];
	}

	#current(): Y.Doc {
		const updates = this.#doc ? this.#behind : [this.#encode()];
		const doc = (this.#doc ??= new Y.Doc());
		this.#behind = [];
		doc.transact(() => {
			for (const update of updates) Y.applyUpdate(doc, update);
		});
		return doc;
	}
}
