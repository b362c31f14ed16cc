/**
 * One room: its document in memory and its channels. Invariants: a frame is judged by the guard before Yjs sees it;
 * until the document is loaded, frames are held and nothing is answered; after a failed commit the document is dropped
 * and read again from the store, and everyone is asked again.
 */
import * as Y from 'yjs';
import { CLOSE } from '../src/lib/protocol/closeCodes';
import { decodeSyncMessage, encodeAwareness, encodeStep1, encodeStep2 } from './syncMessages';
import { judge } from './guard';
import { RoomAwareness } from './awareness';
import { RoomDocument, type RoomDocumentOptions } from './roomDocument';
import { RoomLedger } from './roomLedger';
import type { Channel } from './channel';
import type { Committer } from './committer';
import type { Failure, RoomBatch } from './roomBatch';
import type { RoomStore, WriteKey } from './ports';
import type { FrameKind } from './verdict';
import type { Stamp } from '../src/lib/domain/stamp';
import type { UserId } from '../src/lib/domain/ids';

export interface RoomOptions extends RoomDocumentOptions {
	readonly store: RoomStore;
	readonly committer: Committer;
	/** The room cannot be read from the store: its channels are closed, and it is of no further use. */
	readonly onUnreadable: () => void;
}

export class Room {
	readonly name: string;
	readonly #options: RoomOptions;
	readonly #channels = new Set<Channel>();
	readonly #awareness = new RoomAwareness();
	readonly #ledger: RoomLedger;
	#document: RoomDocument | undefined;
	#loads = 0;
	/** Settles with the loading; gives what went wrong. */
	#loading: Promise<Failure | undefined>;
	/** Sync steps 1 whose answers a failed commit has made untrue. */
	#askedAgain: { readonly channel: Channel; readonly vector: Uint8Array }[] = [];

