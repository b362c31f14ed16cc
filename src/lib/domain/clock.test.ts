import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Clock, CORRECTIONS_MAX, INITIAL_CLOCK, isAhead } from './clock';
import { CLOCK_AHEAD_MAX_MS } from './limits';
import { compareStamps, STAMP_MS_MAX, ZERO_STAMP, type Stamp } from './stamp';

const MONTH_MS = 30 * 86_400_000;

describe('a clock', () => {
	it('gives stamps later than all it gave or saw, whatever the wall clock and the relay say', () => {
		const step = fc.oneof(
			fc.record({ wall: fc.integer({ min: -10, max: 2 ** 41 }) }),
			fc.record({ seen: fc.record({ ms: fc.nat(2 ** 41), counter: fc.nat(65_535) }) }),
			fc.record({ relay: fc.nat(2 ** 41) }),
			fc.record({ restart: fc.constant(true) })
		);
		fc.assert(
			fc.property(fc.array(step), (steps) => {
				let wall = 0;
				let latest: Stamp = ZERO_STAMP;
				let clock = new Clock(() => wall);
				for (const each of steps) {
					if ('wall' in each) wall = each.wall;
					else if ('seen' in each) {
						const isHonest = each.seen.ms <= clock.correctedNow() + CLOCK_AHEAD_MAX_MS;
						clock.observe(each.seen);
						if (isHonest && compareStamps(each.seen, latest) > 0) latest = each.seen;
					} else if ('relay' in each) clock.correct(each.relay);
					else clock = new Clock(() => wall, structuredClone(clock.state));
					const stamp = clock.tick();
					expect(compareStamps(stamp, latest)).toBeGreaterThan(0);
					latest = stamp;
				}
			})
		);
	});

	it('tells the relay time once corrected, and keeps the correction across a restart', () => {
		const clock = new Clock(() => 1_000);
		clock.correct(5_000);
		expect(clock.tick()).toEqual({ ms: 5_000, counter: 0 });
		expect(new Clock(() => 2_000, clock.state).correctedNow()).toBe(6_000);
	});

	it('is not set back by a word of the relay that took long to come', () => {
		let wall = 1_000;
		const clock = new Clock(() => wall);
		clock.correct(5_000);
		wall = 3_000;
		clock.correct(5_500);
		expect(clock.correctedNow()).toBe(7_000);
	});

	it('follows a wall clock that was set forward after as many words as it looks back on, and one set back at once', () => {
		let wall = 1_000;
		const clock = new Clock(() => wall);
		clock.correct(1_000);
		wall += MONTH_MS;
		for (let word = 0; word < CORRECTIONS_MAX; word++) clock.correct(2_000 + word);
		expect(clock.correctedNow()).toBe(2_000 + CORRECTIONS_MAX - 1);
		wall = 500;
		clock.correct(3_000);
		expect(clock.correctedNow()).toBe(3_000);
	});

	it('counts within one millisecond', () => {
		const clock = new Clock(() => 7);
		expect([clock.tick(), clock.tick()]).toEqual([
			{ ms: 7, counter: 0 },
			{ ms: 7, counter: 1 }
		]);
	});

	it('follows the wall clock again once the stamps that were refused are forgotten, and forgets them once', () => {
		const clock = new Clock(() => 1_000 + MONTH_MS);
		expect(clock.tick().ms).toBe(1_000 + MONTH_MS);
		const ahead = clock.refused({ relayMs: 1_000, newest: { ms: 900, counter: 3 } });
		expect([ahead({ ms: 1_000, counter: 0 }), ahead({ ms: 1_000, counter: 1 })]).toEqual([false, true]);
		expect(clock.tick()).toEqual({ ms: 1_000, counter: 0 });
		// Another room, at the same moment, with less and with more in it.
		clock.refused({ relayMs: 1_000, newest: { ms: 400, counter: 0 } });
		expect(clock.tick()).toEqual({ ms: 1_000, counter: 1 });
		clock.refused({ relayMs: 1_000, newest: { ms: 2_000, counter: 5 } });
		expect(clock.tick()).toEqual({ ms: 2_000, counter: 6 });
	});

	it('is refused further ahead than its tolerance, unless the room has gone there', () => {
		const limit = 5_000 + CLOCK_AHEAD_MAX_MS;
		const at = (ms: number, highestMs = 0) => isAhead({ ms, counter: 65_535 }, { nowMs: 5_000, highestMs });
		expect([at(limit), at(limit + 1), at(limit + 1, limit + 1), at(limit + 2, limit + 1)]).toEqual([
			false,
			true,
			false,
			true
		]);
	});

	it('is not moved by a stamp further ahead than the relay lets pass', () => {
		const clock = new Clock(() => 1_000);
		clock.observe({ ms: STAMP_MS_MAX, counter: 65_535 });
		expect(clock.tick()).toEqual({ ms: 1_000, counter: 0 });
		clock.observe({ ms: 1_000 + CLOCK_AHEAD_MAX_MS, counter: 0 });
		expect(clock.tick()).toEqual({ ms: 1_000 + CLOCK_AHEAD_MAX_MS, counter: 1 });
	});

	it('stays within what a stamp can hold, and rounds fractions', () => {
		expect(new Clock(() => 2 ** 52).tick().ms).toBe(STAMP_MS_MAX);
		expect(new Clock(() => -5).tick()).toEqual({ ms: 0, counter: 1 });
		expect(new Clock(() => 7.4).tick().ms).toBe(7);
		expect(INITIAL_CLOCK.offsetMs).toBe(0);
	});
});
