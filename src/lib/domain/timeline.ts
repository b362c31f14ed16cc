/**
 * The fold of a conversation's entries into what people read. Invariants: the same entries give the same timeline
 * whatever order they arrive in and however they are split; each message stands once; a reply stands behind its
 * target. Kinds that this version does not know are skipped, not lost: they stay in the document.
 */
import { comparePlaced, ownPlace, placeOf, type Place, type Placed } from './timelinePlace';
import { decodeMessageBody, decodeSystemBody, type SystemBody } from './bodies';
import { HEADER_VERSION } from './entryCodec';
import { formatEntryId, KIND, type Entry, type EntryId } from './entry';
import { SYSTEM_USER, type UserId } from './ids';
import type { Stamp } from './stamp';

export interface TimelineMessage {
	readonly type: 'message';
	readonly id: EntryId;
	readonly segment: number;
	readonly client: number;
	readonly s: number;
	readonly author: UserId;
	readonly stamp: Stamp;
	readonly text: string;
	readonly replyTo?: EntryId;
}

export interface TimelineEvent extends Omit<SystemBody, 'key'> {
	readonly type: 'event';
	readonly id: EntryId;
	readonly client: number;
	readonly s: number;
	readonly stamp: Stamp;
}

export type TimelineItem = TimelineMessage | TimelineEvent;

/** All entries of a conversation, of any segments, in any order, with or without repeats → the timeline. */
export function foldTimeline(entries: Iterable<Entry>): TimelineItem[] {
	const messages = new Map<EntryId, TimelineMessage>();
	const events = new Map<string, TimelineEvent>();
	for (const entry of entries) {
		const message = readMessage(entry);
		if (message) messages.set(message.id, message);
		const found = readEvent(entry);
		if (found) events.set(found.key, earlierEvent(events.get(found.key), found.event));
	}
	const places = new Map<EntryId, Place>();
	const placed: Placed<TimelineItem>[] = [];
	for (const item of messages.values()) placed.push({ item, place: placeOf(item, messages, places) });
	for (const item of events.values()) placed.push({ item, place: ownPlace(item) });
	return placed.sort(comparePlaced).map(({ item }) => item);
}

/** The message that an entry is; undefined if it is none, is erased, or is of a version that is not known here. */
export function readMessage(entry: Entry): TimelineMessage | undefined {
	if (entry.kind !== KIND.message || entry.version !== HEADER_VERSION || !entry.body) return undefined;
	const body = decodeMessageBody(entry.body);
	if (!body) return undefined;
	const { segment, client, s, author, stamp } = entry;
	return { type: 'message', id: formatEntryId(entry), segment, client, s, author, stamp, ...body };
}

/** The event that an entry tells, with its key; undefined unless the server wrote it. */
export function readEvent(entry: Entry): { key: string; event: TimelineEvent } | undefined {
	if (entry.kind !== KIND.system || entry.author !== SYSTEM_USER) return undefined;
	if (entry.version !== HEADER_VERSION || !entry.body) return undefined;
	const body = decodeSystemBody(entry.body);
	if (!body) return undefined;
	const { key, ...said } = body;
	const { client, s, stamp } = entry;
	return { key, event: { type: 'event', id: formatEntryId(entry), client, s, stamp, ...said } };
}

/** Of two writings of one event (the server stopped between write and note), the earlier is shown. */
export function earlierEvent(a: TimelineEvent | undefined, b: TimelineEvent): TimelineEvent {
	if (!a) return b;
	return comparePlaced({ item: a, place: ownPlace(a) }, { item: b, place: ownPlace(b) }) <= 0 ? a : b;
}
