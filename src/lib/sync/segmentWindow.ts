/**
 * Which segments of a conversation are shown, and the part of the timeline that they make. Invariants: the window has
 * no holes; a segment that is not shown is not in memory, unless it is the last one, where what is written now arrives,
 * or still has to leave this device.
 */
import type { HeldSegments } from './heldSegments';
import type { InfoSync } from './infoSync';
import type { SegmentSync } from './segmentSync';
import type { TimelineFold } from '../domain/timelineFold';
import type { TimelineItem } from '../domain/timeline';
import { KIND, parseEntryId } from '../domain/entry';

export interface SegmentWindowOptions {
	readonly segments: HeldSegments;
	readonly info: InfoSync;
	/** Of all entries of all segments in memory. */
	readonly fold: TimelineFold;
	readonly onMoved: () => void;
	/** The relay can be asked. */
	readonly isOnline: () => boolean;
}

/** The milliseconds that a window shows, `to` not among them; but what its own segments say in that one if `own`. */
interface Bounds {
	readonly from: number;
	readonly to: number;
	readonly own: boolean;
}

/** Segments shown at once. */
const SEGMENTS_MAX = 4;
/** A last segment with fewer entries than this is shown together with the one before it. */
const ENTRIES_MIN = 80;

export function createSegmentWindow({ segments, info, fold, onMoved, isOnline }: SegmentWindowOptions) {
	let range = { first: 0, last: 0 };
	let closed = false;
	/** A segment that was asked for and is on its way: it stays in memory while it is next to the window. */
	let coming: number | undefined;
	/** Nothing was known of the conversation when it was opened: its beginning may arrive before how far it goes. */
	let isNew = false;
	let turn = Promise.resolve();
	let cut:
		(Bounds & { of: readonly TimelineItem[]; last: number; items: readonly TimelineItem[] }) | undefined;

	const startOf = (n: number): number | undefined =>
		info.spans.get(n)?.first ?? momentsOf(segments.get(n))?.first;

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

	const isComing = (n: number): boolean => n === coming && (n === range.first - 1 || n === range.last + 1);

	/** Asks for a segment next to what is shown, or is about to be. True once it can be shown. */
	async function bring(n: number): Promise<boolean> {
		coming = n;
		try {
			await segments.hold(n).whenLoaded;
			return isWhole(n);
		} finally {
			segments.letGo(n);
		}
	}

	/** As far as the relay has told, and as this device has it. */
	const lastOf = (n: number): number =>
		Math.max(info.spans.get(n)?.last ?? -1, momentsOf(segments.get(n))?.last ?? -1);

	/** Lets go of every segment that is neither shown, nor the last one, nor still to leave this device. */
	async function release(): Promise<void> {
		const { from } = bounds();
		const gone = segments.all.filter(({ n, leaving, loaded }) => {
			const isOlder = n >= segments.first && n < range.first;
			const overlaps = isOlder && lastOf(n) >= from;
			const isShown = n >= range.first && n <= range.last;
			// What of it has still to leave is known once it is read.
			return (
				loaded &&
				!isShown &&
				!isComing(n) &&
				n !== segments.live &&
				!leaving &&
				!overlaps &&
				!segments.isHeld(n)
			);
		});
		const closing = segments.close(gone);
		for (const { n } of gone) fold.forget(n);
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

	async function show({ first, last }: { first: number; last: number }): Promise<void> {
		const shown = Array.from({ length: last - first + 1 }, (_, i) => first + i);
		// Held until they are shown: what is not is let go of, whoever asks for that meanwhile.
		try {
			await Promise.all(shown.map((n) => segments.hold(n).whenLoaded));
			range = { first, last };
			coming = undefined;
		} finally {
			for (const n of shown) segments.letGo(n);
		}
		await release();
		await openOverlapping();
		onMoved();
	}

	/** The end of the conversation: the last segment, with the one before it if it has little. */
	async function end(): Promise<{ first: number; last: number }> {
		let segment = segments.open(segments.live);
		await segment.whenLoaded;
		// Read, it may turn out to be full.
		while (!closed && segment.n !== segments.live) {
			segment = segments.open(segments.live);
			await segment.whenLoaded;
		}
		const last = segment.n;
		const isShort = last > segments.first && segment.entries.length < ENTRIES_MIN;
		return { first: isShort && !closed && (await bring(last - 1)) ? last - 1 : last, last };
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
		if (range.last >= last) return;
		// Known late how far it goes, as on a new device: with nothing read here yet, reading begins at the end.
		if (isTold || fold.items.length === 0) return show(await end());
		await segments.open(last).whenLoaded;
		if (last - range.last > 1) return release();
		range = { ...range, last };
		while (range.last - range.first >= SEGMENTS_MAX) range = { ...range, first: range.first + 1 };
		await release();
		onMoved();
	}

	async function earlier(): Promise<void> {
		if (range.first <= segments.first) return;
		const first = range.first - 1;
		if (await bring(first)) await show({ first, last: Math.min(range.last, first + SEGMENTS_MAX - 1) });
		else await release();
	}

	async function later(): Promise<void> {
		if (range.last >= segments.live) return;
		const last = range.last + 1;
		// What of the last one is still on its way comes behind all that is read.
		if ((await bring(last)) || last === segments.live)
			await show({ first: Math.max(range.first, last - SEGMENTS_MAX + 1), last });
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
		const before = Math.max(segments.first, at - 1);
		await show({ first: (await bring(before)) ? before : at, last: at });
	}

	return {
		/** Lets go of what is not shown. */
		release,
		get range(): { readonly first: number; readonly last: number } {
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
		/** Moves a segment back, if that is whole: if not it is asked for, and is to be asked for again. */
		earlier: () => inTurn(earlier),
		later: () => inTurn(later),
		/** Moves to the end. */
		latest: () => inTurn(latest),
		/** Moves to where something stands that was written into segment n at that time, with the segment before it. */
		around: (n: number, ms: number) => inTurn(() => around(n, ms)),
		close(): void {
			closed = true;
		}
	};
}

/** When the first and the last of its messages were written; undefined if it has none. */
function momentsOf(segment: SegmentSync | undefined): { first: number; last: number } | undefined {
	let moments: { first: number; last: number } | undefined;
	for (const { kind, body, stamp } of segment?.entries ?? []) {
		if (!body || kind !== KIND.message) continue;
		const { first, last } = moments ?? { first: stamp.ms, last: stamp.ms };
		moments = { first: Math.min(first, stamp.ms), last: Math.max(last, stamp.ms) };
	}
	return moments;
}
