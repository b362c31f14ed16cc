/**
 * The fold of foldTimeline kept up to date as entries come: `items` is at any time what foldTimeline gives for the
 * newest state of every entry applied. An entry at the end costs one push; one in the past costs a merge, not a sort.
 */
import { comparePlaced, comparePlaces, ownPlace, placeOf, type Place, type Placed } from './timelinePlace';
import {
	earlierEvent,
	readEvent,
	readMessage,
	type TimelineEvent,
	type TimelineItem,
	type TimelineMessage
} from './timeline';
import { formatEntryId, type Entry, type EntryId } from './entry';

export interface TimelineFold {
	/** Entries that are new, or whose body arrived or was erased (`body` undefined). Repeats are harmless. */
	apply(entries: Iterable<Entry>): void;
	/** The timeline. An array once given is never changed; while nothing changes it is the same one. */
	readonly items: readonly TimelineItem[];
}

type PlacedItem = Placed<TimelineItem>;

export function createTimelineFold(): TimelineFold {
	const bodies = new Map<EntryId, Uint8Array | undefined>();
	const messages = new Map<EntryId, TimelineMessage>();
	/** Who replies to whom, whether the target is here or not. */
	const replies = new Map<EntryId, Set<EntryId>>();
	const eventKeys = new Map<EntryId, string>();
	const events = new Map<string, Map<EntryId, TimelineEvent>>();
	const places = new Map<EntryId, Place>();
	/** What is in `order`, by message id or event key. */
	const shown = new Map<string, PlacedItem>();
	let order: PlacedItem[] = [];
	let items: readonly TimelineItem[] | undefined = [];

	function keepMessage(id: EntryId, message: TimelineMessage | undefined): void {
		const held = messages.get(id);
		if (held?.replyTo !== undefined) replies.get(held.replyTo)?.delete(id);
		if (!message) return void messages.delete(id);
		messages.set(id, message);
		if (message.replyTo !== undefined) addTo(replies, message.replyTo, id);
	}

	/** Returns the keys whose event may be another one now. */
	function keepEvent(id: EntryId, found: { key: string; event: TimelineEvent } | undefined): string[] {
		const before = eventKeys.get(id);
		if (before !== undefined) events.get(before)?.delete(id);
		if (!found) {
			eventKeys.delete(id);
			return before === undefined ? [] : [before];
		}
		eventKeys.set(id, found.key);
		const writings = events.get(found.key) ?? new Map<EntryId, TimelineEvent>();
		events.set(found.key, writings.set(id, found.event));
		return before === undefined ? [found.key] : [before, found.key];
	}

	/** The messages given and all that reply to them, directly or not. */
	function withReplies(ids: Iterable<EntryId>): Set<EntryId> {
		const all = new Set(ids);
		for (const id of all) for (const reply of replies.get(id) ?? []) all.add(reply);
		return all;
	}

	function nextMessage(id: EntryId): PlacedItem | undefined {
		const item = messages.get(id);
		return item && { item, place: placeOf(item, messages, places) };
	}

	function nextEvent(key: string): PlacedItem | undefined {
		let item: TimelineEvent | undefined;
		for (const writing of events.get(key)?.values() ?? []) item = earlierEvent(item, writing);
		return item && { item, place: ownPlace(item) };
	}

	function apply(entries: Iterable<Entry>): void {
		const touched = new Set<EntryId>();
		const touchedKeys = new Set<string>();
		for (const entry of entries) {
			const id = formatEntryId(entry);
			if (bodies.has(id) && bodies.get(id) === entry.body) continue;
			bodies.set(id, entry.body);
			const message = readMessage(entry);
			if (message || messages.has(id)) {
				keepMessage(id, message);
				touched.add(id);
			}
			for (const key of keepEvent(id, readEvent(entry))) touchedKeys.add(key);
		}
		const affected = withReplies(touched);
		for (const id of affected) places.delete(id);
		const removed = new Set<PlacedItem>();
		const added: PlacedItem[] = [];
		const show = (name: string, next: PlacedItem | undefined): void => {
			const held = shown.get(name);
			if (held && next && held.item === next.item && comparePlaces(held.place, next.place) === 0) return;
			if (held) removed.add(held);
			if (next) {
				added.push(next);
				shown.set(name, next);
			} else shown.delete(name);
		};
		for (const id of affected) show(`message ${id}`, nextMessage(id));
		for (const key of touchedKeys) show(`event ${key}`, nextEvent(key));
		if (removed.size === 0 && added.length === 0) return;
		order = merge(
			removed.size > 0 ? order.filter((placed) => !removed.has(placed)) : order,
			added.sort(comparePlaced)
		);
		items = undefined;
	}

	return {
		apply,
		get items() {
			return (items ??= order.map(({ item }) => item));
		}
	};
}

function addTo(sets: Map<EntryId, Set<EntryId>>, key: EntryId, value: EntryId): void {
	const set = sets.get(key);
	if (set) set.add(value);
	else sets.set(key, new Set([value]));
}

/** Joins two sorted arrays; changes and returns the first one where the second only continues it. */
function merge(base: PlacedItem[], added: readonly PlacedItem[]): PlacedItem[] {
	const last = base.at(-1);
	if (added.length === 0) return base;
	if (!last || comparePlaced(last, added[0]!) < 0) {
		for (const placed of added) base.push(placed);
		return base;
	}
	const merged: PlacedItem[] = [];
	let next = 0;
	for (const placed of base) {
		while (next < added.length && comparePlaced(added[next]!, placed) < 0) merged.push(added[next++]!);
		merged.push(placed);
	}
	return merged.concat(added.slice(next));
}
