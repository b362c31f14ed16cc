/**
 * One room: its document in memory and its channels. Invariants: a frame is judged by the guard before it counts;
 * until the document is loaded, frames are held and nothing is answered; after a failed commit the document is dropped
 * and read again from the store, and everyone is asked again.
 */
import * as Y from 'yjs';
import { AwarenessRelay, type AwarenessRelayOptions } from './awarenessRelay';
import { CLOSE } from '../src/lib/protocol/closeCodes';
import { decodeSyncMessage } from './syncMessages';
import { FrameIntake } from './frameIntake';
import { HeldDocument } from './heldDocument';
import { RoomChannels } from './roomChannels';
import { RoomLedger } from './roomLedger';
import { RoomQuestions } from './roomQuestions';
import { RoomUse } from './roomUse';
import type { Channel } from './channel';
import type { Committer } from './committer';
import type { Piece } from './arrears';
import type { Failure, RoomBatch } from './roomBatch';
import { SMALL_VECTOR_BYTES, type RelayLimits } from './limits';
import type { RelayMeters } from './meters';
import type { RoomDocument, RoomDocumentOptions } from './roomDocument';
import type { RoomShares } from './roomShares';
import type { RoomStore, WriteKey } from './roomStore';
import type { RoomWatcher } from './roomUpkeep';
import type { SegmentGate } from './segments';
import type { Stamp } from '../src/lib/domain/stamp';
import type { StoreHealth } from './storeHealth';
import type { StoreQuota } from './storeQuota';
import type { Turns } from './turns';
import type { UserBudgets } from './userBudgets';
import type { UserId } from '../src/lib/domain/ids';

export interface RoomOptions extends RoomDocumentOptions, Omit<AwarenessRelayOptions, 'channels'> {
	readonly store: RoomStore;
	readonly committer: Committer;
	readonly health: StoreHealth;
	readonly quota: StoreQuota;
	readonly meters: RelayMeters;
	readonly turns: Turns;
	readonly chargeBytes: (user: UserId, bytes: number) => void;
	readonly budgets: Pick<UserBudgets, 'opened' | 'left'>;
	readonly limits: Pick<RelayLimits, 'roomChannelsMax' | 'openBytesMax'>;
	/** Says when the first entry may be written; undefined if any time. */
	readonly gate: SegmentGate | undefined;
	readonly watcher: RoomWatcher;
}

export class Room {
	readonly name: string;
	readonly use: RoomUse;
	readonly #options: RoomOptions;
	readonly #channels: RoomChannels;
	readonly #awareness: AwarenessRelay;
	readonly #ledger: RoomLedger;
	readonly #held: HeldDocument;
	readonly #questions: RoomQuestions;
	readonly #intake: FrameIntake;

