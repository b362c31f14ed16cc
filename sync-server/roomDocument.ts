/**
 * A room's document in memory: what the guard sees of it, and the two ways in which it changes. Invariant: nothing is
 * ever left pending in it, so what it encodes is what it holds. Deliberately absent: storage and channels.
 */
import * as Y from 'yjs';
import { Clock } from '../src/lib/domain/clock';
import { decodeHeader } from '../src/lib/domain/entryCodec';
import { KIND, type Entry } from '../src/lib/domain/entry';
import { logsOf, readLog } from '../src/lib/conversation/log';
import type { MintedClients } from './mintedClients';
import { RoomShares, type Growing } from './roomShares';
import { RoomTally, type Erased } from './roomTally';
import { sieve } from './storedUpdates';
import type { DeletedRange } from '../src/lib/protocol/updateReader';
import type { HeldItem, RoomView } from './verdict';
import type { RandomBytes, UserId } from '../src/lib/domain/ids';
import type { RelayLog } from './ports';
import type { Stamp } from '../src/lib/domain/stamp';
import type { VersionVector } from '../src/lib/domain/versionVector';

export interface RoomDocumentOptions {
	readonly room: string;
	readonly now: () => number;
	readonly randomBytes: RandomBytes;
	readonly log: RelayLog;
	readonly minted: MintedClients;
}

/** What a change did: the update that says it, undefined if nothing changed. */
export interface Change {
	readonly update: Uint8Array | undefined;
	readonly erased: Erased;
	/** By how much each user's part of the room grew; less than nothing if more was erased. */
	readonly growth: ReadonlyMap<UserId, Growing>;
}

/** What the server wrote. */
export interface Written<T> extends Change {
	readonly result: T;
	/** The client that wrote. */
	readonly client: number;
}

const isMessage = (header: Uint8Array): boolean => decodeHeader(header)?.kind === KIND.message;

export class RoomDocument implements RoomView {
	readonly doc = new Y.Doc();
	readonly #clock: Clock;
	readonly #randomBytes: RandomBytes;
	readonly #owners = new Map<number, UserId>();
	readonly #room: string;
	readonly #minted: MintedClients;
	readonly tally: RoomTally;
	/** Some of what is stored cannot be read. */
	readonly isPoisoned: boolean;
	#shares: RoomShares | undefined;
	#emitted: Uint8Array[] = [];
	#erased: Erased = 'nothing';

