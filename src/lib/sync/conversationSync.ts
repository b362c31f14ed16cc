/**
 * One conversation on this device: its info, a window of its segments, and the timeline folded from them. Everything
 * is read from local documents. Invariant: a segment is written to whether it is shown or not.
 */
import { CLOSE } from '../protocol/closeCodes';
import { createEmitter } from './emitter';
import { createHeldSegments } from './heldSegments';
import { createSegmentWindow } from './segmentWindow';
import { createTimelineFold } from '../domain/timelineFold';
import { createWriteOrder } from './writeOrder';
import { infoRoom, segmentRoom } from '../protocol/rooms';
import { openInfoSync } from './infoSync';
import { openMessageActions } from './messageActions';
import { parseEntryId, type Entry, type EntryId } from '../domain/entry';
import type { Clock } from '../domain/clock';
import type { ConversationId, UserId } from '../domain/ids';
import type { ConversationSalvageOptions } from './conversationSalvage';
import type { Info } from '../domain/info';
import type { LocalStore, Tabs } from './ports';
import type { Quote } from '../domain/quote';
import type { Receipts } from '../domain/receipts';
import type { RoomSync } from './roomSync';
import type { Seals } from '../domain/seals';
import type { SegmentLimits } from '../domain/limits';
import type { SegmentSync } from './segmentSync';
import type { TimelineItem, TimelineMessage } from '../domain/timeline';

export interface ConversationOptions {
	readonly id: ConversationId;
	readonly self: UserId;
	readonly clock: Clock;
	readonly local: LocalStore;
	readonly tabs: Tabs;
	readonly openRoom: (room: string) => RoomSync;
	/** The relay can be asked. */
	readonly isOnline: () => boolean;
	/** The last segment that this device has known of; undefined if it knows of none. */
	readonly liveHint?: number;
	/** Segments with entries that only this device has, receipts among them. */
	readonly unsentSegments?: readonly number[];
	/** Where texts are kept that can never leave, and what is said with them. */
	readonly salvage: Pick<ConversationSalvageOptions, 'salvaged' | 'describe' | 'onRenamed' | 'onProblem'>;
	/** What the info says once the commands that wait on this device are done: those that make it, too. */
	readonly foresee: (told: Info | undefined) => Info | undefined;
	/** When a segment is full, if not as everywhere. */
	readonly segmentLimits?: SegmentLimits;
}

/** Of a segment alone, which is salvaged or waits. Whether the user is still in the conversation its info tells. */
const PASSING: ReadonlySet<number> = new Set([CLOSE.clock, CLOSE.noSuchRoom, CLOSE.putOut, CLOSE.logTaken]);

export type ConversationSync = ReturnType<typeof openConversationSync>;

