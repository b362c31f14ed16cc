/**
 * Pages over the segments of a conversation. Only segments that a page can meet are read: those whose messages were
 * written before it ends and, of these, the latest, until no other can hold a message within it.
 */
import { pageBefore, type PageRequest } from './messagePage';
import type { RelayPort } from '../relayPort';
import { createTimelineFold } from '../../domain/timelineFold';
import { parseEntryId, type EntryId } from '../../domain/entry';
import type { TimelineItem, TimelineMessage } from '../../domain/timelineItem';
import type { ConversationId } from '../../domain/ids';
import type { SegmentSpan } from '../../domain/segmentSpans';
import { segmentRoom } from '../../protocol/rooms';

/**
 * Of segments that all claim to be of one time a page holds no more than these: what the others have of that time comes
 * with no page. None is so wide by itself: devices would have to write late into as many old segments.
 */
const SEGMENTS_READ_MAX = 64;

/**
 * Entries that are taken in before others have their turn. A segment is full long before it takes a second; but whoever
 * fills one at once may write fifty times as much.
 */
const ENTRIES_AT_ONCE = 1_000;

export interface MessagePage {
	/** Oldest first. */
	readonly messages: readonly TimelineMessage[];
	/** The `before` of the page in front of this one, if there is one. */
	readonly before?: EntryId;
}

/** What of a conversation may be read. */
interface Readable {
	readonly id: ConversationId;
	/** The first segment, and the one that takes new messages. */
	readonly first: number;
	readonly live: number;
	readonly spans: ReadonlyMap<number, SegmentSpan>;
}

/** Undefined if `before` is no message here. `nextTurn` settles when others have had their turn. */
export async function readPage(
	relay: Pick<RelayPort, 'entries' | 'entry'>,
	{ id, first, live, spans }: Readable,
	request: PageRequest,
	nextTurn: () => Promise<void>
): Promise<MessagePage | undefined> {
	const ends = request.before === undefined ? undefined : parseEntryId(request.before)?.segment;
	if (request.before !== undefined && (ends === undefined || ends < first || ends > live)) return undefined;
	const end = request.before && (await relay.entry(segmentRoom(id, ends ?? live), request.before));
	if (request.before !== undefined && !end) return undefined;
	const waiting = segmentsBefore(end ? end.stamp.ms : Infinity, spans, ends ?? live);
	const fold = createTimelineFold();
	let looksAt = 1;
	for (let read = 1, next = waiting.shift(); next; read += 1, next = waiting.shift()) {
		const entries = await relay.entries(segmentRoom(id, next.segment));
		for (let at = 0; at < entries.length; at += ENTRIES_AT_ONCE) {
			if (at > 0) await nextTurn();
			fold.apply(entries.slice(at, at + ENTRIES_AT_ONCE));
		}
		// Less and less often: what all of them say together takes as long as there is of it.
		if (read < looksAt && waiting.length > 0) continue;
		looksAt = 2 * read;
		const found = pageBefore(messagesOf(fold.items), request);
		if (!found) return undefined;
		const [oldest] = found.page;
		const isWhole =
			found.page.length === request.limit && oldest && oldest.stamp.ms > (waiting[0]?.last ?? 0);
		if (isWhole || waiting.length === 0 || (oldest && read >= SEGMENTS_READ_MAX))
			return { messages: found.page, before: found.before ?? (waiting.length > 0 ? oldest?.id : undefined) };
	}
	return undefined;
}

interface WaitingSegment {
	readonly segment: number;
	/** Milliseconds since 1970. */
	readonly last: number;
}

/** The segments that may hold what was written until `untilMs`: the given one first, then the latest first. */
function segmentsBefore(
	untilMs: number,
	spans: ReadonlyMap<number, SegmentSpan>,
	first: number
): WaitingSegment[] {
	const others = [...spans]
		.filter(([segment, span]) => segment !== first && span.first <= untilMs)
		.map(([segment, { last }]) => ({ segment, last: last ?? Infinity }));
	return [
		{ segment: first, last: Infinity },
		...others.sort((a, b) => b.last - a.last || b.segment - a.segment)
	];
}

const messagesOf = (items: readonly TimelineItem[]): TimelineMessage[] =>
	items.filter((item) => item.type === 'message');
