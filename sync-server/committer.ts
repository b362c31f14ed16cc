/**
 * Group commit: what all rooms staged since the last commit goes to disk in one transaction, one commit at a time.
 * Invariant: each room is told once what became of what was taken from it, in the order of the commits.
 */
import type { Failure } from './roomBatch';
import type { RelayLog, RoomStore, StoredUpdate } from './ports';

/** A room with something staged. */
export interface Committable {
	/** Hands over what is staged: from now on it is in flight. */
	takeStaged(): readonly StoredUpdate[];
	committed(): void;
	failed(failure: Failure): void;
}

export class Committer {
	readonly #store: RoomStore;
	readonly #log: RelayLog;
	readonly #queue = new Set<Committable>();
	#running: Promise<void> | undefined;

	constructor(store: RoomStore, log: RelayLog) {
		this.#store = store;
		this.#log = log;
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
			await new Promise((resolve) => setImmediate(resolve));
			const rooms = [...this.#queue];
			this.#queue.clear();
			const batch = rooms.flatMap((room) => room.takeStaged());
			const failure = batch.length > 0 ? await this.#append(batch) : undefined;
			for (const room of rooms) this.#tell(room, failure);
		} while (this.#queue.size > 0);
		// In the same turn as the last look at the queue: what is added from now on starts a new run.
		this.#running = undefined;
	}

	async #append(batch: readonly StoredUpdate[]): Promise<Failure | undefined> {
		try {
			await this.#store.append(batch);
			return undefined;
		} catch (error) {
			this.#log.error({ err: error, updates: batch.length }, 'a commit failed');
			return { error };
		}
	}

	/** One room's trouble must not keep the others from hearing. */
	#tell(room: Committable, failure: Failure | undefined): void {
		try {
			if (failure) room.failed(failure);
			else room.committed();
		} catch (error) {
			this.#log.error({ err: error }, 'a room could not go on after a commit');
		}
	}
}
