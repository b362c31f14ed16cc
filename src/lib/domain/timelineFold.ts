/**
 * The fold of foldTimeline kept up to date as entries come: `items` is at any time what foldTimeline gives for the
 * newest state of every entry applied and not forgotten. Only the messages that entries touch are composed anew, and
 * a message of which nothing changed stays the same object.
 */
import { composeMessage, sameMessage } from './messageFold';
import { createTimelineOrder, type PlacedItem } from './timelineOrder';
import {
	earlierEvent,
	erasuresOf,
	readSaid,
	type Annotation,
	type Said,
	type SaidErasure,
	type SaidMessage
} from './said';
import { formatEntryId, type Entry, type EntryId } from './entry';
import { isUnreadable } from './unreadable';
import { ownPlace, placeOf, type Place } from './timelinePlace';
import type { Quote } from './quote';
import type { TimelineEvent, TimelineItem, TimelineMessage } from './timelineItem';

export interface TimelineFold {
	/** Entries that are new, or whose body arrived or was erased (`body` undefined). Repeats are harmless. */
	apply(entries: Iterable<Entry>): void;
	/** Lets go of a segment that is no longer shown. Its entries may be applied again. */
	forget(segment: number): void;
	/** The timeline. An array once given is never changed; while nothing changes it is the same one. */
	readonly items: readonly TimelineItem[];
	/** The message as it stands in `items`; undefined if it does not. */
	message(id: EntryId): TimelineMessage | undefined;
	/** What a reply to this message quotes. */
	quote(id: EntryId): Quote;
	/** Entries here that this version cannot read: of a later version, or broken. */
	readonly unreadable: number;
}

interface Held {
	readonly segment: number;
	readonly body: Uint8Array | undefined;
	readonly said: Said | undefined;
	readonly unreadable: boolean;
}

const NO_ANNOTATIONS: readonly Annotation[] = [];

export function createTimelineFold(): TimelineFold {
	const held = new Map<EntryId, Held>();
	const annotations = new Map<EntryId, Map<EntryId, Annotation>>();
	/** By segment and user, as erasuresOf names them. */
	const erasures = new Map<string, Map<EntryId, SaidErasure>>();
	const events = new Map<string, Map<EntryId, TimelineEvent>>();
	const messages = new Map<EntryId, TimelineMessage>();
	/** Who replies to whom, whether the target is here or not. */
	const replies = new Map<EntryId, Map<EntryId, true>>();
	const places = new Map<EntryId, Place>();
	const standing = new Map<EntryId, PlacedItem>();
	const standingEvents = new Map<string, PlacedItem>();
	const order = createTimelineOrder();
	let unreadable = 0;
	/** What the batch at hand may change: messages by id, events by key. */
	const touched = new Set<EntryId>();
	const touchedKeys = new Set<string>();

	function touch(said: Said | undefined, id: EntryId, present: boolean): void {
		if (said?.type === 'message') touched.add(id);
		else if (said?.type === 'event') {
			keep(events, said.key, id, present ? said.event : undefined);
			touchedKeys.add(said.key);
		} else if (said?.type === 'erasure') {
			keep(erasures, erasuresOf(said, said.of), id, present ? said : undefined);
			for (const [each, { said: other }] of held)
				if (other?.type === 'message' && other.author === said.of && other.segment === said.segment)
					touched.add(each);
		} else if (said) {
			keep(annotations, said.target, id, present ? said : undefined);
			touched.add(said.target);
		}
	}

	function replace(id: EntryId, next: Held | undefined): void {
		const before = held.get(id);
		unreadable += Number(next?.unreadable ?? false) - Number(before?.unreadable ?? false);
		touch(before?.said, id, false);
		if (next) held.set(id, next);
		else held.delete(id);
		touch(next?.said, id, true);
	}

	function composed(said: SaidMessage): TimelineMessage | undefined {
		const about = annotations.get(said.id);
		return composeMessage(
			said,
			about ? [...about.values()] : NO_ANNOTATIONS,
			erasures.size > 0 ? erasures.get(erasuresOf(said, said.author))?.values() : undefined
		);
	}

	/** Composes a message anew; returns what stood and what stands now, the same object if nothing changed. */
	function compose(id: EntryId): [TimelineMessage | undefined, TimelineMessage | undefined] {
		const said = held.get(id)?.said;
		const before = messages.get(id);
		const next = said?.type === 'message' ? composed(said) : undefined;
		if (before && next && sameMessage(before, next)) return [before, before];
		if (before?.replyTo !== undefined) keep(replies, before.replyTo, id, undefined);
		if (next?.replyTo !== undefined) keep(replies, next.replyTo, id, true);
		if (next) messages.set(id, next);
		else messages.delete(id);
		return [before, next];
	}

	/** The earliest writing of an event. */
	function eventOf(key: string): TimelineEvent | undefined {
		let event: TimelineEvent | undefined;
		for (const writing of events.get(key)?.values() ?? []) event = earlierEvent(event, writing);
		return event;
	}

	function stand(id: EntryId, item: TimelineMessage | undefined): void {
		const before = standing.get(id);
		const now = order.put(before, item && { item, place: placeOf(item, messages, places) });
		if (now) standing.set(id, now);
		else standing.delete(id);
	}

	function standEvent(key: string, item: TimelineEvent | undefined): void {
		const now = order.put(standingEvents.get(key), item && { item, place: ownPlace(item) });
		if (now) standingEvents.set(key, now);
		else standingEvents.delete(key);
	}

	function settle(): void {
		const changed = new Set<EntryId>();
		const moved = new Set<EntryId>();
		for (const id of touched) {
			const [before, next] = compose(id);
			if (before === next) continue;
			const stays = before && next && before.replyTo === next.replyTo && before.stamp === next.stamp;
			(stays ? changed : moved).add(id);
		}
		// A reply stands behind its target, so what moves takes the replies to it along, and the replies to those.
		for (const id of moved)
			replies.get(id)?.forEach((_, reply) => {
				moved.add(reply);
				changed.delete(reply);
			});
		for (const id of moved) places.delete(id);
		for (const ids of [changed, moved]) for (const id of ids) stand(id, messages.get(id));
		for (const key of touchedKeys) standEvent(key, eventOf(key));
		touched.clear();
		touchedKeys.clear();
		order.commit();
	}

	return {
		apply(entries) {
			for (const entry of entries) {
				const id = formatEntryId(entry);
				const before = held.get(id);
				if (before && before.body === entry.body) continue;
				const said = readSaid(entry, id);
				const { segment, body } = entry;
				replace(id, { segment, body, said, unreadable: isUnreadable(entry, said) });
			}
			settle();
		},
		forget(segment) {
			for (const [id, entry] of held) if (entry.segment === segment) replace(id, undefined);
			settle();
		},
		get items() {
			return order.items;
		},
		message: (id) => messages.get(id),
		quote(id) {
			const message = messages.get(id);
			if (message && !message.deleted) return { state: 'shown', message };
			const said = held.get(id)?.said;
			return said?.type === 'message' ? { state: 'deleted', author: said.author } : { state: 'missing' };
		},
		get unreadable() {
			return unreadable;
		}
	};
}

/** Sets or, with undefined, deletes in a map of maps that holds no empty ones. */
function keep<T>(maps: Map<string, Map<EntryId, T>>, key: string, id: EntryId, value: T | undefined): void {
	const map = maps.get(key) ?? new Map<EntryId, T>();
	if (value === undefined) map.delete(id);
	else map.set(id, value);
	if (map.size > 0) maps.set(key, map);
	else maps.delete(key);
}
