/**
 * Where an item stands in a timeline: by its own stamp, or behind its reply's target. Only a broken or malicious clock
 * makes the two differ.
 */
import { compareStamps, type Stamp } from './stamp';
import type { EntryId } from './entry';

export interface Place {
	/** Its own stamp, or its target's place. */
	readonly stamp: Stamp;
	/** 0 at its own stamp, else how many replies behind the message whose stamp it borrows. */
	readonly depth: number;
}

/** What of an item decides its place. */
export interface Placeable {
	readonly id: EntryId;
	readonly client: number;
	readonly s: number;
	readonly stamp: Stamp;
	readonly replyTo?: EntryId;
}

export interface Placed<Item extends Placeable> {
	readonly item: Item;
	readonly place: Place;
}

export const ownPlace = (item: Placeable): Place => ({ stamp: item.stamp, depth: 0 });

export const comparePlaces = (a: Place, b: Place): number =>
	compareStamps(a.stamp, b.stamp) || a.depth - b.depth;

/** A total order: two items of different ids never compare as equal. */
export const comparePlaced = (a: Placed<Placeable>, b: Placed<Placeable>): number =>
	comparePlaces(a.place, b.place) ||
	a.item.client - b.item.client ||
	a.item.s - b.item.s ||
	(a.item.id < b.item.id ? -1 : a.item.id > b.item.id ? 1 : 0);

/**
 * Follows the chain of replies to its end, or to a place that is known, and walks back: each reply is placed behind its
 * target. In a cycle, which no honest device can write, own stamps hold. Notes the place of every reply in `places`, so
 * that placing all messages takes one step a message, however long the chains.
 */
export function placeOf(
	message: Placeable,
	messages: ReadonlyMap<EntryId, Placeable>,
	places: Map<EntryId, Place>
): Place {
	if (message.replyTo === undefined) return ownPlace(message);
	const chain: Placeable[] = [];
	const seen = new Set<EntryId>();
	let current: Placeable | undefined = message;
	while (current && !places.has(current.id) && !seen.has(current.id)) {
		seen.add(current.id);
		chain.push(current);
		current = current.replyTo === undefined ? undefined : messages.get(current.replyTo);
	}
	const cycleStart = current && seen.has(current.id) ? chain.indexOf(current) : chain.length;
	let place = current && places.get(current.id);
	for (let i = chain.length - 1; i >= 0; i--) {
		const item: Placeable = chain[i]!;
		place = i < cycleStart ? placeBehind(item, place) : ownPlace(item);
		places.set(item.id, place);
	}
	return place!;
}

function placeBehind(item: Placeable, target: Place | undefined): Place {
	if (!target || compareStamps(item.stamp, target.stamp) > 0) return ownPlace(item);
	return { stamp: target.stamp, depth: target.depth + 1 };
}