	constructor(options: RoomOptions) {
		this.name = options.room;
		this.#options = options;
		this.#ledger = new RoomLedger({
			committer: options.committer,
			channels: this.#channels,
			now: options.now,
			onFailed: (failure, lost) => this.#reload(failure, lost)
		});
		this.#loading = this.#load();
	}

	get isReady(): boolean {
		return this.#document !== undefined;
	}

	join(channel: Channel): void {
		this.#channels.add(channel);
		if (this.#document) this.#welcome(channel, this.#document);
	}

	leave(channel: Channel): void {
		if (this.#channels.delete(channel)) this.#relayAwareness(this.#awareness.leave(channel));
	}

	/** Closes the channels of a user. */
	dropUser(userId: UserId, code: number, reason: string): void {
		for (const channel of [...this.#channels]) if (channel.userId === userId) channel.close(code, reason);
	}

	/** Takes one message of a channel. Only while the room is ready. */
	receive(channel: Channel, frame: Uint8Array): void {
		const document = this.#document;
		const message = decodeSyncMessage(frame);
		if (!document || !message) return channel.close(CLOSE.badFrame, 'not a y-websocket message');
		if (message.type === 'step1') this.#answer(channel, message.payload, document);
		else if (message.type === 'awareness') this.#receiveAwareness(channel, message.payload, document);
		else if (message.type === 'queryAwareness') sendAwareness(channel, this.#awareness.all());
		else this.#receiveUpdate(channel, message.type, message.payload, document);
	}

	/**
	 * Lets the server write in the document. Resolves once what it wants is on disk; rejects if it could not be stored.
	 * `keysOf` names the writing, for {@link RoomStore.entryOfKey}.
	 */
	async write<T>(
		author: UserId,
		action: (doc: Y.Doc, tick: () => Stamp) => T,
		keysOf: (result: T, client: number) => readonly WriteKey[] = () => []
	): Promise<{ readonly result: T; readonly client: number }> {
		const document = await this.#whenReady();
		const { result, update, client } = this.#attempt(() => document.write(author, action));
		if (update) {
			const stored = { room: this.name, update, keys: keysOf(result, client) };
			this.#ledger.stage(stored, new Map([[client, document.state(client)]]), undefined);
		}
		const failure = await this.#ledger.whenDurable();
		if (failure) throw new Error(`room ${this.name} could not be written`, { cause: failure.error });
		return { result, client };
	}

	/** What `read` sees in the document, once all of that is on disk. */
	async read<T>(read: (doc: Y.Doc) => T): Promise<T> {
		for (;;) {
			const document = await this.#whenReady();
			const seen = read(document.doc);
			if (!(await this.#ledger.whenDurable())) return seen;
		}
	}

	async #load(after?: Promise<void>): Promise<Failure | undefined> {
		const { store, log } = this.#options;
		const load = ++this.#loads;
		try {
			await after;
			const document = new RoomDocument(await store.load(this.name), this.#options);
			// A commit that failed meanwhile has begun a later load: that one counts.
			if (load !== this.#loads) return undefined;
			this.#ledger.reset(Y.decodeStateVector(Y.encodeStateVector(document.doc)));
			this.#document = document;
		} catch (error) {
			log.error({ room: this.name, err: error }, 'a room cannot be read');
			this.#options.onUnreadable();
			for (const channel of [...this.#channels])
				channel.close(CLOSE.unavailable, 'the room cannot be read now');
			return { error };
		}
		for (const channel of [...this.#channels]) if (this.#document) this.#welcome(channel, this.#document);
		return undefined;
	}

	/** Drops the document, which holds what is not on disk, for the one that the store has. */
	#reload(failure: Failure, lost: readonly RoomBatch[], after?: Promise<void>): void {
		this.#document = undefined;
		for (const { answers } of lost) this.#askedAgain.push(...answers);
		this.#loading = this.#load(after);
		for (const { waiting } of lost) for (const tell of waiting) tell(failure);
	}

	/** A change that throws leaves the document half changed. What is with the store by then is waited for. */
	#attempt<T>(change: () => T): T {
		try {
			return change();
		} catch (error) {
			this.#options.log.error({ room: this.name, err: error }, 'a change could not be made');
			this.#reload({ error }, this.#ledger.dropStaged(), this.#options.committer.idle());
			throw error;
		}
	}

	async #whenReady(): Promise<RoomDocument> {
		while (!this.#document) {
			const failure = await this.#loading;
			if (failure) throw new Error(`room ${this.name} cannot be read`, { cause: failure.error });
		}
		return this.#document;
	}

	#welcome(channel: Channel, document: RoomDocument): void {
		this.#askStep1(channel, document);
		sendAwareness(channel, this.#awareness.all());
		if (channel.wantsAcks) this.#ledger.afterCommit((batch) => batch.welcomed.add(channel));
		const again = this.#askedAgain.filter((asked) => asked.channel === channel);
		this.#askedAgain = this.#askedAgain.filter((asked) => asked.channel !== channel && !asked.channel.ended);
		for (const { vector } of again) this.#answer(channel, vector, document);
		channel.readHeld();
	}

	#askStep1(channel: Channel, document: RoomDocument): void {
		channel.stepsOpen += 1;
		channel.send(encodeStep1(Y.encodeStateVector(document.doc)));
	}

	#answer(channel: Channel, vector: Uint8Array, document: RoomDocument): void {
		let answer: Uint8Array;
		try {
			answer = encodeStep2(Y.encodeStateAsUpdate(document.doc, vector));
		} catch {
			return channel.close(CLOSE.badFrame, 'not a state vector');
		}
		this.#ledger.afterCommit((batch) => batch.answers.push({ channel, vector, answer }));
	}

	#receiveAwareness(channel: Channel, payload: Uint8Array, document: RoomDocument): void {
		try {
			this.#relayAwareness(
				this.#awareness.receive(channel, payload, (client) => document.owner(client)),
				channel
			);
		} catch {
			channel.close(CLOSE.badFrame, 'not an awareness update');
		}
	}

	#relayAwareness(update: Uint8Array | undefined, from?: Channel): void {
		for (const channel of this.#channels) if (channel !== from) sendAwareness(channel, update);
	}

	#receiveUpdate(channel: Channel, kind: FrameKind, payload: Uint8Array, document: RoomDocument): void {
		if (kind === 'step2') channel.stepsOpen = Math.max(0, channel.stepsOpen - 1);
		const verdict = judge(payload, { kind, caller: channel.userId, nowMs: this.#options.now() }, document);
		if (verdict.type === 'refuse') return channel.close(verdict.code, verdict.reason);
		if (verdict.type === 'gap') {
			// The provider sends live updates before its queue; it answers a step 1 with everything.
			if (channel.stepsOpen === 0) this.#askStep1(channel, document);
			return;
		}
		const { fresh, named, grown } = verdict;
		if (fresh) {
			if (!channel.mayWrite) return channel.close(CLOSE.forbidden, 'this room is read-only');
			try {
				const { update } = this.#attempt(() => document.apply(fresh, { owner: channel.userId, grown }));
				const clocks = new Map(grown.map((client) => [client, document.state(client)]));
				if (update) this.#ledger.stage({ room: this.name, update }, clocks, channel);
			} catch {
				return channel.close(CLOSE.badFrame, 'the update cannot be applied');
			}
		}
		if (channel.wantsAcks) this.#ledger.afterCommit((batch) => batch.oweAck(channel, named));
	}
}

function sendAwareness(channel: Channel, update: Uint8Array | undefined): void {
	if (update) channel.send(encodeAwareness(update));
}
