import { expect, it } from 'vitest';
import { RecentTimes } from './recentTimes';

const HOUR_MS = 60 * 60_000;

it('times are counted within what is asked for, the last is known for a day, and older ones are forgotten', () => {
	let now = HOUR_MS;
	const times = new RecentTimes(() => now);
	expect([times.within('a', HOUR_MS), times.last('a')]).toEqual([0, 0]);
	times.note('a');
	now += 10;
	times.note('a');
	times.note('b');
	expect([times.within('a', HOUR_MS), times.within('b', HOUR_MS)]).toEqual([2, 1]);
	now += HOUR_MS;
	expect([times.within('a', HOUR_MS), times.last('a')]).toEqual([1, HOUR_MS + 10]);
	now += 24 * HOUR_MS;
	times.note('c');
	expect([times.last('a'), times.last('b'), times.last('c')]).toEqual([0, 0, now]);
});
