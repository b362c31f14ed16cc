/**
 * One room: its document in memory and its channels. Invariants: a frame is judged by the guard before it counts;
 * until the document is loaded, frames are held and nothing is answered; after a failed commit the document is dropped
 * and read again from the store, and everyone is asked again.
 */
import { AwarenessRelay, type AwarenessRelayOptions } from './awarenessRelay';
import { CLOSE } from '../src/lib/protocol/closeCodes';
import { decodeSyncMessage, type SyncMessage } from './syncMessages';
import { FrameIntake } from './frameIntake';
import { HeldDocument, type Wanted } from './heldDocument';
import { RoomAnswers } from './roomAnswers';
import { RoomChannels } from './roomChannels';
import { RoomLedger } from './roomLedger';
import { RoomQuestions } from './roomQuestions';
import { RoomUse } from './roomUse';
import { RoomWriting } from './roomWriting';
import type { Channel } from './channel';
import type { Committer } from './committer';
import type { Failure, RoomBatch } from './roomBatch';
import type { RelayLimits } from './limits';
import type { RelayMeters } from './meters';
import type { RoomDocument, RoomDocumentOptions } from './roomDocument';
import type { RoomStore } from './roomStore';
import type { RoomWatcher } from './roomUpkeep';
import type { SegmentGate } from './segments';
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
	readonly budgets: Pick<UserBudgets, 'holds' | 'takes' | 'worked'>;
	readonly limits: Pick<RelayLimits, 'roomChannelsMax'>;
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
	readonly #answers: RoomAnswers;
	/** What the server itself writes and reads here. */
	readonly server: RoomWriting;

	constructor(options: RoomOptions) {
		this.name = options.room;
		this.#options = options;
		this.use = new RoomUse(options.now, () => this.#left());
		this.#channels = new RoomChannels({
			eachMax: options.limits.roomChannelsMax,
			budgets: options.budgets
		});
		this.#awareness = new AwarenessRelay({ ...options, channels: this.#channels.all });
		this.#ledger = new RoomLedger({
			committer: options.committer,
			channels: this.#channels.all,
			owners: () => {
				const { document } = this;
				return document && ((client) => document.owner(client));
			},
			now: options.now,
			charge: options.charge,
			onCommitted: (batch) => this.#committed(batch),
			onFailed: (failure, lost) => this.#reload(failure, lost)
		});
		this.#held = new HeldDocument({
			...options,
			nextPiece: (ms, wanted) => this.#nextPiece(ms, wanted),
			onRead: (document, updates) => this.#read(document, updates),
			onReady: () => this.#ready(),
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
		this.#answers = new RoomAnswers({
			...options,
			channels: this.#channels,
			awareness: this.#awareness,
			ledger: this.#ledger,
			questions: this.#questions,
			document: () => this.document
		});
		this.server = new RoomWriting({
			...options,
			use: this.use,
			held: this.#held,
			ledger: this.#ledger,
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
		if (this.isReady) this.#answers.welcome(channel);
		else this.#held.want(channel.userId);
	}

	leave(channel: Channel): void {
		if (!this.#channels.delete(channel)) return;
		this.use.touch();
		this.#awareness.leave(channel);
		this.#left();
	}

	/**
	 * Closes these channels. What they wrote and is not with the store yet is as if it had never come, and so is what the
	 * server wrote for `author`.
	 */
	drop(which: (channel: Channel) => boolean, code: number, reason: string, author?: UserId): void {
		const dropped = new Set(author === undefined ? [] : [author]);
		for (const channel of [...this.#channels.all]) {
			if (!which(channel)) continue;
			dropped.add(channel.userId);
			channel.close(code, reason);
		}
		if (!this.#ledger.stages((from) => (typeof from === 'string' ? from === author : which(from)))) return;
		this.#restart({ error: new Error(reason), isOfAnother: true });
		for (const user of dropped) this.#held.want(user);
	}

	/** Sends a piece of what the channel is owed, out of the document. */
	catchUp(channel: Channel): void {
		this.#answers.catchUp(channel);
	}

	/** Takes one message of a channel. Only while the room is ready. */
	receive(channel: Channel, frame: Uint8Array): void {
		const { meters, elapsedMs } = this.#options;
		const startedMs = elapsedMs();
		const message = decodeSyncMessage(frame);
		this.#take(channel, message);
		const seconds = (elapsedMs() - startedMs) / 1_000;
		meters.frameTook({ kind: message?.type ?? 'none', bytes: frame.length, seconds });
	}

	/** Somebody has left it, or has come and gone while it was read. */
	#left(): void {
		if (this.#channels.all.size === 0 && this.use.endedAt !== undefined) this.#options.watcher.onRest();
	}

	#take(channel: Channel, message: SyncMessage | undefined): void {
		const document = this.#held.current;
		if (!document || !message) return channel.close(CLOSE.badFrame, 'not a y-websocket message');
		if (message.type === 'step1') this.#answers.ask(channel, message.payload, document);
		else if (message.type === 'awareness')
			this.#awareness.receive(channel, message.payload, (client) => document.owner(client));
		else if (message.type === 'queryAwareness')
			this.#options.turns.add(channel, 'awareness', () => this.#awareness.tell(channel));
		else this.#intake.take(channel, message.type, message.payload, document);
	}

	#read(document: RoomDocument, updates: number): Promise<void> | undefined {
		this.#ledger.reset(document.vector());
		this.#options.watcher.onRead(document, updates);
		this.use.touch();
		return document.tally.entries === 0 ? this.#options.gate?.prepare() : undefined;
	}

	/** Whoever of those who want the room may have more done for them first is who it is read on for. */
	async #nextPiece(ms: number, wanted: Wanted): Promise<void> {
		const { turns, budgets } = this.#options;
		for (const user of wanted.by) budgets.worked(user, ms / wanted.by.size);
		await turns.pause();
		while (wanted.by.size > 0 && !wanted.byServer) {
			const more = new Promise<'more'>((resolve) => (wanted.onMore = () => resolve('more')));
			const turn = [...wanted.by].map((user) => turns.comes(user));
			if ((await Promise.race([more, ...turn])) !== 'more') return;
		}
	}

	/** What a commit that failed has stored all the same is told now. */
	#ready(): void {
		const untold = this.#ledger.takeUntold();
		for (const channel of this.#channels.all) {
			if (untold) channel.owe(untold);
			this.#answers.welcome(channel);
		}
		if (untold) this.#options.watcher.onFound(untold.erases);
		this.#left();
	}

	#giveUp(): void {
		this.#options.gate?.end();
		this.#options.watcher.onUnreadable();
		this.#closeAll(CLOSE.unavailable, 'the room cannot be read');
	}

	#committed(batch: RoomBatch): void {
		this.#options.gate?.end();
		const document = this.#held.current;
		this.#options.watcher.onCommitted(document, batch);
		if (!document) return;
		for (const { channels, reason } of this.#channels.grew(batch.bytes, () => document.bytes))
			for (const channel of channels) channel.close(CLOSE.tooMany, reason);
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
}
