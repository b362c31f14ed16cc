/**
 * Which segments of a conversation are shown, and the part of the timeline that they make. Invariants: the window has
 * no holes; a segment that is not shown is not in memory, unless it belongs to the end, where what is written now
 * arrives, or still has to leave this device.
 */
import type { HeldSegments } from './heldSegments';
import type { InfoSync } from './infoSync';
import type { TimelineFold } from '../domain/timelineFold';
import type { TimelineItem } from '../domain/timeline';
import { createMoments } from './segmentMoments';
import { parseEntryId } from '../domain/entry';
import { SEGMENT_LIMITS, type SegmentLimits } from '../domain/limits';

export interface SegmentWindowOptions {
	readonly segments: HeldSegments;
	readonly info: InfoSync;
	/** Of all entries of all segments in memory. */
	readonly fold: TimelineFold;
	readonly onMoved: () => void;
	/** The relay can be asked. */
	readonly isOnline: () => boolean;
	/** When a segment is full. */
	readonly limits?: SegmentLimits;
}

/** The milliseconds that a window shows, `to` not among them; but what its own segments say in that one if `own`. */
interface Bounds {
	readonly from: number;
	readonly to: number;
	readonly own: boolean;
}

/** Segments shown at once, unless they hold little: each join opens one where history begins there. */
const SEGMENTS_MAX = 4;
/** What is brought at once, and the end of a conversation, holds so many entries, if there are as many. */
const ENTRIES_MIN = 80;
/** Segments without a message that are read at once, and one more: the next of them may be needed too. */
const EMPTY_AT_ONCE = 8;

const NONE_COMING = { [-1]: [], 1: [] };

interface Range {
	readonly first: number;
	readonly last: number;
}

