/**
 * The fold of a conversation's entries into what people read. Invariants: the same entries give the same timeline
 * whatever order they arrive in and however they are split; each message stands once; a reply stands behind its
 * target. Kinds that this version does not know are skipped, not lost: they stay in the document.
 */
import { comparePlaced, ownPlace, placeOf, type Place, type Placed } from './timelinePlace';
import { composeMessage } from './messageFold';
import {
	earlierEvent,
	erasuresOf,
	readSaid,
	type Annotation,
	type SaidErasure,
	type SaidMessage
} from './said';
import { formatEntryId, type Entry, type EntryId } from './entry';
import type { TimelineEvent, TimelineItem, TimelineMessage } from './timelineItem';

export type { TimelineEvent, TimelineItem, TimelineMessage } from './timelineItem';

/** All entries of a conversation, of any segments, in any order → the timeline. Of repeats the last one counts. */
export function foldTimeline(entries: Iterable<Entry>): TimelineItem[] {
	const newest = new Map<EntryId, Entry>();
	for (const entry of entries) newest.set(formatEntryId(entry), entry);
	const written: SaidMessage[] = [];
	const annotations = new Map<EntryId, Annotation[]>();
	const erasures = new Map<string, SaidErasure[]>();
	const events = new Map<string, TimelineEvent>();
	for (const [id, entry] of newest) {
		const said = readSaid(entry, id);
		if (said?.type === 'message') written.push(said);
		else if (said?.type === 'event') events.set(said.key, earlierEvent(events.get(said.key), said.event));
		else if (said?.type === 'erasure') addTo(erasures, erasuresOf(said, said.of), said);
		else if (said) addTo(annotations, said.target, said);
	}
	const messages = new Map<EntryId, TimelineMessage>();
	for (const said of written) {
		const erased = erasures.get(erasuresOf(said, said.author));
		const message = composeMessage(said, annotations.get(said.id) ?? [], erased);
		if (message) messages.set(message.id, message);
	}
	const places = new Map<EntryId, Place>();
	const placed: Placed<TimelineItem>[] = [];
	for (const item of messages.values()) placed.push({ item, place: placeOf(item, messages, places) });
	for (const item of events.values()) placed.push({ item, place: ownPlace(item) });
	return placed.sort(comparePlaced).map(({ item }) => item);
}

/** In place: a message may have more annotations than there is time to copy them with each one. */
function addTo<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
	const list = lists.get(key);
	if (list) list.push(value);
	else lists.set(key, [value]);
}
