/**
 * What of a room is on disk, and what waits for it. Invariant: fan-out, sync step 2 and acks go out here alone, and
 * tell only of what is on disk.
 */
import { encodeAck } from '../src/lib/protocol/ack';
import { encodeUpdate } from './syncMessages';
import { deliveryMs } from './limits';
import { Outgoing } from './outgoing';
import { RoomBatch, type Failure, type Writer } from './roomBatch';
import type { Channel } from './channel';
import type { Committable, Committer } from './committer';
import type { Loss, UpdateLoss } from './arrears';
import type { StoredUpdate } from './roomStore';
import type { UserId } from '../src/lib/domain/ids';
import type { VersionVector } from '../src/lib/domain/versionVector';

export interface RoomLedgerOptions {
	readonly committer: Pick<Committer, 'add' | 'remove'>;
	readonly channels: ReadonlySet<Channel>;
	/** Tells whose log a client's is; undefined while the document is being read anew. */
	readonly owners: () => ((client: number) => UserId | undefined) | undefined;
	/** Wall clock in milliseconds. */
	readonly now: () => number;
	/** The relay works so many milliseconds for the user. */
	readonly charge: (user: UserId, ms: number) => void;
	readonly onCommitted: (batch: RoomBatch) => void;
	/** A commit failed: the batches that were built on it are lost. */
	readonly onFailed: (failure: Failure, lost: readonly RoomBatch[]) => void;
}

const erases = ({ erased }: RoomBatch): boolean => erased !== 'nothing';

/** Bytes of its own that a writer may get back among others', and the part of all that it may be where it is more. */
const GIVEN_BACK = { bytesMax: 1_000, partMax: 1 / 4 };

export class RoomLedger implements Committable {
	readonly #options: RoomLedgerOptions;
	/** How long each log is on disk. */
	#durable = new Map<number, number>();
	/** Filled now; undefined if nothing is staged. */
	#staged: RoomBatch | undefined;
	/** With the store. */
	#inFlight: RoomBatch | undefined;
	/** What commits that failed would have told: a disk may fail behind the commit, and have it all the same. */
	#untold: UpdateLoss | undefined;

	constructor(options: RoomLedgerOptions) {
		this.#options = options;
	}

	/** Nothing is on its way to disk. */
	get isIdle(): boolean {
		return !this.#staged && !this.#inFlight;
	}

	/** Starts from what the store has. */
	reset(durable: VersionVector): void {
		this.#durable = new Map(durable);
	}

	/**
	 * What the store turned out to have though it said that it failed, and nobody has been told of; asked once behind
	 * {@link reset}. That something was erased is told whether it was or not: the document says which.
	 */
	takeUntold(): UpdateLoss | undefined {
		const untold = this.#untold;
		this.#untold = undefined;
		const isThere = [...(untold?.before ?? [])].some(([client, clock]) => this.#clockOf(client) > clock);
		return isThere || untold?.erases ? untold : undefined;
	}

	/** Has an update committed. `clocks` are the lengths of the logs that grow by it. */
	stage(stored: StoredUpdate, clocks: ReadonlyMap<number, number>, from: Writer): void {
		this.#staged ??= new RoomBatch();
		this.#staged.updates.push({ stored, from });
		for (const [client, clock] of clocks) this.#staged.clocks.set(client, clock);
		this.#options.committer.add(this);
	}

	/** Has something done once all that was staged until now is on disk: at once if it is. */
	afterCommit(owe: (batch: RoomBatch) => void): void {
		const pending = this.#staged ?? this.#inFlight;
		const batch = pending ?? new RoomBatch();
		owe(batch);
		if (!pending) this.#carryOut(batch);
	}

	/** Settles once all that was staged until now is on disk; gives the failure if it never will be. */
	whenDurable(): Promise<Failure | undefined> {
		return new Promise((resolve) => this.afterCommit((batch) => batch.waiting.push(resolve)));
	}

	/** True if something is staged, and not with the store yet, that came from one of these. */
	stages(which: (from: Writer) => boolean): boolean {
		return this.#staged?.updates.some(({ from }) => which(from)) ?? false;
	}

	/** Forgets what is staged and not with the store yet. */
	dropStaged(): RoomBatch[] {
		const dropped = this.#staged;
		this.#staged = undefined;
		this.#options.committer.remove(this);
		return dropped ? [dropped] : [];
	}

	takeStaged(): readonly StoredUpdate[] {
		this.#inFlight = this.#staged;
		this.#staged = undefined;
		return this.#inFlight?.stored ?? [];
	}

	committed(): Iterable<UserId> {
		const batch = this.#inFlight;
		this.#inFlight = undefined;
		if (!batch) return [];
		this.#carryOut(batch);
		this.#options.onCommitted(batch);
		return batch.speakers;
	}

	failed(failure: Failure): void {
		const lost = this.#inFlight ? [this.#inFlight] : [];
		for (const batch of lost) this.#noteUntold(batch);
		this.#inFlight = undefined;
		this.#options.onFailed(failure, [...lost, ...this.dropStaged()]);
	}

	#clockOf(client: number): number {
		return this.#durable.get(client) ?? 0;
	}