export function openConversationSync(options: ConversationOptions) {
	const { id, self, clock, local, tabs } = options;
	const changed = createEmitter();
	const info = openInfoSync(options.openRoom(infoRoom(id)));
	const fold = createTimelineFold();
	const segments = createHeldSegments({
		...options.salvage,
		conversation: id,
		self,
		clock,
		local,
		tabs,
		info,
		isOnline: options.isOnline,
		openRoom: options.openRoom,
		liveHint: options.liveHint,
		limits: options.segmentLimits
	});
	const window = createSegmentWindow({
		segments,
		info,
		fold,
		onMoved: changed.emit,
		isOnline: options.isOnline,
		limits: options.segmentLimits
	});
	/** What salvage has written again since this was opened: who asks for it by its old name means that. */
	const renamed = new Map<EntryId, EntryId>();
	const nameNow = (named: EntryId): EntryId => {
		const now = renamed.get(named);
		return now === undefined ? named : nameNow(now);
	};
	const order = createWriteOrder(clock, () => segments.all.flatMap(({ entries }) => entries));
	const actions = openMessageActions({
		id,
		self,
		segments,
		local,
		tabs,
		message: fold.message,
		nameNow,
		tick: order.tick,
		now: () => clock.tick().ms
	});
	let loaded = false;
	let settled = false;
	let closed = false;
	let givenUp = false;

	info.onChange(() => {
		if (loaded) void window.follow().then(connectLate);
		segments.followRefusals();
		changed.emit();
	});
	segments.onEntries(({ n, entries }) => {
		// An erased entry may claim any time: the relay lets it pass, so it moves no clock.
		for (const entry of entries) if (entry.body) clock.observe(entry.stamp);
		order.note(entries);
		fold.apply(entries);
		if (loaded && (n > window.range.last || n < segments.first)) void window.follow();
	});
	// What cannot be settled now stays noted, for the next connection.
	segments.onRelayVector(({ n, vector }) => void actions.settleCancelled(n, vector).catch(() => undefined));
	segments.onChange(() => {
		void actions.noteAcks().catch(() => undefined);
		changed.emit();
	});

	let wanted = false;
	/** How far the conversation goes, or that the server says nothing of that. */
	const isReachKnown = (): boolean =>
		options.liveHint !== undefined || !!info.info || ['synced', 'refused'].includes(info.room.status.at);
	/** Before that it would be its beginning that a new device asks for, and all behind it as what it keeps. */
	function connectLate(): void {
		if (wanted && !segments.connected && isReachKnown()) segments.connect();
	}

	// Beside the info, not behind it: this is nearly always the one that is shown.
	if (options.liveHint !== undefined) segments.open(options.liveHint);
	const whenLoaded = info.whenLoaded.then(async () => {
		if (closed) return;
		for (const n of options.unsentSegments ?? []) segments.open(n).tellUnsent();
		await window.begin();
		if (closed) return;
		loaded = true;
		// What came meanwhile may go on in a further segment.
		await window.follow();
		connectLate();
		settled = true;
		changed.emit();
	});

	/** Those in memory that the relay lets this user read: of earlier ones something may still be here. */
	const readable = (): SegmentSync[] => segments.all.filter(({ n }) => n >= segments.first);
	/**
	 * The segment that takes new messages, by the server's word, is in memory, or a later one, where the server was put back
	 * to before: it is opened soon after the word came.
	 */
	const holdsTold = (): boolean => {
		const told = info.info?.live ?? segments.live;
		return segments.all.some(({ n }) => n >= told);
	};
	const reaches = (n: number): boolean => n >= segments.first && n <= segments.live;
	const isTold = (): boolean => info.room.status.at === 'synced' && holdsTold();
	/** Nothing in it was written at that time or later, as the server has said. */
	const endedBefore = (n: number, ms: number): boolean => (info.spans.get(n)?.last ?? Infinity) < ms;
	/** In memory, shown or not, until it is let go. */
	function holdSegment(n: number): { readonly whenLoaded: Promise<void>; letGo(): Promise<void> } {
		const { whenLoaded } = segments.hold(n);
		return {
			whenLoaded,
			letGo() {
				segments.letGo(n);
				return window.release();
			}
		};
	}
	/** One that the disk is slow to give is loaded and says nothing yet: that is not how it is. */
	function isHere(n: number): boolean {
		const segment = segments.get(n);
		return segment?.loaded === true && (segment.room.isRead || !segment.empty);
	}
	const each = <T>(read: (segment: SegmentSync) => T): T[] => segments.all.map(read);

	return {
		id,
		whenLoaded,
		onChange: changed.on,
		/** Its documents have been read from this device's disk, and it is open. */
		get loaded(): boolean {
			return loaded;
		},
		/** Loading has ended: what is written now comes behind all that waited for that. */
		get settled(): boolean {
			return loaded && settled;
		},
		segments,
		/** What the server says of it and what waits here for its word; undefined until anything is known here. */
		get info(): Info | undefined {
			return options.foresee(info.info);
		},
		/** What the server has said of it, and no more than that. */
		get told(): Info | undefined {
			return info.info;
		},
		/** The server knows no such conversation, as it has just said. */
		get isForgotten(): boolean {
			const { status } = info.room;
			return status.at === 'refused' && status.code === CLOSE.noSuchRoom;
		},
		/** Names the writings of the server's own document that are not its last one; empty if it was never written anew. */
		get rewritings(): string {
			return [...info.room.disowned].sort((a, b) => a - b).join(' ');
		},
		/** The timeline of the window. */
		get items(): readonly TimelineItem[] {
			return window.items;
		},
		/** The timeline of all segments in memory, shown or not. */
		get heldItems(): readonly TimelineItem[] {
			return fold.items;
		},
		/** The message as it now is, if its segment is in memory. */
		message: (entryId: EntryId): TimelineMessage | undefined => fold.message(entryId),
		/** What a reply quotes. */
		quote: (entryId: EntryId): Quote => fold.quote(entryId),
		/** Every entry in memory of the segment; none if it is not open. */
		entriesOf: (n: number): readonly Entry[] => segments.get(n)?.entries ?? [],
		/** When this user joined, in milliseconds since 1970; undefined if they have been there from the beginning. */
		get joinedAt(): number | undefined {
			return info.info?.joined.get(self);
		},
		/** The first segment with something for this user to read: the one that took new messages when they joined. */
		get joinedIn(): number {
			const joinedAt = info.info?.joined.get(self) ?? -Infinity;
			let n = segments.first;
			for (const [each, { first }] of info.spans) if (first <= joinedAt) n = Math.max(n, each);
			// One that began by then, or claims to, is not the first if the one before it took messages later still.
			while (n > segments.first && !endedBefore(n - 1, joinedAt)) n -= 1;
			return n;
		},
		/** How far each member has read in a segment in memory, as they tell. */
		receiptsOf: (n: number): Receipts => segments.get(n)?.receipts ?? new Map(),
		/** What the segments in memory held when they were full. */
		get seals(): Seals {
			return new Map(
				each(({ n, seal }) => [n, seal] as const).flatMap(([n, seal]) => (seal ? [[n, seal] as const] : []))
			);
		},
		/** The segment is in memory, read from this device's disk. */
		holds: (n: number): boolean => segments.get(n)?.loaded === true,
		/** It is known of the segment what of it has still to leave. */
		knowsUnsent: segments.knowsUnsent,
		/** The conversation has such a segment, and this user may read it. */
		reaches,
		/** All segments from this one on are in memory. */
		holdsFrom(n: number): boolean {
			for (let each = n; each <= segments.live; each++) if (!segments.get(each)?.loaded) return false;
			return true;
		},
		/** What was written last is in memory, shown or not. */
		get holdsEnd(): boolean {
			return segments.ends.every(isHere);
		},
		/** Segments in memory. */
		get openSegments(): readonly number[] {
			return each(({ n }) => n);
		},
		get live(): number {
			return segments.live;
		},
		get window(): { readonly first: number; readonly last: number } {
			return window.range;
		},
		/** Own entries that only this device has, of segments in memory. */
		get unsent(): readonly Entry[] {
			return each(({ unsent }) => unsent).flat();
		},
		/** Receipts of one's own have still to leave this segment. */
		holdsReceipts: (n: number): boolean => segments.get(n)?.holdsReceipts ?? false,
		/** They are not to leave any more. */
		withdrawReceipts: (n: number): void => segments.get(n)?.withdrawReceipts(),
		/** Segments in memory with own entries of any kind that have still to leave, receipts among them. */
		get leaving(): readonly number[] {
			return segments.all.filter(({ leaving }) => leaving).map(({ n }) => n);
		},
		/** True once the relay has the entry on its disk. */
		isSent: (entry: { segment: number; client: number; s: number }): boolean =>
			segments.get(entry.segment)?.isSent(entry) ?? true,
		/** All that the relay had when it was last asked in this connection is here. */
		get synced(): boolean {
			return isTold() && loaded && readable().every(({ room }) => room.status.at === 'synced');
		},
		/** The same of segment n, whatever else is still on its way. */
		syncedIn(n: number): boolean {
			if (info.room.status.at !== 'synced') return false;
			// One that nobody has opened has nothing on its way.
			const segment = segments.get(n);
			return n < segments.first || n > segments.live || !segment || segment.room.status.at === 'synced';
		},
		/** The server's word was written anew, and the relay does not let it go on as far as this device has. */
		get isAhead(): boolean {
			return (
				info.room.status.at === 'synced' && info.room.disowned.size > 0 && this.isRefusedIn(segments.live)
			);
		},
		/** The relay gives nothing of segment n. */
		isRefusedIn: (n: number): boolean => segments.get(n)?.room.status.at === 'refused',
		/** All that the relay had when it was last asked, in this connection or an earlier one, is here. */
		get complete(): boolean {
			return loaded && holdsTold() && readable().every(({ room }) => room.complete);
		},
		/** The relay has closed it for good; the code says why. */
		get refusal(): { code: number; reason: string } | undefined {
			for (const { status } of [...each(({ room }) => room), info.room]) {
				if (status.at === 'refused' && !PASSING.has(status.code)) return status;
			}
			return undefined;
		},
		/** Has a segment in memory, shown or not, until it is let go. It is loaded when this device's disk has been read. */
		holdSegment,
		/** Another tab has told of what has still to leave these: once they are read it leaves from here too. */
		openUnsent(told: readonly number[]): void {
			for (const n of told.filter((n) => !segments.get(n))) {
				const { whenLoaded, letGo } = holdSegment(n);
				segments.open(n).tellUnsent();
				void whenLoaded.then(letGo);
			}
		},
		/** There is more before the window, or behind it. */
		get hasEarlier(): boolean {
			return window.range.first > segments.first;
		},
		get hasLater(): boolean {
			return window.range.last < segments.live;
		},
		/**
		 * Moves the window a segment back, once all of that is here or none of it can be fetched: until then it is to be
		 * asked for again with each change. Settles when this device has been looked through.
		 */
		loadEarlier: (): Promise<void> => window.earlier(),
		loadLater: (): Promise<void> => window.later(),
		/** Moves the window to its end. */
		showLatest: (): Promise<void> => window.latest(),
		/**
		 * Moves the window to where the message stands, which one that came late does in the time of a later segment than its
		 * own. False if this device does not have it.
		 */
		async showEntry(entryId: EntryId): Promise<boolean> {
			const n = parseEntryId(entryId)?.segment;
			if (n === undefined || !reaches(n)) return false;
			try {
				await segments.hold(n).whenLoaded;
				const message = fold.message(entryId);
				if (message) await window.around(n, message.stamp.ms);
				// Told wrongly when its segments were written, it is looked for in its own.
				if (message && !window.items.some(({ id: shown }) => shown === entryId))
					await window.around(n, -Infinity);
				return message !== undefined;
			} finally {
				segments.letGo(n);
				await window.release();
			}
		},
		/** This device has heard of the segment from the relay, or keeps something of it in memory. */
		async keepsSegment(n: number): Promise<boolean> {
			if (segments.get(n)?.empty === false) return true;
			return (await local.get('acks', segmentRoom(id, n))) !== undefined;
		},
		...actions,
		/** Salvage has written these again, here or in another tab: their new names by the old ones. */
		noteRenamed(names: ReadonlyMap<EntryId, EntryId>): void {
			for (const [before, now] of names) renamed.set(before, now);
		},
		/** A stamp between what stands in it and what is written from now on. */
		tick: order.tick,
		/** It will not be made: nothing in it can ever leave. What was written is kept for the person. */
		giveUp(reason?: 'discarded'): void {
			givenUp = true;
			segments.giveUp(reason);
		},
		/** The server is asked to make it again, or has made it. */
		goOn(): void {
			givenUp = false;
			segments.goOn();
		},
		get givenUp(): boolean {
			return givenUp;
		},
		/** Entries in memory that this version cannot read: of a later version, or broken. */
		get unreadable(): number {
			return fold.unreadable;
		},
		/** Settles once all written so far is on this device's disk; rejects if it cannot be. */
		stored: async (): Promise<void> => void (await Promise.all(each(({ room }) => room.stored()))),
		connect(): void {
			info.room.connect();
			wanted = true;
			if (isReachKnown()) segments.connect();
		},
		async close(): Promise<void> {
			// What it says from here on is said of nothing in memory.
			closed = true;
			loaded = false;
			window.close();
			await Promise.all([info.room.close(), segments.close()]);
		}
	};
}
