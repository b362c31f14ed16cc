/**
 * The segments of a conversation that are in memory, shown or not: opened when asked for, connected once the
 * conversation is, kept in order with the relay. Deliberately absent: which of them are shown (segmentWindow).
 */
import { CLOSE } from '../protocol/closeCodes';
import { createEmitter } from './emitter';
import { openConversationSalvage, type ConversationSalvageOptions } from './conversationSalvage';
import { openLateErasure } from './lateErasure';
import { openSegmentSync, type SegmentSync } from './segmentSync';
import { segmentRoom } from '../protocol/rooms';
import { KIND, type Entry } from '../domain/entry';
import type { InfoSync } from './infoSync';
import type { RoomSync } from './roomSync';
import type { SegmentLimits } from '../domain/limits';
import type { VersionVector } from '../domain/versionVector';

export interface HeldSegmentsOptions extends Omit<ConversationSalvageOptions, 'segments' | 'first'> {
	readonly info: InfoSync;
	readonly openRoom: (room: string) => RoomSync;
	/** The last segment that this device has known of; undefined if it knows of none. */
	readonly liveHint?: number;
	readonly limits?: SegmentLimits;
}

/** A device that was away has as many quiet ones as it has still to bring: the last few of them are looked at. */
const ENDS_MAX = 4;

/** Part of a message. What was cancelled has left a header alone. */
const isSaid = ({ kind, body }: Entry): boolean =>
	body !== undefined && (kind === KIND.message || kind === KIND.edit || kind === KIND.redaction);

export type HeldSegments = ReturnType<typeof createHeldSegments>;

