/**
 * One conversation on this device: its info, a window of its segments, and the timeline folded from them. Everything
 * is read from local documents. Invariants: what is not shown is not in memory, unless it still has to leave this
 * device; the window has no holes; a segment is written to whether it is shown or not.
 */
import { createEmitter } from './emitter';
import { createTimelineFold } from '../domain/timelineFold';
import { openInfoSync } from './infoSync';
import { openSegmentSync, type SegmentSync } from './segmentSync';
import { infoRoom, segmentRoom } from '../protocol/rooms';
import { eraseEntries } from '../conversation/erase';
import { lateErasures } from '../domain/erasures';
import { openMessageActions } from './messageActions';
import { openConversationSalvage, type ConversationSalvageOptions } from './conversationSalvage';
import { CLOSE } from '../protocol/closeCodes';
import type { Clock } from '../domain/clock';
import type { ConversationId, UserId } from '../domain/ids';
import { KIND, parseEntryId, type Entry, type EntryId } from '../domain/entry';
import type { Info } from '../domain/info';
import type { LocalStore, Tabs } from './ports';
import type { Receipts } from '../domain/receipts';
import type { Seals } from '../domain/seals';
import type { SegmentLimits } from '../domain/limits';
import type { RoomSync } from './roomSync';
import type { Quote } from '../domain/quote';
import type { TimelineItem, TimelineMessage } from '../domain/timeline';

export interface ConversationOptions {
	readonly id: ConversationId;
	readonly self: UserId;
	readonly clock: Clock;
	readonly local: LocalStore;
	readonly tabs: Tabs;
	readonly openRoom: (room: string) => RoomSync;
	/** The last segment that this device has known of; undefined if it knows of none. */
	readonly liveHint?: number;
	/** Segments with entries that only this device has. */
	readonly unsentSegments?: readonly number[];
	/** Where texts are kept that can never leave, and what is said with them. */
	readonly salvage: Pick<ConversationSalvageOptions, 'salvaged' | 'describe' | 'onProblem'>;
	/** When a segment is full, if not as everywhere. */
	readonly segmentLimits?: SegmentLimits;
}

export type ConversationSync = ReturnType<typeof openConversationSync>;

/** Segments shown at once. */
const WINDOW_SEGMENTS_MAX = 4;
/** A last segment with fewer messages than this is shown together with the one before it. */
const WINDOW_ITEMS_MIN = 80;

