/** What a room leaves to be done: rewriting it on disk, and telling the host how its segment stands. */
import { isFull, isNews, mayBeFollowed, type SegmentState } from './segments';
import { parseRoom } from '../src/lib/protocol/rooms';
import { PIECE_STORED_BYTES } from './roomRewriting';
import type { Compactor } from './compactor';
import type { RoomBatch } from './roomBatch';
import type { RoomDocument } from './roomDocument';
import type { UserId } from '../src/lib/domain/ids';
import type { SegmentLimits } from '../src/lib/domain/limits';

/** Who hears of what happens in a room. */
export interface RoomWatcher {
	/** The room was read from so many updates. */
	onRead(document: RoomDocument, updates: number): void;
	onCommitted(document: RoomDocument | undefined, batch: RoomBatch): void;
	/** What a commit that failed would have stored is, or may be, on disk all the same. */
	onFound(erases: boolean): void;
	/** The room cannot be read from the store: its channels are closed, and it is of no further use. */
	onUnreadable(): void;
	/** Nobody is in it any more: neither a channel nor the server itself. */
	onRest(): void;
}

export interface UpkeepLimits extends SegmentLimits {
	/** Updates after which a room is rewritten as one. */
	readonly updatesMax: number;
}

export interface RoomUpkeepOptions {
	readonly compactor: Compactor;
	readonly limits: UpkeepLimits;
	readonly onSegment: (state: SegmentState) => void;
	readonly onWritten: (room: string) => void;
	/** Hears of what is on disk though its commit failed. */
	readonly onFound: (room: string) => void;
}

export class RoomUpkeep {
	readonly #room: string;
	readonly #options: RoomUpkeepOptions;
	/** On disk since the room was last rewritten. */
	#updates = 0;
	#told: SegmentState | undefined;

	constructor(room: string, options: RoomUpkeepOptions) {
		this.#room = room;
		this.#options = options;
	}

	/** The room was read from so many updates. */
	read(document: RoomDocument, updates: number): void {
		this.#updates = 0;
		// So many a large room has when it was rewritten.
		const least = Math.ceil((2 * document.bytes) / PIECE_STORED_BYTES);
		if (document.isPoisoned) this.#options.compactor.crowded(this.#room, []);
		else this.#count(Math.max(0, updates - least), []);
		this.#tell(document);
	}

	committed(document: RoomDocument | undefined, batch: RoomBatch): void {
		const { stored, erased } = batch;
		this.#count(stored.length, batch.users());
		if (erased !== 'nothing') {
			const { compactor } = this.#options;
			const erasing = { room: this.#room, by: batch.users('erase'), bytes: document?.bytes ?? 0 };
			if (erased === 'bodies' || this.#isOfServer) compactor.erased(erasing);
			else compactor.superseded(erasing);
		}
		if (document) this.#tell(document);
		this.#options.onWritten(this.#room);
	}

	found(erases: boolean): void {
		if (erases) this.#options.compactor.erased({ room: this.#room, by: [], bytes: 0 });
		this.#options.onFound(this.#room);
		this.#options.onWritten(this.#room);
	}

	/**
	 * The server alone writes in it. It takes back what it says seldom, and then it may be the names of who has deleted
	 * their account.
	 */
	get #isOfServer(): boolean {
		const type = parseRoom(this.#room)?.type;
		return type === 'info' || type === 'directory';
	}

	#count(updates: number, by: Iterable<UserId>): void {
		this.#updates += updates;
		if (this.#updates <= this.#options.limits.updatesMax) return;
		this.#updates = 0;
		this.#options.compactor.crowded(this.#room, by);
	}

	#tell(document: RoomDocument): void {
		const state = segmentState(this.#room, document, this.#options.limits);
		if (!state || state.entries === 0 || !isNews(state, this.#told)) return;
		this.#told = state;
		this.#options.onSegment(state);
	}
}

/** How the segment stands; undefined if the room is no segment. */
export function segmentState(
	name: string,
	{ tally }: RoomDocument,
	limits: SegmentLimits
): SegmentState | undefined {
	const room = parseRoom(name);
	if (room?.type !== 'segment') return undefined;
	const { messages, standing: entries, firstMs, lastMs } = tally;
	const { conversation, segment } = room;
	const fullness = { isFull: isFull(tally, limits), mayBeFollowed: mayBeFollowed(tally, limits) };
	return { conversation, segment, messages, entries, firstMs, lastMs, ...fullness };
}
