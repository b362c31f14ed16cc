/**
 * The fold of a conversation's entries into what people read. Invariants: the same entries give the same timeline
 * whatever order they arrive in and however they are split; each message stands once; a reply stands behind its
 * target. Kinds that this version does not know are skipped, not lost: they stay in the document.
 */
import { compareStamps, nextStamp, type Stamp } from './stamp';
import { decodeMessageBody, decodeSystemBody, type SystemBody } from './bodies';
import { formatEntryId, KIND, type Entry, type EntryId } from './entry';
import { SYSTEM_USER, type UserId } from './ids';

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

interface Placed {
	readonly item: TimelineItem;
	/** The stamp that it sorts by: its own, or one behind its target's. */
	readonly place: Stamp;
}

const comparePlaced = (a: Placed, b: Placed): number =>
	compareStamps(a.place, b.place) ||
	a.item.client - b.item.client ||
	a.item.s - b.item.s;

/** All entries of a conversation, of any segments, in any order, with or without repeats → the timeline. */
export function foldTimeline(entries: Iterable<Entry>): TimelineItem[] {
	const messages = new Map<EntryId, TimelineMessage>();
	const events = new Map<string, TimelineEvent>();
	for (const entry of entries) {
		if (!entry.body) continue;
		if (entry.kind === KIND.message) {
			const message = readMessage(entry, entry.body);
			if (message) messages.set(message.id, message);
		} else if (entry.kind === KIND.system && entry.author === SYSTEM_USER) {
			keepEvent(events, entry, entry.body);
		}
	}
	const placed: Placed[] = [];
	for (const item of messages.values()) placed.push({ item, place: placeOf(item, messages) });
	for (const item of events.values()) placed.push({ item, place: item.stamp });
	return placed.sort(comparePlaced).map(({ item }) => item);
}

function readMessage(entry: Entry, bytes: Uint8Array): TimelineMessage | undefined {
	const body = decodeMessageBody(bytes);
	if (!body) return undefined;
	const { segment, client, s, author, stamp } = entry;
	return { type: 'message', id: formatEntryId(entry), segment, client, s, author, stamp, ...body };
}

/** Of two writings of one event (the server stopped between write and note), the earlier is shown. */
function keepEvent(events: Map<string, TimelineEvent>, entry: Entry, bytes: Uint8Array): void {
	const body = decodeSystemBody(bytes);
	if (!body) return;
	const { key, ...said } = body;
	const event: TimelineEvent = { type: 'event', id: formatEntryId(entry), client: entry.client, s: entry.s, stamp: entry.stamp, ...said };
	const held = events.get(key);
	if (!held || comparePlaced({ item: event, place: event.stamp }, { item: held, place: held.stamp }) < 0) events.set(key, event);
}

/**
 * Follows the chain of replies to its end and walks back: each reply is placed behind its target. Only a malicious or
 * broken clock makes this differ from the stamps. In a cycle, which no honest device can write, own stamps hold.
 */
function placeOf(message: TimelineMessage, messages: ReadonlyMap<EntryId, TimelineMessage>): Stamp {
	const chain: TimelineMessage[] = [];
	const seen = new Set<EntryId>();
	let current: TimelineMessage | undefined = message;
	while (current && !seen.has(current.id)) {
		seen.add(current.id);
		chain.push(current);
		current = current.replyTo === undefined ? undefined : messages.get(current.replyTo);
	}
	const cycleStart = current ? chain.indexOf(current) : chain.length;
	let place: Stamp | undefined;
	for (let i = chain.length - 1; i >= 0; i--) {
		const own = chain[i]!.stamp;
		const follows = place !== undefined && i < cycleStart && compareStamps(own, place) <= 0;
		place = follows ? nextStamp(place!) : own;
	}
	return place!;
}
