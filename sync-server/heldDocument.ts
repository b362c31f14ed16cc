/**
 * The document of a room as it comes and goes: read from the store, dropped when it holds what is not on disk, and read
 * again. Invariants: of several loads under way, the last counts; a large one is read a little at a time, in the turns of
 * those who want it, at their cost.
 */
import { RoomDocument, type RoomDocumentOptions } from './roomDocument';
import type { Failure } from './roomBatch';
import type { RoomStore } from './roomStore';
import type { StoreHealth } from './storeHealth';
import type { UserId } from '../src/lib/domain/ids';

export interface HeldDocumentOptions extends RoomDocumentOptions {
	readonly store: RoomStore;
	readonly health: StoreHealth;
	/** It is read, from so many updates. It serves once what this returns has settled. */
	/** The next piece is to be read, behind one that took so long for these users: settles when it is its turn. */
	readonly nextPiece: (ms: number, wanted: Wanted) => Promise<void>;
	readonly elapsedMs: () => number;
	readonly onRead: (document: RoomDocument, updates: number) => Promise<void> | undefined;
	readonly onReady: (document: RoomDocument) => void;
	readonly onUnreadable: () => void;
}

/** Who wants a document while it is read. */
export interface Wanted {
	readonly by: Set<UserId>;
	/** The server does too: it waits for nobody's turn. */
	byServer: boolean;
	/** Somebody wants it beside those who did. */
	onMore: () => void;
}

/** Bytes that are read at once. */
const READ_AT_ONCE_BYTES = 256_000;

export class HeldDocument {
	readonly #options: HeldDocumentOptions;
	#current: RoomDocument | undefined;
	#loads = 0;
	#ended = false;
	readonly #wanted: Wanted = { by: new Set(), byServer: false, onMore: () => {} };
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
		if (!this.#current) {
			this.#wanted.byServer = true;
			this.#wanted.onMore();
		}
		while (!this.#current) {
			const failure = await this.#loading;
			if (failure || this.#ended)
				throw new Error(`room ${this.#options.room} cannot be read`, { cause: failure?.error });
		}
		return action(this.#current);
	}

	/** The user waits for it, or is why it is to be read again. */
	want(user: UserId): void {
		this.#wanted.by.add(user);
		this.#wanted.onMore();
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
		const { health, room, onRead, onReady, onUnreadable } = this.#options;
		const load = ++this.#loads;
		let document: RoomDocument;
		try {
			await after;
			const read = await this.#read(() => load === this.#loads);
			// A commit that failed meanwhile has begun a later load: that one counts.
			if (!read) return undefined;
			document = read.document;
			await onRead(document, read.updates);
			if (load !== this.#loads) return undefined;
		} catch (error) {
			// What another load has in its place says nothing of that one.
			if (load !== this.#loads) return undefined;
			health.roomFailed(room, 'read', error);
			this.end();
			onUnreadable();
			return { error };
		}
		health.roomRead(room);
		this.#wanted.by.clear();
		this.#wanted.byServer = false;
		this.#current = document;
		onReady(document);
		return undefined;
	}

	/** Undefined if it is needed no more. What is rewritten meanwhile says the same a second time. */
	async #read(isNeeded: () => boolean): Promise<{ document: RoomDocument; updates: number } | undefined> {
		const { store, room, nextPiece, elapsedMs } = this.#options;
		const document = new RoomDocument([], this.#options);
		let [updates, behind] = [0, 0];
		for (;;) {
			const startedMs = elapsedMs();
			const placed = await store.read(room, behind, READ_AT_ONCE_BYTES);
			if (!isNeeded()) return undefined;
			document.read(placed.map(({ bytes }) => bytes));
			updates += placed.length;
			behind = placed.at(-1)?.position ?? behind;
			const bytes = placed.reduce((sum, one) => sum + one.bytes.length, 0);
			if (bytes < READ_AT_ONCE_BYTES) return { document, updates };
			await nextPiece(elapsedMs() - startedMs, this.#wanted);
			if (!isNeeded()) return undefined;
		}
	}
}
