/**
 * The document of a room as it comes and goes: read from the store, dropped when it holds what is not on disk, and read
 * again. Invariant: of several loads under way, the last counts.
 */
import { RoomDocument, type RoomDocumentOptions } from './roomDocument';
import type { Failure } from './roomBatch';
import type { RoomStore } from './roomStore';
import type { StoreHealth } from './storeHealth';

export interface HeldDocumentOptions extends RoomDocumentOptions {
	readonly store: RoomStore;
	readonly health: StoreHealth;
	/** It is read, from so many updates. It serves once what this returns has settled. */
	readonly onRead: (document: RoomDocument, updates: number) => Promise<void> | undefined;
	readonly onReady: (document: RoomDocument) => void;
	readonly onUnreadable: () => void;
}

export class HeldDocument {
	readonly #options: HeldDocumentOptions;
	#current: RoomDocument | undefined;
	#loads = 0;
	#ended = false;
	/** Settles with the loading; gives what went wrong. */
	#loading: Promise<Failure | undefined>;

	constructor(options: HeldDocumentOptions) {
		this.#options = options;
		this.#loading = this.#load();
	}

	/** Undefined while it is being read. */
	get current(): RoomDocument | undefined {
		return this.#current;
	}

	/**
	 * Hands it over once it is there, in that very turn: in the next one it may have been dropped. Rejects if it cannot be
	 * read.
	 */
	async use<T>(action: (document: RoomDocument) => T): Promise<T> {
		while (!this.#current) {
			const failure = await this.#loading;
			if (failure || this.#ended)
				throw new Error(`room ${this.#options.room} cannot be read`, { cause: failure?.error });
		}
		return action(this.#current);
	}

	/** Reads it again from the store, once `after` has settled. */
	reload(after?: Promise<unknown>): void {
		this.#drop();
		this.#loading = this.#load(after);
	}

	/** Lets it go for good. */
	end(): void {
		this.#ended = true;
		this.#drop();
	}

	#drop(): void {
		this.#current = undefined;
	}

	async #load(after?: Promise<unknown>): Promise<Failure | undefined> {
		const { store, health, room, onRead, onReady, onUnreadable } = this.#options;
		const load = ++this.#loads;
		let document: RoomDocument;
		try {
			await after;
			const { updates } = await store.load(room);
			document = new RoomDocument(updates, this.#options);
			// A commit that failed meanwhile has begun a later load: that one counts.
			if (load !== this.#loads) return undefined;
			await onRead(document, updates.length);
			if (load !== this.#loads) return undefined;
		} catch (error) {
			health.roomFailed(room, 'read', error);
			this.end();
			onUnreadable();
			return { error };
		}
		health.roomRead(room);
		this.#current = document;
		onReady(document);
		return undefined;
	}
}
