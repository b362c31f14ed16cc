/**
 * Group commit: what all rooms staged since the last commit goes to disk in one transaction, one commit at a time. What
 * comes after a pause is committed at once; what follows on it soon is gathered, so that a commit, and a write on the
 * socket of each receiver, serve many messages, and take no more than a part of the time.
 * Invariants: each room is told once what became of what was taken from it, in the order of the commits; if a batch
 * cannot be stored, the rooms at fault do not keep the others from being stored.
 */
import type { Failure } from './roomBatch';
import type { RelayLog } from './ports';
import type { RelayMeters } from './meters';
import type { RoomStore, StoredUpdate } from './roomStore';
import { troubleOf } from '../src/lib/domain/storeTrouble';
import type { StoreHealth } from './storeHealth';
import type { UserId } from '../src/lib/domain/ids';
import { turnEnds } from './timers';

/** Who wrote in a room, on a socket. */
export type RoomWriters = ReadonlyMap<string, Iterable<UserId>>;

/** A room with something staged. */
export interface Committable {
	/** Hands over what is staged: from now on it is in flight. */
	takeStaged(): readonly StoredUpdate[];
	/** Gives who wrote on a socket what is on disk now. */
	committed(): Iterable<UserId>;
	failed(failure: Failure): void;
}

/** What was taken from a room. */
interface Taken {
	readonly room: Committable;
	readonly updates: readonly StoredUpdate[];
}

/** From the beginning of one commit to that of the next, in milliseconds at least. */
const COMMIT_EVERY_MS = 5;
/**
 * After a commit it rests so many times as long as that took, with all that went out behind it: where little happens a
 * message hardly waits, and where much does more of it goes out at once.
 */
const REST_FACTOR = 2;
/** What is written waits no longer than this for others, in milliseconds. */
const REST_MAX_MS = 25;

export class Committer {
	readonly #store: RoomStore;
	readonly #health: StoreHealth;
	readonly #log: RelayLog;
	readonly #meters: RelayMeters;
	readonly #elapsedMs: () => number;
	readonly #pause: (ms: number) => Promise<void>;
	readonly #onCommitted: (writers: RoomWriters, position: number) => void;
	readonly #queue = new Set<Committable>();
	/** The store's, behind the last commit. */
	#position = 0;
	#running: Promise<void> | undefined;
	/** Until when it rests, by its clock. */
	#restsUntilMs = 0;

	/** `onCommitted` hears of each commit: its rooms with who wrote in them, and the store's position behind it. */
	constructor(options: {
		store: RoomStore;
		health: StoreHealth;
		log: RelayLog;
		meters: RelayMeters;
		/** Milliseconds of a clock that never goes back. */
		elapsedMs: () => number;
		/** Settles after so many milliseconds. */
		pause: (ms: number) => Promise<void>;
		onCommitted: (writers: RoomWriters, position: number) => void;
	}) {
		this.#store = options.store;
		this.#health = options.health;
		this.#log = options.log;
		this.#meters = options.meters;
		this.#elapsedMs = options.elapsedMs;
		this.#pause = options.pause;
		this.#onCommitted = options.onCommitted;
	}

	/** Has what the room staged committed soon: together with what else arrives in this turn of the event loop. */
	add(room: Committable): void {
		this.#queue.add(room);
		this.#running ??= this.#run();
	}

	/** Forgets what a room staged and has not been taken yet. */
	remove(room: Committable): void {
		this.#queue.delete(room);
	}

	/** Settles once nothing is staged or in flight. */
	async idle(): Promise<void> {
		while (this.#running) await this.#running;
	}

	async #run(): Promise<void> {
		do {
			await turnEnds();
			const leftMs = this.#restsUntilMs - this.#elapsedMs();
			if (leftMs > 0) await this.#pause(leftMs);
			const startedMs = this.#elapsedMs();
			const taken = [...this.#queue].map((room) => ({ room, updates: room.takeStaged() }));
			this.#queue.clear();
			const failures = await this.#commit(taken.filter(({ updates }) => updates.length > 0));
			const stored = new Map<string, Iterable<UserId>>();
			for (const { room, updates } of taken) {
				const failure = failures.get(room);
				for (const update of failure ? [] : updates) stored.set(update.room, []);
				this.#tell(() => {
					if (failure) return room.failed(failure);
					const writers = room.committed();
					for (const update of updates) stored.set(update.room, writers);
				}, 'a room could not go on after a commit');
			}
			if (stored.size > 0) {
				this.#health.stored(stored.keys());
				this.#tell(() => this.#onCommitted(stored, this.#position), 'a commit could not be told of');
			}
			// What was sent goes out at the end of this turn, which is most of what a large room costs.
			await turnEnds();
			const tookMs = this.#elapsedMs() - startedMs;
			const restMs = Math.min(REST_MAX_MS, Math.max(REST_FACTOR * tookMs, COMMIT_EVERY_MS - tookMs));
			this.#restsUntilMs = startedMs + tookMs + restMs;
		} while (this.#queue.size > 0);
		// In the same turn as the last look at the queue: what is added from now on starts a new run.
		this.#running = undefined;
	}

	/** Stores all of it in one transaction, or what can be stored room by room. Gives the rooms that were not stored. */
	async #commit(taken: readonly Taken[]): Promise<Map<Committable, Failure>> {
		const failure = await this.#append(taken);
		if (!failure) return new Map();
		if (taken.length === 1 || troubleOf(failure.error) === 'full') return this.#judge(taken, taken, failure);
		const failed: Taken[] = [];
		let last = failure;
		for (const each of taken) {
			const own = await this.#append([each]);
			if (own) failed.push(each);
			last = own ?? last;
		}
		return this.#judge(taken, failed, last);
	}

	/** Says whose the fault is: the rooms', or the store's. */
	#judge(taken: readonly Taken[], failed: readonly Taken[], { error }: Failure): Map<Committable, Failure> {
		const isOfRoom = failed.length < taken.length || troubleOf(error) === 'damaged';
		for (const { updates } of isOfRoom ? failed : [])
			for (const { room } of updates.slice(0, 1)) this.#health.roomFailed(room, 'written', error);
		if (!isOfRoom) this.#health.failed(error, failed.flatMap(({ updates }) => updates).length);
		return new Map(failed.map(({ room }) => [room, { error, isOfRoom }]));
	}

	async #append(taken: readonly Taken[]): Promise<Failure | undefined> {
		if (taken.length === 0) return undefined;
		const updates = taken.flatMap((each) => each.updates);
		const startedMs = this.#elapsedMs();
		try {
			this.#position = await this.#store.append(updates);
			this.#meters.commitTook((this.#elapsedMs() - startedMs) / 1_000);
			this.#meters.count('commits');
			this.#meters.count('updates', updates.length);
			return undefined;
		} catch (error) {
			this.#meters.count('commitsFailed');
			return { error };
		}
	}

	/** One's trouble must not keep the others from hearing. */
	#tell(tell: () => void, trouble: string): void {
		try {
			tell();
		} catch (error) {
			this.#log.error({ err: error }, trouble);
		}
	}
}