export function createSegmentWindow({
	segments,
	info,
	fold,
	onMoved,
	isOnline,
	limits = SEGMENT_LIMITS
}: SegmentWindowOptions) {
	/** Never more than a segment: more than SEGMENTS_MAX are shown until they hold twice as much. */
	const entriesMin = Math.min(ENTRIES_MIN, limits.segmentMessagesMax);
	let range: Range = { first: 0, last: 0 };
	let closed = false;
	/** The end is what is being read: the window goes on with it. */
	let atEnd = true;
	/** Segments that were asked for on each side and are on their way: they stay in memory while they are next to the window. */
	let coming: Readonly<Record<-1 | 1, readonly number[]>> = NONE_COMING;
	/** Nothing was known of the conversation when it was opened: its beginning may arrive before how far it goes. */
	let isNew = false;
	let turn = Promise.resolve();
	const moments = createMoments();
	let cut:
		(Bounds & { of: readonly TimelineItem[]; last: number; items: readonly TimelineItem[] }) | undefined;

	/** What is told of who joined may stand before the first message. */
	const startOf = (n: number): number | undefined => {
		const first = Math.min(info.spans.get(n)?.first ?? Infinity, moments(segments.get(n))?.first ?? Infinity);
		return first === Infinity ? undefined : first;
	};

	/**
	 * The milliseconds that the window shows: what overlaps from other segments is cut to them, so that it has no holes.
	 * Segments that overlap with it are loaded with it, but never more than it may have itself: it begins behind the rest,
	 * though one message claim to be as old as any.
	 */
	function bounds(): Bounds {
		let from = range.first <= segments.first ? 0 : startOf(range.first);
		// Without a message of its own it begins no earlier than the one behind it: what else is in memory is not shown.
		for (let n = range.first + 1; from === undefined && n <= range.last; n++) from = startOf(n);
		for (const n of from === undefined ? [] : meeting(from).slice(SEGMENTS_MAX))
			from = Math.max(from ?? 0, lastOf(n) + 1);
		// The next segment that is known to have a beginning: the last one is in memory, whatever lies between.
		let to: number | undefined;
		for (let n = range.last + 1; to === undefined && n <= segments.live; n++) to = startOf(n);
		return {
			from: from ?? Infinity,
			to: to ?? Infinity,
			own: to !== undefined && startOf(range.last) === to
		};
	}

	/**
	 * The millisecond in which the next segment begins is shown with that segment: what both say in it stands in the order
	 * of their counters, which only both together tell. A segment that begins in it as well says it by itself: no window is
	 * empty, though all of a history claim to be of one time.
	 */
	const isWithin =
		({ from, to, own }: Bounds) =>
		({ stamp, id }: TimelineItem): boolean =>
			stamp.ms >= from &&
			(stamp.ms < to || (own && stamp.ms === to && (parseEntryId(id)?.segment ?? 0) <= range.last));

	function items(): readonly TimelineItem[] {
		const of = fold.items;
		const within = bounds();
		const { from, to, own } = within;
		const { last } = range;
		const isKnown = cut?.of === of && cut.from === from && cut.to === to;
		if (cut && isKnown && cut.own === own && cut.last === last) return cut.items;
		const shown = from === 0 && to === Infinity ? of : of.filter(isWithin(within));
		cut = { ...within, of, last, items: shown };
		return shown;
	}

	/**
	 * All of it is here, or what is missing cannot be fetched now. The rest of one that is on its way would come between
	 * what is read and what was read before, where nobody looks for it any more.
	 */
	function isWhole(n: number): boolean {
		const segment = segments.get(n);
		if (!segment?.loaded) return false;
		const { room, empty } = segment;
		if (room.complete || room.status.at === 'synced') return true;
		const mayCome = segments.connected && isOnline() && room.status.at !== 'refused';
		return !mayCome && !empty;
	}

	const isComing = (n: number): boolean =>
		(coming[-1].includes(n) && coming[-1][0] === range.first - 1) ||
		(coming[1].includes(n) && coming[1][0] === range.last + 1);

	function entriesIn({ first, last }: Range): number {
		let count = 0;
		for (let n = first; n <= last; n++) count += segments.get(n)?.entries.length ?? 0;
		return count;
	}

	/** Without what is too much at the other end than the one that was moved to. */
	function trimmed({ first, last }: Range, by: -1 | 1): Range {
		const shorter = by < 0 ? { first, last: last - 1 } : { first: first + 1, last };
		const isLong = last - first + 1 > SEGMENTS_MAX && entriesIn(shorter) >= 2 * entriesMin;
		return isLong ? trimmed(shorter, by) : { first, last };
	}

	/** As far as it is known, nobody has written in it, and nobody will any more but late. */
	const isEmpty = (n: number): boolean =>
		info.info !== undefined && n < segments.live && info.spans.get(n) === undefined;

	/**
	 * Asks for what is next to a range, until there is enough, with what counts already. Returns the range with what of
	 * that can be shown, which is the range itself if nothing can be yet.
	 */
	async function bring(from: Range, by: -1 | 1, counted = 0): Promise<Range> {
		let reached = from;
		let count = counted;
		let next = by < 0 ? from.first : from.last;
		const goesOn = () => (by < 0 ? next > segments.first : next < segments.live);
		coming = { ...coming, [by]: [] };
		while (!closed && goesOn() && count < entriesMin) {
			const asked: number[] = [];
			do asked.push((next += by));
			while (goesOn() && isEmpty(next) && asked.length <= EMPTY_AT_ONCE);
			coming = { ...coming, [by]: [...coming[by], ...asked] };
			try {
				await Promise.all(asked.map((n) => segments.hold(n).whenLoaded));
			} finally {
				for (const n of asked) segments.letGo(n);
			}
			for (const n of asked) {
				// What of the last one is still on its way comes behind all that is read.
				if (!isWhole(n) && (by < 0 || n !== segments.live)) return reached;
				reached = by < 0 ? { ...reached, first: n } : { ...reached, last: n };
				count += segments.get(n)?.entries.length ?? 0;
			}
		}
		return reached;
	}

	/** As far as the relay has told, and as this device has it. */
	const lastOf = (n: number): number =>
		Math.max(info.spans.get(n)?.last ?? -1, moments(segments.get(n))?.last ?? -1);

	/**
	 * Lets go of every segment that is neither shown, nor belongs to the end, nor is still to leave this device: what is
	 * unread at the end is counted wherever the window is.
	 */
	async function release(): Promise<void> {
		const { from } = bounds();
		const { ends } = segments;
		const gone = segments.all.filter(({ n, leaving, loaded }) => {
			const isOlder = n >= segments.first && n < range.first;
			const overlaps = isOlder && lastOf(n) >= from;
			const isShown = n >= range.first && n <= range.last;
			// What of it has still to leave is known once it is read.
			return (
				loaded &&
				!isShown &&
				!isComing(n) &&
				!ends.includes(n) &&
				!leaving &&
				!overlaps &&
				!segments.isHeld(n)
			);
		});
		const closing = segments.close(gone);
		for (const { n } of gone) fold.forget(n);
		// Whoever waits until all is here waits for these no longer.
		if (gone.length > 0) onMoved();
		await closing;
	}

	/** Older segments with something that was written at or behind that time, the nearest first. */
	const meeting = (from: number): number[] =>
		[...info.spans]
			.flatMap(([n, { last = -1 }]) => (n >= segments.first && n < range.first && last >= from ? [n] : []))
			.sort((a, b) => b - a);

	/** Messages written late into an older segment stand among newer ones: such a segment is loaded with the window. */
	async function openOverlapping(): Promise<void> {
		await Promise.all(meeting(bounds().from).map((n) => segments.open(n).whenLoaded));
	}

	async function show({ first, last }: Range): Promise<void> {
		if (closed) return;
		const shown = Array.from({ length: last - first + 1 }, (_, i) => first + i);
		// Held until they are shown: what is not is let go of, whoever asks for that meanwhile.
		try {
			await Promise.all(shown.map((n) => segments.hold(n).whenLoaded));
			range = { first, last };
			atEnd = last >= segments.live;
			coming = NONE_COMING;
		} finally {
			for (const n of shown) segments.letGo(n);
		}
		await release();
		await openOverlapping();
		onMoved();
	}

	/** The end of the conversation: the last segment, with those before it if it has little. */
	async function end(): Promise<Range> {
		let segment = segments.open(segments.live);
		await segment.whenLoaded;
		// Read, it may turn out to be full.
		while (!closed && segment.n !== segments.live) {
			segment = segments.open(segments.live);
			await segment.whenLoaded;
		}
		const last = { first: segment.n, last: segment.n };
		return bring(last, -1, segment.entries.length);
	}

	/** One move after the other: each begins where the one before it has led. */
	function inTurn(move: () => Promise<void>): Promise<void> {
		const moved = turn.then(() => (closed ? undefined : move()));
		turn = moved.catch(() => undefined);
		return moved;
	}

	async function follow(): Promise<void> {
		const last = segments.live;
		const isTold = isNew && info.info !== undefined;
		if (isTold) isNew = false;
		// Whoever came back where history begins at joining reads no more of what was here from before.
		for (const segment of segments.past) segment.withdrawReceipts();
		if (range.first < segments.first) return show(await end());
		if (segments.past.length > 0) await release();
		if (range.last >= last) return;
		// Known late how far it goes, as on a new device: with nothing read here yet, reading begins at the end.
		if (isTold || fold.items.length === 0) return show(await end());
		await segments.open(last).whenLoaded;
		if (closed) return;
		if (!atEnd || last - range.last > 1) {
			atEnd = false;
			await Promise.all(segments.ends.map((n) => segments.open(n).whenLoaded));
			return release();
		}
		range = trimmed({ ...range, last }, 1);
		await release();
		onMoved();
	}

	async function page(by: -1 | 1): Promise<void> {
		const reached = await bring(range, by);
		if (reached !== range) await show(trimmed(reached, by));
		else await release();
	}

	async function latest(): Promise<void> {
		if (range.last < segments.live) await show(await end());
	}

	/** The segment in whose time something stands that was written into segment n. */
	function standingIn(n: number, ms: number): number {
		let at = n;
		for (let later = n + 1; later <= segments.live; later++) {
			const start = startOf(later) ?? Infinity;
			// Of those that begin in that very millisecond the first one shows it, if not the one before them does.
			if (start < ms || (start === ms && startOf(at) !== ms)) at = later;
		}
		return at;
	}

	async function around(n: number, ms: number): Promise<void> {
		const at = standingIn(n, ms);
		if (at >= range.first && at <= range.last) return;
		await show(await bring({ first: at, last: at }, -1));
	}

	return {
		/** Lets go of what is not shown. */
		release,
		get range(): Range {
			return range;
		},
		/** The timeline of the window. */
		get items(): readonly TimelineItem[] {
			return items();
		},
		/** Begins at the end of the conversation. Settles once that is loaded from this device. */
		async begin(): Promise<void> {
			range = await end();
			if (closed) return;
			isNew = info.info === undefined;
			// Opened beside the info, which may have said that the conversation goes on elsewhere; or because something of
			// them still has to leave, which is known once they are read.
			await Promise.all(segments.all.map(({ whenLoaded }) => whenLoaded));
			if (closed) return;
			await release();
			if (!closed) await openOverlapping();
		},
		/** Opens what came after the window's end, if the end is what is being read. */
		follow: () => inTurn(follow),
		/** Moves back by as much as is brought at once: what is not whole yet is asked for, and is to be asked for again. */
		earlier: () => inTurn(() => page(-1)),
		later: () => inTurn(() => page(1)),
		/** Moves to the end. */
		latest: () => inTurn(latest),
		/** Moves to where something stands that was written into segment n at that time, with the segment before it. */
		around: (n: number, ms: number) => inTurn(() => around(n, ms)),
		close(): void {
			closed = true;
		}
	};
}
