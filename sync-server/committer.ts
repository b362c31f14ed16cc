/**
 * Group commit: what all rooms staged since the last commit goes to disk in one transaction, one commit at a time.
 * Invariant: each room is told once what became of what was taken from it, in the order of the commits.
 */
import type { Failure } from './roomBatch';
import type { RelayLog } from './ports';
import type { RoomStore, StoredUpdate } from './roomStore';

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
	readonly #onCommitted: (rooms: readonly string[], position: number) => void;
	readonly #queue = new Set<Committable>();
	/** The store's, behind the last commit. */
	#position = 0;
	#running: Promise<void> | undefined;

	/** `onCommitted` hears of each commit: its rooms, and the store's position behind it. */
	constructor(options: {
		store: RoomStore;
		log: RelayLog;
		onCommitted: (rooms: readonly string[], position: number) => void;
	}) {
		this.#store = options.store;
		this.#log = options.log;
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
			await new Promise((resolve) => setImmediate(resolve));
			const rooms = [...this.#queue];
			this.#queue.clear();
			const batch = rooms.flatMap((room) => room.takeStaged());
			const failure = batch.length > 0 ? await this.#append(batch) : undefined;
			for (const room of rooms)
				this.#tell(
					() => (failure ? room.failed(failure) : room.committed()),
					'a room could not go on after a commit'
				);
			const names = new Set(batch.map(({ room }) => room));
			if (!failure && names.size > 0)
				this.#tell(() => this.#onCommitted([...names], this.#position), 'a commit could not be told of');
		} while (this.#queue.size > 0);
		// In the same turn as the last look at the queue: what is added from now on starts a new run.
		this.#running = undefined;
	}

	async #append(batch: readonly StoredUpdate[]): Promise<Failure | undefined> {
		try {
			this.#position = await this.#store.append(batch);
			return undefined;
		} catch (error) {
			this.#log.error({ err: error, updates: batch.length }, 'a commit failed');
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
