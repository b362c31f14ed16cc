/**
 * Changes of what is read: both give the state that this device writes as its own fact (`readValue`), joined with what
 * all devices have said, so that it is whole. Invariant: marking read never makes anything unread, and the state stays
 * small: what a seal covers is said by the seal.
 */
import { coversEntry, EMPTY_VECTOR, joinVectors, type VersionVector } from './versionVector';
import { isForReading, isRead, unreadAmong, type Reader } from './unread';
import type { EntryId, EntryRef } from './entry';
import type { ReadState } from './readState';
import type { Seals } from './seals';
import type { TimelineItem, TimelineMessage } from './timelineItem';

export interface Reading extends Reader {
	/** What has been seen. */
	readonly seen: Iterable<TimelineItem>;
	/** Every item of the segments that are loaded: a seal counts once all of its messages here are read. */
	readonly items: readonly TimelineItem[];
	/** Takes all sealed segments up to this one for read, loaded or not: give it when the newest message was reached. */
	readonly through?: number;
}

/** The state with what was seen; the same object if it was read before, and nothing needs to be written. */
export function markRead(state: ReadState, { seen, items, through = -1, ...reader }: Reading): ReadState {
	const { seals } = reader;
	const vectors = new Map<number, Map<number, number>>();
	for (const item of seen) {
		if (!isForReading(item, reader) || isRead(state, item, seals)) continue;
		const vector = vectors.get(item.segment) ?? new Map(state.vectors.get(item.segment));
		vector.set(item.client, Math.max(2 * item.s + 2, vector.get(item.client) ?? 0));
		vectors.set(item.segment, vector);
	}
	const read = { ...state, vectors: new Map([...state.vectors, ...vectors]) };
	const reached = sealsReached({ ...read, through: Math.max(state.through, through) }, items, reader);
	const next = { ...read, through: reached, vectors: withoutSealed(read.vectors, reached, seals) };
	return vectors.size === 0 && reached === state.through && sizeOf(next) === sizeOf(state) ? state : next;
}

/** The state with entries that were seen, or passed over, though their segments are not here. */
export function markEntriesRead(state: ReadState, entries: Iterable<EntryRef>): ReadState {
	const vectors = new Map(state.vectors);
	for (const { segment, client, s } of entries)
		vectors.set(segment, joinVectors(vectors.get(segment) ?? EMPTY_VECTOR, new Map([[client, 2 * s + 2]])));
	return { ...state, vectors };
}

/**
 * What is passed over by who reads on in the midst of unread messages: those behind everything read that stand in the
 * window before the last that was seen. They count as read with it, but for those that came into their segment after its
 * seal: whoever reads on has gone by the others. `window`: what was to be had by scrolling; `items`: those of all
 * segments that are loaded.
 */
export function passedOver(
	state: ReadState,
	{ seen, window, items, ...reader }: Reading & { readonly window: readonly TimelineItem[] }
): TimelineMessage[] {
	const { fresh } = unreadAmong(state, items, reader);
	const seenIds = new Set([...seen].map(({ id }) => id));
	const last = fresh.findLastIndex(({ id }) => seenIds.has(id));
	if (last <= 0) return [];
	const inWindow = new Set(window.map(({ id }) => id));
	const cameLate = ({ segment, client, s }: EntryRef) => {
		const seal = reader.seals.get(segment);
		return seal !== undefined && !coversEntry(seal, client, s);
	};
	return fresh
		.slice(0, last)
		.filter((item) => inWindow.has(item.id) && !seenIds.has(item.id) && !cameLate(item));
}

/** How far the segments in a row are read through their seals. */
function sealsReached(state: ReadState, items: readonly TimelineItem[], reader: Reader): number {
	const { seals } = reader;
	let through = state.through;
	for (let seal = seals.get(through + 1); seal; seal = seals.get(through + 1)) {
		const segment = through + 1;
		const sealed = (item: TimelineMessage) =>
			item.segment === segment && coversEntry(seal, item.client, item.s);
		if (items.some((item) => isForReading(item, reader) && sealed(item) && !isRead(state, item, seals)))
			break;
		through = segment;
	}
	return through;
}

/** The vectors without what seals say: of a segment that is read through its seal, only what came after it. */
function withoutSealed(
	vectors: ReadonlyMap<number, VersionVector>,
	through: number,
	seals: Seals
): ReadonlyMap<number, VersionVector> {
	const left = new Map<number, VersionVector>();
	for (const [segment, vector] of vectors) {
		const seal = segment <= through ? (seals.get(segment) ?? EMPTY_VECTOR) : EMPTY_VECTOR;
		const beyond = [...vector].filter(([client, clock]) => clock > (seal.get(client) ?? 0));
		if (beyond.length > 0) left.set(segment, new Map(beyond));
	}
	return left;
}

function sizeOf({ vectors }: ReadState): number {
	let size = 0;
	for (const vector of vectors.values()) size += vector.size;
	return size;
}

/**
 * Everything from this message on is unread, in a new epoch, so that no device's earlier reading undoes it; what stands
 * before it stays as it was. `items` is the timeline of all segments that are loaded; of later ones, which are not,
 * nothing stays read. Since a vector covers a log from its start, a log's unread message makes all later ones of that
 * log unread. The same object if there is nothing that could become unread.
 */
export function markUnreadFrom(
	state: ReadState,
	from: EntryId,
	items: readonly TimelineItem[],
	reader: Reader
): ReadState {
	const { seals } = reader;
	const start = items.findIndex(({ id }) => id === from);
	const first = items[start];
	const behind = items.slice(start).filter((item) => isForReading(item, reader));
	if (first?.type !== 'message' || behind.length === 0) return state;
	const through = throughBefore(behind, state.through, seals);
	const vectors = new Map<number, VersionVector>();
	for (const [segment, vector] of state.vectors) if (segment < first.segment) vectors.set(segment, vector);
	const unread = new Set<TimelineItem>(behind);
	for (const [segment, messages] of bySegment(items, reader)) {
		const stillRead = (item: TimelineMessage) => !unread.has(item) && isRead(state, item, seals);
		vectors.set(segment, readPrefixes(messages, stillRead));
	}
	return { epoch: state.epoch + 1, through, vectors: withoutSealed(vectors, through, seals) };
}

/** The last segment whose seal, like those of all before it, covers none of the messages. */
function throughBefore(messages: readonly TimelineMessage[], through: number, seals: Seals): number {
	let last = through;
	for (const { segment, client, s } of messages) {
		const seal = seals.get(segment);
		if (segment <= last && (!seal || coversEntry(seal, client, s))) last = segment - 1;
	}
	return last;
}

function bySegment(items: readonly TimelineItem[], reader: Reader): Map<number, TimelineMessage[]> {
	const segments = new Map<number, TimelineMessage[]>();
	for (const item of items) {
		if (!isForReading(item, reader)) continue;
		const held = segments.get(item.segment);
		if (held) held.push(item);
		else segments.set(item.segment, [item]);
	}
	return segments;
}

/** For each log the clock behind its last message before the first that is not read. */
function readPrefixes(
	messages: readonly TimelineMessage[],
	read: (message: TimelineMessage) => boolean
): VersionVector {
	const vector = new Map<number, number>();
	const ended = new Set<number>();
	for (const message of messages.toSorted((a, b) => a.s - b.s)) {
		if (ended.has(message.client)) continue;
		if (read(message)) vector.set(message.client, 2 * message.s + 2);
		else ended.add(message.client);
	}
	return vector;
}