	constructor(options: RoomOptions) {
		this.name = options.room;
		this.#options = options;
		this.use = new RoomUse(options.now);
		this.#channels = new RoomChannels({
			eachMax: options.limits.roomChannelsMax,
			opened: (user, bytes) => options.budgets.opened(user, bytes),
			left: (user, bytes) => options.budgets.left(user, bytes)
		});
		this.#awareness = new AwarenessRelay({ ...options, channels: this.#channels.all });
		this.#ledger = new RoomLedger({
			committer: options.committer,
			channels: this.#channels.all,
			now: options.now,
			onCommitted: (batch) => this.#committed(batch),
			onFailed: (failure, lost) => this.#reload(failure, lost)
		});
		this.#held = new HeldDocument({
			...options,
			onRead: (document, updates) => this.#read(document, updates),
			onReady: () => {
				for (const channel of this.#channels.all) this.#welcomeInTurn(channel);
			},
			onUnreadable: () => this.#giveUp()
		});
		this.#questions = new RoomQuestions(options.health, options.turns, () => this.document);
		this.#intake = new FrameIntake({
			...options,
			ledger: this.#ledger,
			questions: this.#questions,
			shownBy: (client) => this.#awareness.ownerOf(client),
			attempt: (change) => this.#attempt(change)
		});
	}

	/** The document, while it is in memory: it may hold what is not on disk yet. */
	get document(): RoomDocument | undefined {
		return this.#held.current;
	}

	get isReady(): boolean {
		return this.document !== undefined;
	}

	/** Settles once the document is in memory. Rejects if it cannot be read. */
	async ready(): Promise<void> {
		await this.#held.use(() => {});
	}

	/** Nobody is here, and nothing is under way: since when, by the wall clock. Undefined if somebody is. */
	get restsSince(): number | undefined {
		return this.#channels.all.size > 0 || !this.isReady || !this.#ledger.isIdle
			? undefined
			: this.use.endedAt;
	}

	/** What it takes in memory, roughly, in bytes. */
	get bytes(): number {
		return this.document?.bytes ?? 0;
	}

	/** Keeps no more in memory than it needs to serve who is here. */
	letGo(): void {
		this.document?.letGo();
	}

	/** Leaves memory. Only while it rests. */
	end(): void {
		this.#options.gate?.end();
		this.#held.end();
	}

	/** Who has a channel here. */
	users(): ReadonlySet<UserId> {
		return new Set([...this.#channels.all].map(({ userId }) => userId));
	}

	join(channel: Channel): void {
		const { roomChannelsMax } = this.#options.limits;
		if (!this.#channels.add(channel))
			return channel.close(CLOSE.tooMany, `over ${roomChannelsMax} channels of a user in a room`);
		if (this.isReady) this.#welcomeInTurn(channel);
	}

	leave(channel: Channel): void {
		if (!this.#channels.delete(channel)) return;
		this.use.touch();
		this.#awareness.leave(channel);
		if (this.#channels.all.size === 0) this.#options.watcher.onRest();
	}

	/**
	 * Closes these channels. What they wrote and is not with the store yet is as if it had never come, and so is what the
	 * server wrote for `author`.
	 */
	drop(which: (channel: Channel) => boolean, code: number, reason: string, author?: UserId): void {
		for (const channel of [...this.#channels.all]) if (which(channel)) channel.close(code, reason);
		if (!this.#ledger.stages((from) => (typeof from === 'string' ? from === author : which(from)))) return;
		this.#restart({ error: new Error(reason), isOfAnother: true });
	}

	/** Sends a piece of what the channel is owed, out of the document. */
	catchUp(channel: Channel): void {
		this.#options.turns.add(channel, 'answer', () => {
			// While the document is being read, that waits until it is there.
			if (this.#held.current) this.#pay(channel, this.#held.current);
		});
	}

	/** Takes one message of a channel. Only while the room is ready. */
	receive(channel: Channel, frame: Uint8Array): void {
		const document = this.#held.current;
		const message = decodeSyncMessage(frame);
		if (!document || !message) return channel.close(CLOSE.badFrame, 'not a y-websocket message');
		if (message.type === 'step1') this.#ask(channel, message.payload, document);
		else if (message.type === 'awareness')
			this.#awareness.receive(channel, message.payload, (client) => document.owner(client));
		else if (message.type === 'queryAwareness')
			this.#options.turns.add(channel, 'awareness', () => this.#awareness.tell(channel));
		else this.#intake.take(channel, message.type, message.payload, document);
	}

	/**
	 * Lets the server write in the document. Resolves once what it wants is on disk; rejects if it cannot be stored.
	 * `keysOf` names the writing, for {@link RoomStore.entryOfKey}. Gives undefined, and writes nothing, if `holds` is
	 * false in the turn in which it would be staged, or if it was to be dropped with what the author wrote.
	 */
	async write<T>(
		author: UserId,
		action: (doc: Y.Doc, tick: () => Stamp) => T,
		keysOf: (result: T, client: number) => readonly WriteKey[] = () => [],
		holds: () => boolean = () => true
	): Promise<{ readonly result: T; readonly client: number } | undefined> {
		return this.use.during(async () => {
			for (;;) {
				const attempt = await this.#held.use((document) =>
					holds()
						? {
								written: this.#write(document, author, action, keysOf),
								durable: this.#ledger.whenDurable()
							}
						: undefined
				);
				if (!attempt) return undefined;
				const failure = await attempt.durable;
				if (!failure) return attempt.written;
				if (!failure.isOfAnother)
					throw new Error(`room ${this.name} could not be written`, { cause: failure.error });
			}
		});
	}

	/** What each user takes of it. Settles once the document is in memory. */
	shares(): Promise<RoomShares> {
		return this.#held.use(({ shares }) => shares);
	}

	/** What `read` sees in the document, once all of that is on disk. */
	async read<T>(read: (document: RoomDocument) => T): Promise<T> {
		return this.use.during(async () => {
			for (;;) {
				const { seen, durable } = await this.#held.use((document) => ({
					seen: read(document),
					durable: this.#ledger.whenDurable()
				}));
				if (!(await durable)) return seen;
			}
		});
	}

	#write<T>(
		document: RoomDocument,
		author: UserId,
		action: (doc: Y.Doc, tick: () => Stamp) => T,
		keysOf: (result: T, client: number) => readonly WriteKey[]
	): { readonly result: T; readonly client: number } {
		const { holds, error } = this.#options.health;
		if (holds) throw new Error(`room ${this.name} cannot be written now`, { cause: error });
		const { shares } = document;
		const { result, update, erased, growth, client } = this.#attempt(() => document.write(author, action));
		if (update) {
			const told = this.#options.quota.book(growth, shares);
			const stored = { room: this.name, update, erased, shares: told, keys: keysOf(result, client) };
			this.#ledger.stage(stored, new Map([[client, document.state(client)]]), author);
		}
		return { result, client };
	}

	#read(document: RoomDocument, updates: number): Promise<void> | undefined {
		this.#ledger.reset(document.vector());
		this.#options.watcher.onRead(document, updates);
		this.use.touch();
		return document.tally.entries === 0 ? this.#options.gate?.prepare() : undefined;
	}

	#giveUp(): void {
		this.#options.gate?.end();
		this.#options.watcher.onUnreadable();
		this.#closeAll(CLOSE.unavailable, 'the room cannot be read');
	}

	#committed(batch: RoomBatch): void {
		this.#options.gate?.end();
		this.#options.watcher.onCommitted(this.#held.current, batch);
	}

	#welcomeInTurn(channel: Channel): void {
		this.#options.turns.add(channel, 'welcome', () => {
			// While the document is being read anew, everyone is welcomed once it is there.
			if (this.#held.current) this.#welcome(channel, this.#held.current);
		});
	}

	/** Drops the document, which holds what is not on disk, for the one that the store has. */
	#reload(failure: Failure, lost: readonly RoomBatch[], after?: Promise<unknown>): void {
		this.#held.reload(after);
		for (const { waiting } of lost) for (const tell of waiting) tell(failure);
		if (failure.isOfRoom) this.#closeAll(CLOSE.unavailable, 'the room cannot be written');
	}

	/** Forgets what is staged. What is with the store by then is waited for. */
	#restart(failure: Failure): void {
		this.#reload(failure, this.#ledger.dropStaged(), this.#ledger.whenDurable());
	}

	#closeAll(code: number, reason: string): void {
		for (const channel of [...this.#channels.all]) channel.close(code, reason);
	}

	/** A change that throws leaves the document half changed. */
	#attempt<T>(change: () => T): T {
		try {
			return change();
		} catch (error) {
			this.#options.log.error({ room: this.name, err: error }, 'a change could not be made');
			this.#restart({ error });
			throw error;
		}
	}

	#welcome(channel: Channel, document: RoomDocument): void {
		if (!this.#channels.count(channel, () => document.bytes))
			return channel.close(CLOSE.tooMany, `over ${this.#options.limits.openBytesMax} bytes of open rooms`);
		this.#questions.ask(channel, document);
		this.#awareness.tell(channel);
		if (channel.wantsAcks) this.#ledger.afterCommit((batch) => batch.welcomed.add(channel));
		this.#pay(channel, document);
		this.#options.turns.goOn(channel.userId, () => channel.readHeld());
	}

	#pay(channel: Channel, document: RoomDocument): void {
		const { pieceBytes, arrears } = channel;
		if (pieceBytes === undefined) return;
		const piece = this.#pieceOf(channel, document, pieceBytes);
		if (channel.ended) return;
		const notices = arrears.takeNotices();
		if (notices.has('ack')) this.#options.meters.count('resyncs');
		if (notices.has('step1')) this.#questions.askAgain(channel, document);
		if (notices.has('awareness')) this.#awareness.tell(channel);
		if (notices.has('ack') && channel.wantsAcks)
			this.#ledger.afterCommit((batch) => batch.welcomed.add(channel));
		if (piece) this.#ledger.afterCommit((batch) => batch.pieces.push({ channel, piece }));
		else channel.sendNothing();
	}

	/** What is kept of a question, until it is answered, is what it says of logs that are here. */
	#ask(channel: Channel, vector: Uint8Array, document: RoomDocument): void {
		if (vector.length <= SMALL_VECTOR_BYTES) return channel.ask(vector);
		try {
			const known = [...Y.decodeStateVector(vector)].filter(([client]) => document.state(client) > 0);
			channel.ask(Y.encodeStateVector(new Map(known)));
		} catch {
			channel.close(CLOSE.badFrame, 'not a state vector');
		}
	}

	#pieceOf(channel: Channel, document: RoomDocument, bytesMax: number): Piece | undefined {
		try {
			return channel.arrears.next(document, bytesMax);
		} catch {
			channel.close(CLOSE.badFrame, 'not a state vector');
			return undefined;
		}
	}
}