	/** `updates` are a room's stored ones, in order. What cannot be read is left out, with an error log. */
	constructor(updates: readonly Uint8Array[], { room, now, randomBytes, log, minted }: RoomDocumentOptions) {
		this.#clock = new Clock(now);
		this.#room = room;
		this.#minted = minted;
		this.#randomBytes = randomBytes;
		this.tally = new RoomTally(now);
		this.doc.on('afterTransaction', (transaction: Y.Transaction) => {
			const erased = this.tally.take(transaction);
			if (erased !== 'nothing' && this.#erased !== 'bodies') this.#erased = erased;
			this.#clock.observe(this.tally.latest);
		});
		const { sound, poison } = sieve(updates);
		this.isPoisoned = poison.length > 0;
		if (this.isPoisoned) minted.forget(room);
		for (const { bytes, reason } of poison)
			log.error({ room, bytes: bytes.length, reason }, 'a stored update cannot be read');
		this.doc.transact(() => {
			for (const update of sound) Y.applyUpdate(this.doc, update);
		});
		if (this.#dropPending()) log.error({ room }, 'stored updates hold what can never be applied');
		for (const { author, client } of logsOf(this.doc)) {
			if (!this.#owners.has(client)) this.#owners.set(client, author);
		}
		this.#erased = 'nothing';
		this.doc.on('update', (update: Uint8Array) => this.#emitted.push(update));
	}

	state(client: number): number {
		return Y.getState(this.doc.store, client);
	}

	owner(client: number): UserId | undefined {
		return this.#owners.get(client);
	}

	/** What each user takes of it. */
	get shares(): RoomShares {
		return (this.#shares ??= new RoomShares(this.doc, (client) => this.#owners.get(client)));
	}

	get latestMs(): number {
		return this.tally.latest.ms;
	}

	*items({ client, clock, length }: DeletedRange): IterableIterator<HeldItem> {
		const structs = this.doc.store.clients.get(client);
		if (!structs || clock >= this.state(client)) return;
		for (let i = Y.findIndexSS(structs, clock); i < structs.length; i++) {
			const struct = structs[i]!;
			if (struct.id.clock >= clock + length) return;
			const content = struct instanceof Y.Item && !struct.deleted ? struct.content : undefined;
			const bytes = content instanceof Y.ContentBinary ? content.content : undefined;
			yield { clock: struct.id.clock, length: struct.length, bytes };
		}
	}

	/** One entry; undefined if there is none, or it is erased whole. */
	entry(segment: number, client: number, s: number): Entry | undefined {
		const author = this.#owners.get(client);
		if (author === undefined) return undefined;
		const items = [...this.items({ client, clock: 2 * s, length: 2 })].map(({ bytes }) => bytes);
		return readLog(items, { segment, author, client })[0];
	}

	/** The logs that hold messages, and how long they are. */
	messageVector(): VersionVector {
		const holdsMessage = (client: number) => {
			const items = this.items({ client, clock: 0, length: this.state(client) });
			return [...items].some(({ clock, bytes }) => bytes && clock % 2 === 0 && isMessage(bytes));
		};
		const clients = [...this.#owners.keys()].filter(holdsMessage);
		return new Map(clients.map((client) => [client, this.state(client)]));
	}

	/**
	 * Applies what the guard has passed. Returns the update that says what changed; undefined if nothing did. Throws if
	 * Yjs does not take all of it: the document is then of no further use.
	 */
	apply(fresh: Uint8Array, by: { owner: UserId; grown: readonly number[] }): Change {
		Y.applyUpdate(this.doc, fresh);
		if (this.#dropPending()) throw new Error('an update that the guard had passed was left pending');
		for (const client of by.grown) this.#owners.set(client, by.owner);
		return this.#takeChange(by.owner);
	}

	/** Lets `action` write as `author` under the author's server-minted client id. If it throws, the document is of no further use. */
	write<T>(author: UserId, action: (doc: Y.Doc, tick: () => Stamp) => T): Written<T> {
		const client = this.#clientOf(author);
		const own = this.doc.clientID;
		this.doc.clientID = client;
		try {
			const result = action(this.doc, () => this.#clock.tick());
			if (this.state(client) > 0) this.#owners.set(client, author);
			return { ...this.#takeChange(author), result, client };
		} finally {
			this.doc.clientID = own;
		}
	}

	#takeChange(writer: UserId): Change {
		const [emitted, erased] = [this.#emitted, this.#erased];
		this.#emitted = [];
		this.#erased = 'nothing';
		// Each change is one transaction; should Yjs ever make two of it, they go on as one update.
		const update = emitted.length > 1 ? Y.mergeUpdates(emitted) : emitted[0];
		const growth = new Map<UserId, Growing>();
		if (!update) return { update, erased, growth };
		const { arrived, erased: erasedParts } = this.tally.last;
		growth.set(writer, { bytes: update.length, entries: arrived });
		for (const [client, { bytes, entries }] of erasedParts) {
			const owner = this.#owners.get(client) ?? writer;
			const before = growth.get(owner) ?? { bytes: 0, entries: 0 };
			growth.set(owner, { bytes: before.bytes - bytes, entries: before.entries - entries });
		}
		return { update, erased, growth };
	}

	#clientOf(author: UserId): number {
		let client = this.#minted.get(this.#room, author);
		while (client === undefined || (this.#owners.get(client) ?? author) !== author) {
			const [a, b, c, d] = this.#randomBytes(4);
			const minted = ((a! << 24) | (b! << 16) | (c! << 8) | d!) >>> 0;
			client = this.state(minted) === 0 ? minted : undefined;
		}
		this.#minted.set(this.#room, author, client);
		return client;
	}

	#dropPending(): boolean {
		const { store } = this.doc;
		const pending = store.pendingStructs !== null || store.pendingDs !== null;
		store.pendingStructs = null;
		store.pendingDs = null;
		return pending;
	}
}
