import { memoryRoomStore } from './memoryRoomStore';
import type { ConversationId } from '../src/lib/domain/ids';
import type { Placed, Replacement, RoomStore, RoomThrough, StoredRoom, StoredUpdate } from './roomStore';

/** A store whose commits and loads the test holds, lets go and breaks. */
export class ControlledStore implements RoomStore {
	readonly #inner = memoryRoomStore();
	readonly batches: (readonly StoredUpdate[])[] = [];
	readonly replaced: (readonly Replacement[])[] = [];
	loads = 0;
	scrubs = 0;
	failing = false;
	#held: Promise<void> | undefined;
	#release = () => {};
	#onAppend = () => {};
	#onReplace = () => {};

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

	load(room: string): Promise<StoredRoom> {
		return this.#inner.load(room);
	}

	async read(room: string, behind: number, bytesMax: number): Promise<readonly Placed[]> {
		if (behind === 0) this.loads += 1;
		await this.#held;
		return this.#inner.read(room, behind, bytesMax);
	}

	async append(batch: readonly StoredUpdate[]): Promise<number> {
		const failing = this.failing;
		this.batches.push(batch);
		this.#onAppend();
		await this.#held;
		if (failing) throw new Error('disk full');
		return this.#inner.append(batch);
	}

	async probe(): Promise<void> {
		await this.#held;
		if (this.failing) throw new Error('disk full');
	}

	ahead(conversation: ConversationId) {
		return this.#inner.ahead(conversation);
	}

	entryOfKey(room: string, user: string, key: string) {
		return this.#inner.entryOfKey(room, user, key);
	}

	async replace(replacements: readonly Replacement[], clean?: readonly RoomThrough[]): Promise<void> {
		this.replaced.push(replacements);
		await this.#inner.replace(replacements, clean);
		this.#onReplace();
	}

	/** Settles when something has been replaced from now on. */
	nextReplace(): Promise<void> {
		return new Promise((resolve) => {
			this.#onReplace = resolve;
		});
	}

	async scrub(): Promise<boolean> {
		this.scrubs += 1;
		return this.#inner.scrub();
	}

	asides(room: string) {
		return this.#inner.asides(room);
	}

	erased() {
		return this.#inner.erased();
	}

	writtenBy(user: string) {
		return this.#inner.writtenBy(user);
	}

	shareOf(user: string) {
		return this.#inner.shareOf(user);
	}

	position(room: string) {
		return this.#inner.position(room);
	}

	changedSince(...given: Parameters<RoomStore['changedSince']>) {
		return this.#inner.changedSince(...given);
	}
}
