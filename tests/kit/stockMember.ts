/**
 * A member who uses a stock y-websocket provider and writes into their own log whatever they like: entries that no
 * screen of ours would write, and that the relay takes.
 */
import { WebsocketProvider } from 'y-websocket';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { encodeHeader } from '../../src/lib/domain/entryCodec';
import { formatEntryId, logName, type EntryId } from '../../src/lib/domain/entry';
import type { Person } from './people';
import type { RelayProcess } from './relayProcess';
import type { Stamp } from '../../src/lib/domain/stamp';

/** Header and body as bytes; the header is given the entry's number. */
export interface RawEntry {
	readonly kind: number;
	readonly body: Uint8Array;
	/** 0 is the only one that is known. */
	readonly version?: number;
	readonly stamp?: Stamp;
}

export class StockMember {
	readonly #author: Person;
	readonly #provider: WebsocketProvider;
	readonly #doc = new Y.Doc();
	readonly #segment: number;

	constructor(
		author: Person,
		relay: RelayProcess,
		{ conversation, segment = 0 }: { conversation: string; segment?: number }
	) {
		this.#author = author;
		this.#segment = segment;
		class Socket extends WebSocket {
			constructor(url: string) {
				super(url, { headers: { authorization: `Bearer ${author.token}` } });
			}
		}
		this.#provider = new WebsocketProvider(
			`ws://127.0.0.1:${relay.port}/sync`,
			`c/${conversation}/${segment}`,
			this.#doc,
			{ WebSocketPolyfill: Socket as unknown as typeof globalThis.WebSocket, disableBc: true }
		);
	}

	/** Settles once this member has what the relay has. */
	async synced(): Promise<void> {
		if (this.#provider.synced) return;
		await new Promise<void>((resolve) => this.#provider.once('sync', () => resolve()));
	}

	/** The id that the next entry will have, so that entries can speak of themselves and of later ones. */
	idOf(ahead = 0): EntryId {
		const s = Y.getState(this.#doc.store, this.#doc.clientID) / 2 + ahead;
		return formatEntryId({ segment: this.#segment, client: this.#doc.clientID, s });
	}

	append({ kind, body, version = 0, stamp = { ms: Date.now(), counter: 0 } }: RawEntry): EntryId {
		const client = this.#doc.clientID;
		const id = this.idOf();
		const s = Y.getState(this.#doc.store, client) / 2;
		const header = encodeHeader({ kind, s, stamp });
		header[0] = 0x80 | version;
		this.#doc.getArray<Uint8Array>(logName(this.#author.id, client)).push([header, body]);
		return id;
	}

	close(): void {
		this.#provider.destroy();
		this.#doc.destroy();
	}
}
