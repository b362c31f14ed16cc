/**
 * What becomes of own entries that the relay refuses. A stamp that is ahead of all clocks (4409): they are written again
 * under the right time. A log that is another's there (4411): they are written again in one of their own. Put out of the
 * conversation (4410): their texts are kept for the person, but for what the relay says it has taken, and erased. Any other
 * refusal for good, of the segment or of the whole conversation: the same of all that is not acked. Invariant: a segment
 * does not connect while it is salvaged, nor before what an interrupted salvage left is finished, so what was given up is
 * never posted.
 */
import { CLOSE, isPermanentClose } from '../protocol/closeCodes';
import { formatEntryId } from '../domain/entry';
import type { Clock } from '../domain/clock';
import type { GiveUpOptions } from './giveUp';
import type { RoomStatus } from './roomSync';
import type { SalvageOptions } from './salvage';
import type { SalvageReason } from './salvagedTexts';
import type { SegmentSync } from './segmentSync';

export interface ConversationSalvageOptions
	extends Omit<GiveUpOptions, 'reason'>, Pick<SalvageOptions, 'onRenamed'> {
	readonly clock: Clock;
	readonly segments: () => Iterable<SegmentSync>;
	/** The relay can be asked. */
	readonly isOnline: () => boolean;
	/** The first segment that the user may read: what they wrote before was written before they were let in again. */
	readonly first: () => number;
	/** A text could not be copied to disk; it stays where it was. */
	readonly onProblem: (error: unknown) => void;
}

export function openConversationSalvage(options: ConversationSalvageOptions) {
	const { conversation, self, clock, tabs, salvaged, onRenamed } = options;
	const running = new Set<number>();
	const waiting = new Set<number>();
	/** Refusals whose last word was heeded. */
	const settled = new WeakSet<RoomStatus>();
	/** What each was last told so. */
	const told = new WeakMap<SegmentSync, string>();
	/** Let in again with nothing left from before: what is written on while there is a connection is written knowingly. */
	const fresh = new WeakSet<SegmentSync>();
	/** Refused without a last word, and asked for one: some of what is not acked may have been taken. */
	const asked = new WeakSet<SegmentSync>();
	/** Why the conversation will not be made, if it will not. */
	let notMade: SalvageReason | undefined;

	/** Why what was not sent to this segment never can be; undefined if it can. */
	function lost({ n, room }: SegmentSync): SalvageReason | undefined {
		if (notMade) return notMade;
		const { status } = room;
		if (status.at !== 'refused') return undefined;
		if (n < options.first()) return 'removed';
		if (!isLost(status.code)) return undefined;
		if (status.code === CLOSE.storeFull) return 'noSpace';
		return status.code === CLOSE.forbidden ? 'removed' : 'refused';
	}

	/** One at a time for each segment: a refused room goes on to change while it is salvaged. */
	async function run(segment: SegmentSync, task: () => Promise<boolean>): Promise<void> {
		const { n } = segment;
		if (running.has(n)) return;
		running.add(n);
		let goesOn: boolean;
		try {
			goesOn = await task();
		} catch (error) {
			// Nothing was erased that is not copied. The next refusal, or the next connection, tries again.
			options.onProblem(error);
			waiting.delete(n);
			return;
		} finally {
			running.delete(n);
		}
		// Where something was erased the rest may be taken now; a conversation that is gone is refused again, and left.
		if (waiting.delete(n) || (goesOn && !notMade)) connect(segment);
		else if (goesOn) follow(segment);
	}

	/** Call with each change of a segment. */
	function follow(segment: SegmentSync): void {
		const { status } = segment.room;
		if (!options.isOnline()) fresh.delete(segment);
		if (status.at === 'refused' && (status.code === CLOSE.clock || status.code === CLOSE.logTaken)) {
			const relayMs = status.code === CLOSE.clock ? Number(status.reason) : undefined;
			void run(segment, async () => {
				const { salvageSegments } = await import('./salvage');
				return salvageSegments(segment, options.segments(), { self, clock, relayMs, tabs, onRenamed });
			});
			return;
		}
		if (status.at === 'refused' && status.code === CLOSE.putOut) {
			if (settled.has(status) && segment.unsent.length === 0) return;
			const isFresh = fresh.delete(segment);
			void run(segment, async () => {
				const { settlePutOut } = await import('./putOut');
				const isNews = told.get(segment) !== status.reason;
				told.set(segment, status.reason);
				const goesOn = await settlePutOut(segment, status.reason, { ...options, isFresh, isNews });
				settled.add(status);
				return goesOn;
			});
			return;
		}
		const reason = lost(segment);
		if (segment.unsent.length === 0) asked.delete(segment);
		else if (status.at === 'refused' && status.code === CLOSE.forbidden && !asked.has(segment)) {
			asked.add(segment);
			return connect(segment);
		}
		if (reason && (segment.unsent.length > 0 || (reason !== 'removed' && segment.holdsReceipts)))
			void run(segment, () => giveUp(segment, reason));
	}

	/** Little is ever refused, so what is done about it is loaded then. */
	const giveUp = async (segment: SegmentSync, reason: SalvageReason): Promise<boolean> =>
		(await import('./giveUp')).giveUpSegment(segment, { ...options, reason });

	/** A change of a deleted message says nothing of what else was written. */
	const givenUp = () => salvaged.of(conversation).filter(({ reason }) => reason !== 'deleted');

	/** Segments of which nothing is left from an interrupted salvage. */
	const finished = new Set<number>();

	/** A page that ended between copy and erasing has left both: the rest is done now. */
	async function finish(segment: SegmentSync): Promise<boolean> {
		await segment.whenLoaded;
		const unsent = new Set(segment.unsent.map(formatEntryId));
		const copied = givenUp().filter(({ source }) => unsent.has(source));
		const reason = copied.at(-1)?.reason;
		if (reason) await giveUp(segment, reason);
		finished.add(segment.n);
		return false;
	}

	/** Brings the segment to the relay, once nothing of it is being salvaged. */
	function connect(segment: SegmentSync): void {
		if (settled.has(segment.room.status) && segment.isClear) fresh.add(segment);
		const isClear = finished.has(segment.n) || givenUp().length === 0;
		if (isClear && !running.has(segment.n)) return segment.room.connect();
		waiting.add(segment.n);
		void run(segment, () => finish(segment));
	}

	const followAll = (): void => {
		for (const segment of options.segments()) follow(segment);
	};

	return {
		follow,
		followAll,
		connect,
		/** It is asked to make it again, or has made it. */
		goOn(): void {
			notMade = undefined;
		},
		/** The conversation will not be made, by the server's word or the person's: nothing in it can ever leave. */
		giveUp(reason: 'notMade' | 'discarded' = 'notMade'): void {
			notMade = reason;
			followAll();
		}
	};
}

/** Nothing that waits for a login, for the right time or for the segment before is lost. */
const isLost = (code: number): boolean =>
	isPermanentClose(code) && code !== CLOSE.logIn && code !== CLOSE.clock && code !== CLOSE.noSuchRoom;
