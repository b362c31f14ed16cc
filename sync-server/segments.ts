/**
 * Segments at the relay: when one is full, and when the next may begin. Invariant: a segment that may be followed stays
 * so, whatever is erased, since devices that were apart have gone on to the next one by what they saw.
 */
import type { ConversationId } from '../src/lib/domain/ids';
import type { RoomTally } from './roomTally';
import type { SegmentLimits } from '../src/lib/domain/limits';

/** What the host hears of a segment. Times are of messages, in milliseconds; undefined while there is none. */
export interface SegmentState {
	readonly conversation: ConversationId;
	readonly segment: number;
	readonly messages: number;
	/** Entries that stand: superseded ones, which are erased whole, take no room. */
	readonly entries: number;
	readonly firstMs: number | undefined;
	readonly lastMs: number | undefined;
	/** New messages go to the next one. */
	readonly isFull: boolean;
	/** Devices may have gone on to the next one. */
	readonly mayBeFollowed: boolean;
}

/** One that the server has sealed is full, whatever it holds: a group's history may begin anew with who joins. */
export const isFull = (tally: RoomTally, limits: SegmentLimits): boolean =>
	tally.isSealed || tally.messages >= limits.segmentMessagesMax || tally.standing >= limits.segmentEntriesMax;

/** Also what was superseded since counts: a device that found the segment full did not count less. */
export const mayBeFollowed = (tally: RoomTally, limits: SegmentLimits): boolean =>
	isFull(tally, limits) || tally.entries >= limits.segmentEntriesMax;

/** True if the host must hear of it: the live segment's last time and counts are nobody's affair. */
export function isNews(state: SegmentState, told: SegmentState | undefined): boolean {
	if (!told || state.firstMs !== told.firstMs || state.isFull !== told.isFull) return true;
	return state.mayBeFollowed && state.lastMs !== told.lastMs;
}

/** The segment before another, held in memory. */
export interface PreviousSegment {
	/** Settles once it is read. Rejects if it cannot be. */
	ready(): Promise<void>;
	/** False while that is not known. */
	readonly mayBeFollowed: boolean;
	letGo(): void;
}

export interface SegmentGateOptions {
	readonly holdPrevious: () => PreviousSegment;
	/** Devices may have gone on to it before an older copy of the store was put back. Rejects if that cannot be read. */
	readonly isAhead: () => Promise<boolean>;
}

/**
 * Says whether the first entry of an empty segment may be written. Keeps the one before it at hand, since its word is
 * needed; but where a store was put back, that one may lack what only somebody who is away has.
 */
export class SegmentGate {
	readonly #options: SegmentGateOptions;
	#previous: PreviousSegment | undefined;
	#isAhead = false;

	constructor(options: SegmentGateOptions) {
		this.#options = options;
	}

	/** Settles once it is known. Rejects if the segment before cannot be read. */
	async prepare(): Promise<void> {
		this.#previous ??= this.#options.holdPrevious();
		const [isAhead] = await Promise.all([this.#options.isAhead(), this.#previous.ready()]);
		this.#isAhead = isAhead;
	}

	get mayBegin(): boolean {
		return this.#isAhead || (this.#previous?.mayBeFollowed ?? false);
	}

	/** The segment has begun, or left memory. */
	end(): void {
		this.#previous?.letGo();
		this.#previous = undefined;
	}
}
