import { expect, it } from 'vitest';
import { around, LATEST, rangeOf, ROWS_AT_FIRST, ROWS_MAX, stepBack, stepForward } from './rowWindow';
import type { TimelineItem } from '../domain/timeline';

const items = (count: number): TimelineItem[] =>
	Array.from({ length: count }, (_, i) => ({
		type: 'event',
		id: `0.1.${i}`,
		client: 1,
		s: i,
		stamp: { ms: i, counter: 0 },
		event: 'joined'
	}));

it('begins with the newest rows and follows the end', () => {
	expect(rangeOf(LATEST, items(1_000))).toEqual({ start: 1_000 - ROWS_AT_FIRST, end: 1_000 });
	expect(rangeOf(LATEST, items(10))).toEqual({ start: 0, end: 10 });
});

it('keeps its place when something arrives before or behind it', () => {
	const all = items(1_000);
	const window = around('0.1.500', all, true)!;
	const { start, end } = rangeOf(window, all);
	const later = [...all.slice(0, 100), ...items(2_000).slice(1_500, 1_510), ...all.slice(100)];
	expect(rangeOf(window, later)).toEqual({ start: start + 10, end: end + 10 });
});

it('goes back to the start and forward to the end in steps, with never more than so many rows', () => {
	const all = items(3_000);
	let window = LATEST;
	for (let i = 0; i < 100; i++) window = stepBack(window, all);
	expect(rangeOf(window, all)).toEqual({ start: 0, end: ROWS_MAX });
	for (let i = 0; i < 100; i++) window = stepForward(window, all, true);
	expect(rangeOf(window, all)).toEqual({ start: 3_000 - ROWS_MAX, end: 3_000 });
	expect(window.last).toBeUndefined();
});

it('keeps what is read, when the rest of a segment that was on its way comes between the rows', () => {
	const all = items(2_000);
	const begun = [...all.slice(0, 200), ...all.slice(1_000)];
	const window = stepBack(around('0.1.1010', begun, true)!, begun);
	expect(rangeOf(window, begun, '0.1.1010')).toEqual({ start: 110, end: 230 });
	const { start, end } = rangeOf(window, all, '0.1.1010');
	expect(end - start).toBe(ROWS_MAX);
	expect(all.slice(start, end).map(({ id }) => id)).toContain('0.1.1010');
	const back = stepBack(window, all, '0.1.1010');
	expect(rangeOf(back, all).start).toBe(start - 80);
});

it('shows what arrives at the end up to so many rows, and lets the rest wait', () => {
	const window = stepBack(LATEST, items(200));
	expect(window.last).toBeUndefined();
	const { start } = rangeOf(window, items(200));
	expect(rangeOf(window, items(300))).toEqual({ start, end: 300 });
	expect(rangeOf(window, items(5_000))).toEqual({ start, end: start + ROWS_MAX });
});

it('does not follow the end while there is more behind it that is not loaded', () => {
	const all = items(100);
	expect(stepForward(around('0.1.50', all, false)!, all, false).last).toBe('0.1.99');
});

it('shows the newest rows when its anchor is gone', () => {
	expect(rangeOf({ first: '9.9.9', last: undefined }, items(1_000))).toEqual({
		start: 1_000 - ROWS_AT_FIRST,
		end: 1_000
	});
});

it('has no rows around what is not there', () => {
	expect(around('9.9.9', items(10), true)).toBeUndefined();
});