export function createHeldSegments(options: HeldSegmentsOptions) {
	const { conversation, self, info } = options;
	const changed = createEmitter();
	const came = createEmitter<{ n: number; entries: readonly Entry[] }>();
	const told = createEmitter<{ n: number; vector: VersionVector }>();
	const segments = new Map<number, SegmentSync>();
	/** How many ask for each to stay, though it may not be shown. */
	const holds = new Map<number, number>();
	/** Let go of since it was last opened, with nothing that had still to leave. */
	const clear = new Set<number>();
	let connected = false;
	const salvage = openConversationSalvage({
		...options,
		segments: () => segments.values(),
		first
	});

	/** The first segment that this user may read. */
	function first(): number {
		return info.info?.firstSegments.get(self) ?? 0;
	}

	/** Read, and nothing that somebody said stands in it, whatever is still on its way there: the server tells of who joined. */
	function isQuiet(n: number): boolean {
		const held = segments.get(n);
		return held !== undefined && held.loaded && held.room.isRead && !held.entries.some(isSaid);
	}

	/** Somebody is known to have written there. */
	const isTold = (n: number): boolean =>
		info.spans.get(n) !== undefined || (segments.get(n)?.entries.some(isSaid) ?? false);

	/**
	 * How far it is known to go. Kept, since the segment that told of it by being full is let go of where it is not shown:
	 * forgotten then, it would be opened again, tell of it again, and be let go of again, without end.
	 */
	let reached = options.liveHint ?? 0;

	/**
	 * The segment that new messages go to. Where history begins at joining the server's word alone opens the next one:
	 * somebody may have joined since, and begin there.
	 */
	function live(): number {
		reached = Math.max(reached, info.info?.live ?? 0);
		for (const segment of segments.values()) if (!segment.empty) reached = Math.max(reached, segment.n);
		if (info.room.status.at !== 'loading' && info.info?.history !== 'joining')
			while (segments.get(reached)?.full) reached += 1;
		return reached;
	}

	function open(n: number): SegmentSync {
		const known = segments.get(n);
		if (known) return known;
		const room = options.openRoom(segmentRoom(conversation, n));
		room.beginSince(knownSince());
		const segment = openSegmentSync({ n, self, room, limits: options.limits });
		segments.set(n, segment);
		clear.delete(n);
		const eraseLate = openLateErasure(segment, options);
		segment.onEntries((entries) => {
			came.emit({ n, entries });
			eraseLate(entries);
		});
		segment.onChange(() => {
			salvage.follow(segment);
			shareSince();
			if (room.status.at === 'synced') connectBeyond(n);
			changed.emit();
		});
		room.onRelayVector((vector) => told.emit({ n, vector }));
		if (connected) salvage.connect(segment);
		return segment;
	}

	/** Since when the user is a member again, as any segment has heard. */
	function knownSince(): number {
		return Math.max(0, ...[...segments.values()].map(({ room }) => room.since));
	}

	/** Where nothing waits to leave, nothing is from before. */
	function shareSince(): void {
		const since = knownSince();
		for (const { room, isClear } of segments.values())
			if (isClear && room.since < since) room.takeSince(since);
	}

	/** The relay opens a segment once the one before it holds something there: a device that was away brings them in turn. */
	function connectBeyond(n: number): void {
		const next = segments.get(n + 1)?.room;
		if (next?.status.at === 'refused' && next.status.code === CLOSE.noSuchRoom) next.connect();
	}

	return {
		/** Something of one of them changed. */
		onChange: changed.on,
		/** Entries that are new here, or whose body arrived or was erased. */
		onEntries: came.on,
		/** The whole of what the relay has of one, as it tells it at the start of a connection. */
		onRelayVector: told.on,
		open,
		/** It is known of it what has still to leave, though that be nothing, and it in memory no longer. */
		knowsUnsent: (n: number): boolean => (segments.get(n)?.loaded ? !segments.get(n)?.mayHold : clear.has(n)),
		get: (n: number): SegmentSync | undefined => segments.get(n),
		/** The server has answered that it goes as far as this. */
		reach: (n: number): void => void (reached = Math.max(reached, n)),
		/** Opens it, to stay until it is let go as often. */
		hold(n: number): SegmentSync {
			holds.set(n, (holds.get(n) ?? 0) + 1);
			return open(n);
		},
		letGo(n: number): void {
			const left = (holds.get(n) ?? 0) - 1;
			if (left > 0) holds.set(n, left);
			else holds.delete(n);
		},
		isHeld: (n: number): boolean => holds.has(n),
		get all(): readonly SegmentSync[] {
			return [...segments.values()];
		},
		get live(): number {
			return live();
		},
		get first(): number {
			return first();
		},
		/**
		 * Those without which the end of the conversation is not here, the last one first: behind one that may be quiet, the
		 * one before it, and the one that is told of, as many may have joined since. A quiet one that is told of stays among
		 * them: forgotten, it would be opened and let go of again, without end.
		 */
		get ends(): readonly number[] {
			const last = live();
			const ends = [last];
			const from = first();
			let maybeQuiet = isQuiet(last) || !isTold(last);
			for (let n = last - 1; n >= from && maybeQuiet && ends.length < ENDS_MAX; n--) {
				const told = isTold(n);
				if (told || n === last - 1) ends.push(n);
				maybeQuiet = isQuiet(n) || !told;
			}
			return ends;
		},
		/** From before this user came back: they read and write there no more, and what has still to leave is given up. */
		get past(): readonly SegmentSync[] {
			const from = first();
			return [...segments.values()].filter(({ n }) => n < from);
		},
		/** They are brought to the relay. */
		get connected(): boolean {
			return connected;
		},
		/** What the relay refuses of them is looked at again: the info may have been refused too. */
		followRefusals: () => salvage.followAll(),
		/** The conversation will not be made: nothing in it can ever leave. What was written is kept for the person. */
		giveUp: (reason?: 'discarded') => salvage.giveUp(reason),
		goOn: () => salvage.goOn(),
		connect(): void {
			connected = true;
			for (const segment of segments.values()) salvage.connect(segment);
		},
		async close(which: readonly SegmentSync[] = [...segments.values()]): Promise<void> {
			for (const { n, isClear } of which) {
				segments.delete(n);
				if (isClear) clear.add(n);
			}
			await Promise.all(which.map((segment) => segment.close()));
		}
	};
}
