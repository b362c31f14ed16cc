/**
 * A room's document in memory: what the guard sees of it, and the two ways in which it changes. Invariant: nothing is
 * ever left pending in it, so what it encodes is what it holds. Deliberately absent: storage and channels.
 */
import * as Y from 'yjs';
import { Clock } from '../src/lib/domain/clock';
import { logsOf, readLog } from '../src/lib/conversation/log';
import type { RandomBytes, UserId } from '../src/lib/domain/ids';
import type { Stamp } from '../src/lib/domain/stamp';
import type { DeletedRange } from '../src/lib/protocol/updateReader';
import type { RelayLog } from './ports';
import type { RoomView } from './guard';

export interface RoomDocumentOptions {
	readonly room: string;
	readonly now: () => number;
	readonly randomBytes: RandomBytes;
	readonly log: RelayLog;
}

/** What a change did: the update that says it, undefined if nothing changed. */
export interface Change<T> {
	readonly result: T;
	readonly update: Uint8Array | undefined;
	/** The client that wrote. */
	readonly client: number;
}

export class RoomDocument implements RoomView {
	readonly doc = new Y.Doc();
	readonly #clock: Clock;
	readonly #randomBytes: RandomBytes;
	readonly #owners = new Map<number, UserId>();
	readonly #minted = new Map<UserId, number>();
	#emitted: Uint8Array[] = [];

	/** `updates` are a room's stored ones, in order. One that cannot be applied is passed over, with an error log. */
	constructor(updates: readonly Uint8Array[], { room, now, randomBytes, log }: RoomDocumentOptions) {
		this.#clock = new Clock(now);
		this.#randomBytes = randomBytes;
		this.doc.transact(() => {
			for (const [i, update] of updates.entries()) {
				try {
					Y.applyUpdate(this.doc, update);
				} catch (error) {
					log.error({ room, update: i, err: error }, 'a stored update cannot be applied');
				}
			}
		});
		if (this.#dropPending()) log.error({ room }, 'stored updates hold what can never be applied');
		for (const { name, author, client } of logsOf(this.doc)) {
			if (!this.#owners.has(client)) this.#owners.set(client, author);
			const entries = readLog(this.doc.getArray(name).toArray(), { segment: 0, author, client });
			for (const { body, stamp } of entries) if (body) this.#clock.observe(stamp);
		}
		this.doc.on('update', (update: Uint8Array) => this.#emitted.push(update));
	}

	state(client: number): number {
		return Y.getState(this.doc.store, client);
	}

	owner(client: number): UserId | undefined {
		return this.#owners.get(client);
	}

	isDeleted({ client, clock, length }: DeletedRange): boolean {
		const structs = this.doc.store.clients.get(client);
		if (!structs || clock + length > this.state(client)) return false;
		for (let i = Y.findIndexSS(structs, clock); i < structs.length; i++) {
			const struct = structs[i]!;
			if (struct.id.clock >= clock + length) break;
			if (!struct.deleted) return false;
		}
		return true;
	}

	/**
	 * Applies what the guard has passed. Returns the update that says what changed; undefined if nothing did. Throws if
	 * Yjs does not take all of it: the document is then of no further use.
	 */
	apply(
		fresh: Uint8Array,
		by: { owner: UserId; grown: readonly number[]; stamp: Stamp }
	): Uint8Array | undefined {
		Y.applyUpdate(this.doc, fresh);
		if (this.#dropPending()) throw new Error('an update that the guard had passed was left pending');
		for (const client of by.grown) this.#owners.set(client, by.owner);
		this.#clock.observe(by.stamp);
		return this.#takeEmitted();
	}

	/** Lets `action` write as `author` under the author's server-minted client id. If it throws, the document is of no further use. */
	write<T>(author: UserId, action: (doc: Y.Doc, tick: () => Stamp) => T): Change<T> {
		const client = this.#clientOf(author);
		const own = this.doc.clientID;
		this.doc.clientID = client;
		try {
			const result = action(this.doc, () => this.#clock.tick());
			if (this.state(client) > 0) this.#owners.set(client, author);
			return { result, update: this.#takeEmitted(), client };
		} finally {
			this.doc.clientID = own;
		}
	}

	#takeEmitted(): Uint8Array | undefined {
		const emitted = this.#emitted;
		this.#emitted = [];
		// Each change is one transaction; should Yjs ever make two of it, they go on as one update.
		return emitted.length > 1 ? Y.mergeUpdates(emitted) : emitted[0];
	}

	/** One client id for each author and load: the log of an earlier load is never continued. */
	#clientOf(author: UserId): number {
		let client = this.#minted.get(author);
		while (client === undefined || (this.#owners.get(client) ?? author) !== author) {
			const [a, b, c, d] = this.#randomBytes(4);
			const minted = ((a! << 24) | (b! << 16) | (c! << 8) | d!) >>> 0;
			client = this.state(minted) === 0 ? minted : undefined;
		}
		this.#minted.set(author, client);
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
