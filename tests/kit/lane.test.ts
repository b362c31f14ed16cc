import { beforeEach, expect, test } from 'vitest';
import { Lane, type LaneTime } from './lane';

let now = 0;
let due: { at: number; callback: () => void }[] = [];
const time: LaneTime = {
	now: () => now,
	after(ms, callback) {
		const timer = { at: now + ms, callback };
		due.push(timer);
		return () => (due = due.filter((each) => each !== timer));
	}
};

/** Lets time pass, timer by timer. */
function pass(ms: number): void {
	const end = now + ms;
	for (;;) {
		const next = due.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
		if (!next) break;
		due = due.filter((each) => each !== next);
		now = next.at;
		next.callback();
	}
	now = end;
}

let lane: Lane;
let arrived: [what: string, at: number][];
const put = (what: string, bytes: number): void => lane.carry(bytes, () => arrived.push([what, now]));

beforeEach(() => {
	now = 0;
	due = [];
	arrived = [];
	lane = new Lane(time);
});

test('without limits everything is there at once', () => {
	put('a', 1_000_000);
	expect(arrived).toEqual([['a', 0]]);
});

test('a delay is the same for all, whatever its size', () => {
	lane.limit({ delayMs: 150, bytesPerSecond: Infinity });
	put('a', 1_000_000);
	pass(10);
	put('b', 1);
	pass(500);
	expect(arrived).toEqual([
		['a', 150],
		['b', 160]
	]);
});

test('what is put on the line waits for what is on it', () => {
	lane.limit({ delayMs: 100, bytesPerSecond: 1_000 });
	put('a', 500);
	put('b', 250);
	pass(2_000);
	put('c', 1);
	pass(2_000);
	expect(arrived).toEqual([
		['a', 600],
		['b', 850],
		['c', 2_101]
	]);
});

test('held, nothing arrives until it is released, and then in order', () => {
	put('a', 1);
	lane.hold();
	put('b', 1);
	put('c', 1);
	pass(1_000);
	expect(arrived).toEqual([['a', 0]]);
	lane.release();
	expect(arrived.map(([what]) => what)).toEqual(['a', 'b', 'c']);
});

test('cleared, it loses what was under way', () => {
	lane.limit({ delayMs: 100, bytesPerSecond: 1_000 });
	put('a', 500);
	lane.clear();
	pass(1_000);
	put('b', 100);
	pass(1_000);
	expect(arrived).toEqual([['b', 1_200]]);
});