export function openConversationSync(options: ConversationOptions) {
	const { id, self, clock } = options;
	const changed = createEmitter();
	const infoSync = openInfoSync(options.openRoom(infoRoom(id)));
	const segments = new Map<number, SegmentSync>();
	const fold = createTimelineFold();
	let window = { first: 0, last: 0 };
	let loaded = false;
	let connected = false;
	let closed = false;
	let clipped:
		{ of: readonly TimelineItem[]; from: number; to: number; items: readonly TimelineItem[] } | undefined;

	const salvage = openConversationSalvage({
		...options.salvage,
		conversation: id,
		self,
		clock,
		local: options.local,
		tabs: options.tabs,
		infoStatus: () => infoSync.room.status,
		segments: () => segments.values()
	});

	infoSync.onChange(() => {
		if (loaded) void followLive();
		salvage.followAll();
		changed.emit();
	});

	/** The segment that new messages go to. */
	function live(): number {
		let n = Math.max(
			options.liveHint ?? 0,
			infoSync.info?.live ?? 0,
			...[...segments.values()].filter(({ empty }) => !empty).map((each) => each.n)
		);
		while (segments.get(n)?.full) n += 1;
		return n;
	}

	function open(n: number): SegmentSync {
		const known = segments.get(n);
		if (known) return known;
		const segment = openSegmentSync({
			n,
			self,
			room: options.openRoom(segmentRoom(id, n)),
			limits: options.segmentLimits
		});
		segments.set(n, segment);
		segment.onEntries((entries) => {
			take(entries);
			if (loaded && n > window.last) void followLive();
			eraseLate(segment, entries);
		});
		segment.onChange(() => {
			salvage.follow(segment);
			if (segment.room.status.at === 'synced') connectBeyond(n);
			changed.emit();
		});
		segment.room.onRelayVector((vector) => void actions.settleCancelled(n, vector));
		if (connected) salvage.connect(segment);
		return segment;
	}

	function take(entries: readonly Entry[]): void {
		// An erased entry may claim any time: the relay lets it pass, so it moves no clock.
		for (const entry of entries) if (entry.body) clock.observe(entry.stamp);
		fold.apply(entries);
	}

	/** The relay opens a segment once the one before it holds something there: a device that was away brings them in turn. */
	function connectBeyond(n: number): void {
		const next = segments.get(n + 1)?.room;
		if (next?.status.at === 'refused' && next.status.code === CLOSE.noSuchRoom) next.connect();
	}

	/** What another device of the user's deleted is erased here too, however late it arrives. */
	function eraseLate(segment: SegmentSync, entries: readonly Entry[]): void {
		if (
			!entries.some(({ author, kind }) => kind === KIND.redaction || (author === self && kind === KIND.edit))
		)
			return;
		const late = lateErasures(segment.entries, self);
		// Behind the transaction that told of it: Yjs hands its own listeners no document to write in.
		if (late.length > 0) queueMicrotask(() => eraseEntries(segment.doc, self, late));
	}

	// Beside the info, not behind it: this is nearly always the one that is shown.
	if (options.liveHint !== undefined) open(options.liveHint);
	const whenLoaded = infoSync.whenLoaded.then(async () => {
		for (const n of options.unsentSegments ?? []) open(n);
		const last = live();
		await open(last).whenLoaded;
		window = { first: last, last };
		if (last > 0 && fold.items.length < WINDOW_ITEMS_MIN) await extendBack();
		if (options.liveHint !== undefined && options.liveHint < window.first) await release();
		loaded = true;
		await openOverlapping();
		changed.emit();
	});

	/** Opens what came after the window's end, if the end is what is being read. */
	async function followLive(): Promise<void> {
		const last = live();
		if (closed || window.last >= last) return;
		// Known late how far it goes, as on a new device: with nothing to read here yet, reading begins at the end.
		if (fold.items.length === 0) return show(last, last);
		if (last - window.last > 1) return;
		await open(last).whenLoaded;
		window = { ...window, last };
		while (window.last - window.first >= WINDOW_SEGMENTS_MAX) window = { ...window, first: window.first + 1 };
		await release();
		changed.emit();
	}

	async function extendBack(): Promise<void> {
		const n = window.first - 1;
		await open(n).whenLoaded;
		window = { ...window, first: n };
	}

	/** Messages written late into an older segment stand among newer ones: such a segment is loaded with the window. */
	async function openOverlapping(): Promise<void> {
		const { from } = bounds();
		const meeting = [...infoSync.spans].filter(
			([n, { last }]) => n < window.first && last !== undefined && last >= from
		);
		await Promise.all(meeting.map(([n]) => open(n).whenLoaded));
	}

	/** The milliseconds that the window shows: what overlaps from other segments is cut to them, so that it has no holes. */
	function bounds(): { from: number; to: number } {
		const startOf = (n: number) => infoSync.spans.get(n)?.first ?? firstMessageMs(segments.get(n));
		const from = window.first === 0 ? 0 : (startOf(window.first) ?? 0);
		const to = window.last >= live() ? Infinity : (startOf(window.last + 1) ?? Infinity);
		return { from, to };
	}

	function items(): readonly TimelineItem[] {
		const all = fold.items;
		const { from, to } = bounds();
		if (clipped?.of === all && clipped.from === from && clipped.to === to) return clipped.items;
		const shown =
			from === 0 && to === Infinity ? all : all.filter(({ stamp }) => stamp.ms >= from && stamp.ms < to);
		clipped = { of: all, from, to, items: shown };
		return shown;
	}

	/** Lets go of every segment that is neither shown nor still to leave this device. */
	async function release(): Promise<void> {
		const { from } = bounds();
		const gone = [...segments.values()].filter(({ n, unsent }) => {
			const overlaps = (infoSync.spans.get(n)?.last ?? -1) >= from && n < window.first;
			return (n < window.first || n > window.last) && unsent.length === 0 && !overlaps;
		});
		if (gone.length === 0) return;
		for (const { n } of gone) segments.delete(n);
		for (const { n } of gone) fold.forget(n);
		await Promise.all(gone.map((segment) => segment.close()));
	}

	async function show(first: number, last: number): Promise<void> {
		await Promise.all(Array.from({ length: last - first + 1 }, (_, i) => open(first + i).whenLoaded));
		window = { first, last };
		await release();
		await openOverlapping();
		changed.emit();
	}

	const actions = openMessageActions({
		id,
		self,
		live,
		open,
		segments,
		local: options.local,
		tick: () => clock.tick()
	});

	const each = <T>(read: (segment: SegmentSync) => T): T[] => [...segments.values()].map(read);

	return {
		id,
		whenLoaded,
		onChange: changed.on,
		/** Its documents have been read from this device's disk. */
		get loaded(): boolean {
			return loaded;
		},
		/** What the server says of it; undefined until it has said so on this device. */
		get info(): Info | undefined {
			return infoSync.info;
		},
		/** The timeline of the window. */
		get items(): readonly TimelineItem[] {
			return items();
		},
		/** The message as it now is, if its segment is in memory. */
		message: (entryId: EntryId): TimelineMessage | undefined => fold.message(entryId),
		/** What a reply quotes. */
		quote: (entryId: EntryId): Quote => fold.quote(entryId),
		/** Every entry in memory of the segment; none if it is not open. */
		entriesOf: (n: number): readonly Entry[] => segments.get(n)?.entries ?? [],
		/** How far each member has read in a segment in memory, as they tell. */
		receiptsOf: (n: number): Receipts => segments.get(n)?.receipts ?? new Map(),
		/** What the segments in memory held when they were full. */
		get seals(): Seals {
			return new Map(
				each(({ n, seal }) => [n, seal] as const).flatMap(([n, seal]) => (seal ? [[n, seal] as const] : []))
			);
		},
		/** Segments in memory. */
		get openSegments(): readonly number[] {
			return each(({ n }) => n);
		},
		get live(): number {
			return live();
		},
		get window(): { readonly first: number; readonly last: number } {
			return window;
		},
		/** Own entries that only this device has, of segments in memory. */
		get unsent(): readonly Entry[] {
			return each(({ unsent }) => unsent).flat();
		},
		/** True once the relay has the entry on its disk. */
		isSent: (entry: { segment: number; client: number; s: number }): boolean =>
			segments.get(entry.segment)?.isSent(entry) ?? true,
		/** All that the relay had when it was last asked in this connection is here. */
		get synced(): boolean {
			return (
				infoSync.room.status.at === 'synced' &&
				loaded &&
				each(({ room }) => room.status.at).every((at) => at === 'synced')
			);
		},
		/** All that the relay had when it was last asked, in this connection or an earlier one, is here. */
		get complete(): boolean {
			return loaded && each(({ room }) => room.complete).every(Boolean);
		},
		/** The relay has closed it for good; the code says why. */
		get refusal(): { code: number; reason: string } | undefined {
			for (const { status } of [...each(({ room }) => room), infoSync.room]) {
				if (status.at === 'refused' && status.code !== CLOSE.clock && status.code !== CLOSE.noSuchRoom)
					return status;
			}
			return undefined;
		},
		/** There is more before the window, or behind it. */
		get hasEarlier(): boolean {
			return window.first > 0;
		},
		get hasLater(): boolean {
			return window.last < live();
		},
		/** Moves the window a segment back. Settles once it is loaded from this device. */
		async loadEarlier(): Promise<void> {
			if (window.first === 0) return;
			const first = window.first - 1;
			await show(first, Math.min(window.last, first + WINDOW_SEGMENTS_MAX - 1));
		},
		async loadLater(): Promise<void> {
			if (window.last >= live()) return;
			const last = window.last + 1;
			await show(Math.max(window.first, last - WINDOW_SEGMENTS_MAX + 1), last);
		},
		/** Moves the window to its end. */
		async showLatest(): Promise<void> {
			const last = live();
			if (window.last < last) await show(last, last);
		},
		/** Moves the window to where the entry stands. False if there is no such segment. */
		async showEntry(entryId: EntryId): Promise<boolean> {
			const n = parseEntryId(entryId)?.segment;
			if (n === undefined || n > live()) return false;
			if (n < window.first || n > window.last) await show(Math.max(0, n - 1), n);
			return true;
		},
		...actions,
		/** The server would not make it: nothing in it can ever leave. What was written is kept for the person. */
		giveUp: () => salvage.giveUp(),
		/** Entries in memory that this version cannot read: of a later version, or broken. */
		get unreadable(): number {
			return fold.unreadable;
		},
		/** Settles once all written so far is on this device's disk; rejects if it cannot be. */
		stored: async (): Promise<void> => void (await Promise.all(each(({ room }) => room.stored()))),
		connect(): void {
			connected = true;
			infoSync.room.connect();
			for (const segment of segments.values()) salvage.connect(segment);
		},
		async close(): Promise<void> {
			closed = true;
			await Promise.all([infoSync.room.close(), ...each((segment) => segment.close())]);
		}
	};
}

function firstMessageMs(segment: SegmentSync | undefined): number | undefined {
	const stamps = (segment?.entries ?? []).filter(({ body }) => body).map(({ stamp }) => stamp.ms);
	return stamps.length === 0 ? undefined : stamps.reduce((a, b) => Math.min(a, b));
}
