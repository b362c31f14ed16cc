/**
 * What of a conversation a user has not read. By version vector and not by time: a message that arrives late into
 * earlier history is unread. One's own messages, deleted ones, those of people one has blocked and what was written
 * before one joined never are.
 */
import { coversEntry, EMPTY_VECTOR } from './versionVector';
import type { EntryRef } from './entry';
import type { ReadState } from './readState';
import type { Seals } from './seals';
import type { TimelineItem, TimelineMessage } from './timelineItem';
import type { UserId } from './ids';

export interface Reader {
	readonly self: UserId;
	/** Whom the user has blocked: what they write is not there to be read. */
	readonly blocked: Pick<ReadonlySet<UserId>, 'has'>;
	/** Of the segments whose messages are asked about, as far as they are sealed. */
	readonly seals: Seals;
	/**
	 * When the user joined, in milliseconds since 1970: what was written before is there to look at, not to be read.
	 * Undefined for who has been there from the beginning.
	 */
	readonly joinedAt?: number | undefined;
}

/**
 * True if the entry is read. A segment that is read through its seal counts as read while its seal is not here: the
 * seal comes with the segment, and tells then what came after it.
 */
export function isRead(state: ReadState, { segment, client, s }: EntryRef, seals: Seals): boolean {
	if (coversEntry(state.vectors.get(segment) ?? EMPTY_VECTOR, client, s)) return true;
	if (segment > state.through) return false;
	const seal = seals.get(segment);
	return seal === undefined || coversEntry(seal, client, s);
}

/** A message that is there for this user to read, read or not. */
export const isForReading = (
	item: TimelineItem,
	{ self, blocked, joinedAt = -Infinity }: Omit<Reader, 'seals'>
): item is TimelineMessage =>
	item.type === 'message' &&
	item.author !== self &&
	!item.deleted &&
	item.stamp.ms >= joinedAt &&
	!blocked.has(item.author);

export interface Unread {
	/** Those that stand before something read: they arrived late into history, and are offered as such. */
	readonly late: readonly TimelineMessage[];
	/** Those behind everything read: the divider stands before the first of them. */
	readonly fresh: readonly TimelineMessage[];
}

/** The unread messages among the items of a timeline, in its order. */
export function unreadAmong(state: ReadState, items: readonly TimelineItem[], reader: Reader): Unread {
	const late: TimelineMessage[] = [];
	let fresh: TimelineMessage[] = [];
	for (const item of items) {
		if (!isForReading(item, reader)) continue;
		if (!isRead(state, item, reader.seals)) fresh.push(item);
		else if (fresh.length > 0) {
			for (const message of fresh) late.push(message);
			fresh = [];
		}
	}
	return { late, fresh };
}

/** Unread messages that came into segments after their seals: late ones, wherever in the timeline they stand. */
export const lateBehindSeals = (
	state: ReadState,
	items: readonly TimelineItem[],
	reader: Reader
): TimelineMessage[] =>
	items.filter(
		(item): item is TimelineMessage =>
			isForReading(item, reader) &&
			item.segment <= state.through &&
			reader.seals.has(item.segment) &&
			!isRead(state, item, reader.seals)
	);

/** True while a message that was found so is still unread: its segment, and the seal, need not be here. */
export const isStillLate = ({ through, vectors }: ReadState, { segment, client, s }: EntryRef): boolean =>
	segment <= through && !coversEntry(vectors.get(segment) ?? EMPTY_VECTOR, client, s);

export function countUnread(state: ReadState, items: readonly TimelineItem[], reader: Reader): number {
	const { late, fresh } = unreadAmong(state, items, reader);
	return late.length + fresh.length;
}

/** Where reading goes on: the first unread message behind everything read, else the first that came late. */
export function firstUnread(
	state: ReadState,
	items: readonly TimelineItem[],
	reader: Reader
): TimelineMessage | undefined {
	const { late, fresh } = unreadAmong(state, items, reader);
	return fresh[0] ?? late[0];
}
