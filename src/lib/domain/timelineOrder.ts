/**
 * Items in the order of a timeline, changed in batches. An item that keeps its place costs a binary search; some at
 * the end a push each; some in the past one merge of all of them, never a sort.
 */
import { comparePlaced, comparePlaces, type Placed } from './timelinePlace';
import type { TimelineItem } from './timelineItem';

export type PlacedItem = Placed<TimelineItem>;

export interface TimelineOrder {
	/**
	 * From the next commit on `next` stands where `before`, which was put earlier, stood: undefined for nothing. Returns
	 * the one of the two that stands then: what says the same is not replaced.
	 */
	put(before: PlacedItem | undefined, next: PlacedItem | undefined): PlacedItem | undefined;
	commit(): void;
	/** As of the last commit. An array once given is never changed; while nothing changes it is the same one. */
	readonly items: readonly TimelineItem[];
}

export function createTimelineOrder(): TimelineOrder {
	const removed = new Set<PlacedItem>();
	let added: PlacedItem[] = [];
	let order: PlacedItem[] = [];
	/** What was given last, and how the order differs from it: at these indexes and behind its end, or anywhere. */
	let items: readonly TimelineItem[] = [];
	let patches: number[] = [];
	let stale = false;

	function put(before: PlacedItem | undefined, next: PlacedItem | undefined): PlacedItem | undefined {
		if (before && next && before.item.id === next.item.id && comparePlaces(before.place, next.place) === 0) {
			if (before.item === next.item) return before;
			const index = indexIn(order, before);
			order[index] = next;
			patches.push(index);
			return next;
		}
		if (before) removed.add(before);
		if (next) added.push(next);
		return next;
	}

	function commit(): void {
		if (removed.size === 0 && added.length === 0) return;
		const kept = removed.size > 0 ? order.filter((placed) => !removed.has(placed)) : order;
		const next = merge(kept, added.sort(comparePlaced));
		if (next !== order) stale = true;
		order = next;
		removed.clear();
		added = [];
	}

	/** A copy with little changed, where that is enough: cheaper by far than to collect all items anew. */
	function collect(): readonly TimelineItem[] {
		if (stale) return order.map(({ item }) => item);
		const copy = items.slice();
		for (const index of patches) if (index < copy.length) copy[index] = order[index]!.item;
		for (let i = copy.length; i < order.length; i++) copy.push(order[i]!.item);
		return copy;
	}

	return {
		put,
		commit,
		get items() {
			if (stale || patches.length > 0 || order.length > items.length) {
				items = collect();
				patches = [];
				stale = false;
			}
			return items;
		}
	};
}

/** Where in a sorted array an item of its stands. */
function indexIn(order: readonly PlacedItem[], placed: PlacedItem): number {
	let low = 0;
	let high = order.length - 1;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (comparePlaced(order[middle]!, placed) < 0) low = middle + 1;
		else high = middle;
	}
	return low;
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