	/** How long the logs are on disk that grow by it. */
	#before({ clocks }: RoomBatch): Map<number, number> {
		return new Map([...clocks.keys()].map((client) => [client, this.#clockOf(client)]));
	}

	#noteUntold(batch: RoomBatch): void {
		// What an earlier one would have told begins further back.
		const before = new Map([...this.#before(batch), ...(this.#untold?.before ?? [])]);
		this.#untold = { type: 'update', before, erases: (this.#untold?.erases ?? false) || erases(batch) };
	}

	#carryOut(batch: RoomBatch): void {
		const { updates, clocks, pieces, welcomed, acks, waiting } = batch;
		// Before the updates: who is brought up to date by its piece gets all that was written since it was made.
		for (const { channel, piece } of pieces) channel.sendPiece(piece);
		const before = this.#before(batch);
		for (const [client, clock] of clocks) this.#durable.set(client, clock);
		if (updates.length > 0) this.#fanOut(batch, { type: 'update', before, erases: erases(batch) });
		/** By user: hundreds of channels may come at once, and each room has thousands of logs. */
		const firstAcks = new Map<UserId, Outgoing>();
		for (const channel of welcomed) {
			const own = acks.get(channel);
			const ack =
				(own ? undefined : firstAcks.get(channel.userId)) ??
				this.#ackFor(channel, true, without(this.#durable, own, before));
			if (!own) firstAcks.set(channel.userId, ack);
			channel.send(ack, { type: 'ack' });
		}
		for (const [channel, clients] of acks) {
			const pairs = [...clients].map((client) => [client, this.#clockOf(client)] as const);
			channel.send(this.#ackFor(channel, false, new Map(pairs)), { type: 'ack' });
		}
		for (const tell of waiting) tell(undefined);
	}

	/**
	 * What everyone gets is put together and framed once. Who wrote some of it gets that back, if it is little beside the
	 * rest: to put that together for each of them would cost more than to send it, and where hundreds write at once, as much
	 * as the square of what they say.
	 */
	#fanOut(batch: RoomBatch, loss: Loss): void {
		const outgoing = (update: Uint8Array) => new Outgoing(encodeUpdate(update));
		const { written } = batch;
		const bytesOf = new Map<Writer, number>();
		let all = 0;
		for (const { from, bytes } of written) {
			bytesOf.set(from, (bytesOf.get(from) ?? 0) + bytes.length);
			all += bytes.length;
		}
		const givenBackMax = Math.max(GIVEN_BACK.bytesMax, GIVEN_BACK.partMax * all);
		const forAll = batch.together.map(outgoing);
		for (const channel of this.#options.channels) {
			const own = bytesOf.get(channel) ?? 0;
			const isShared = own === 0 || (written.length > 1 && own <= givenBackMax);
			const messages = isShared ? forAll : batch.without(channel).map(outgoing);
			for (const message of messages) channel.send(message, loss);
		}
		const { channels, charge } = this.#options;
		const eachMs = deliveryMs(channels.size) / written.length;
		for (const { from } of written) if (typeof from !== 'string') charge(from.userId, eachMs);
	}

	/**
	 * A device knows no owners but its own root's name: by this it hears of a log of its that is another's here. It hears
	 * nothing of that while nobody can tell, and is greeted again: all that it wrote would seem to be others'.
	 */
	#ownFirst({ userId }: Channel, vector: ReadonlyMap<number, number>) {
		const ownerOf = this.#options.owners();
		if (!ownerOf) return { vector };
		const isOwn = ([client]: readonly [number, number]) => ownerOf(client) === userId;
		const own = [...vector].filter(isOwn);
		return { vector: new Map([...own, ...vector]), own: own.length };
	}

	#ackFor(channel: Channel, full: boolean, vector: ReadonlyMap<number, number>): Outgoing {
		const relayTimeMs = Math.round(this.#options.now());
		return new Outgoing(
			encodeAck({ full, relayTimeMs, ...(full ? this.#ownFirst(channel, vector) : { vector }) })
		);
	}
}

/**
 * What was on disk before a channel said anything, though its own words were committed with what its first vector waited
 * for: a device that cancelled a message goes by that vector when it asks itself whether anybody can have had it.
 */
function without(
	durable: ReadonlyMap<number, number>,
	own: ReadonlySet<number> | undefined,
	before: ReadonlyMap<number, number>
): ReadonlyMap<number, number> {
	if (!own) return durable;
	const had = [...durable].map(
		([client, clock]) => [client, own.has(client) ? (before.get(client) ?? clock) : clock] as const
	);
	return new Map(had.filter(([, clock]) => clock > 0));
}
