/**
 * Which of a conversation's loaded items are rows on the screen: a few hundred at most, moved back and forth. While it
 * follows the end, what arrives is shown. Invariant: what is being read stays in the window when something arrives.
 */
import type { EntryId } from '../domain/entry';
import type { TimelineItem } from '../domain/timeline';

/** More than a screen holds; more of them only make the first paint later. */
export const ROWS_AT_FIRST = 40;
const ROWS_A_STEP = 80;
export const ROWS_MAX = 400;
/** What is read keeps so many rows behind it, when more came between the rows than may be shown. */
const ROWS_BEHIND_READ = 40;

export interface RowWindow {
	/** The first row; undefined: as many as fit before the end. */
	readonly first: EntryId | undefined;
	/** The last row; undefined: the window follows the end. */
	readonly last: EntryId | undefined;
}

export const LATEST: RowWindow = { first: undefined, last: undefined };

interface Range {
	readonly start: number;
	/** Behind the last. */
	readonly end: number;
}

/**
 * An anchor that is gone (cancelled, or its segment released) gives the newest rows. What arrives at the end is shown
 * up to so many rows: then it waits behind them. A segment that is still on its way comes between the rows: then those
 * around `read`, the message that is before the eyes, are kept.
 */
export function rangeOf({ first, last }: RowWindow, items: readonly TimelineItem[], read?: EntryId): Range {
	const lastAt = last === undefined ? -1 : items.findLastIndex(({ id }) => id === last);
	const end = lastAt < 0 ? items.length : lastAt + 1;
	const firstAt = first === undefined ? -1 : items.findLastIndex(({ id }) => id === first);
	const start = firstAt < 0 || firstAt >= end ? Math.max(0, end - ROWS_AT_FIRST) : firstAt;
	if (end - start > ROWS_MAX && read !== undefined) {
		const at = items.findLastIndex(({ id }) => id === read);
		if (at >= start + ROWS_MAX - ROWS_BEHIND_READ && at < end) {
			const to = Math.min(end, at + ROWS_MAX / 2);
			return { start: to - ROWS_MAX, end: to };
		}
	}
	return { start, end: Math.min(end, start + ROWS_MAX) };
}

/** One step back; what falls off at the end is shown again when one comes back. */
export function stepBack(window: RowWindow, items: readonly TimelineItem[], read?: EntryId): RowWindow {
	const { start, end } = rangeOf(window, items, read);
	const from = Math.max(0, start - ROWS_A_STEP);
	return windowOf({ start: from, end: Math.min(end, from + ROWS_MAX) }, items, window.last === undefined);
}

export function stepForward(
	window: RowWindow,
	items: readonly TimelineItem[],
	atEnd: boolean,
	read?: EntryId
): RowWindow {
	const { start, end } = rangeOf(window, items, read);
	const to = Math.min(items.length, end + ROWS_A_STEP);
	return windowOf({ start: Math.max(start, to - ROWS_MAX), end: to }, items, atEnd);
}

/** The rows around an item; undefined if it is not among the items. */
export function around(id: EntryId, items: readonly TimelineItem[], atEnd: boolean): RowWindow | undefined {
	const at = items.findIndex((item) => item.id === id);
	if (at < 0) return undefined;
	return windowOf(
		{ start: Math.max(0, at - ROWS_AT_FIRST / 2), end: Math.min(items.length, at + ROWS_AT_FIRST / 2) },
		items,
		atEnd
	);
}

function windowOf({ start, end }: Range, items: readonly TimelineItem[], followsEnd: boolean): RowWindow {
	return {
		first: items[start]?.id,
		last: followsEnd && end === items.length ? undefined : items[end - 1]?.id
	};
}
