import { memoryRoomStore } from './memoryRoomStore';
import type { RoomStore, StoredUpdate } from './ports';

/** A store whose commits and loads the test holds, lets go and breaks. */
export class ControlledStore implements RoomStore {
	readonly #inner = memoryRoomStore();
	readonly batches: (readonly StoredUpdate[])[] = [];
	loads = 0;
	failing = false;
	#held: Promise<void> | undefined;
	#release = () => {};
	#onAppend = () => {};

	/** From now on nothing is loaded or committed until the returned function is called. */
	hold(): () => void {
		this.#held = new Promise((resolve) => {
			this.#release = () => resolve();
		});
		return () => {
			this.#held = undefined;
			this.#release();
		};
	}

	/** Settles when the next batch has been handed to the store. */
	nextAppend(): Promise<void> {
		return new Promise((resolve) => {
			this.#onAppend = resolve;
		});
	}

	async load(room: string): Promise<Uint8Array[]> {
		this.loads += 1;
		await this.#held;
		return this.#inner.load(room);
	}

	async append(batch: readonly StoredUpdate[]): Promise<void> {
		const failing = this.failing;
		this.batches.push(batch);
		this.#onAppend();
		await this.#held;
		if (failing) throw new Error('disk full');
		await this.#inner.append(batch);
	}

	entryOfKey(room: string, user: string, key: string) {
		return this.#inner.entryOfKey(room, user, key);
	}
}
