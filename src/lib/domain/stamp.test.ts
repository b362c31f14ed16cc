import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareStamps, laterStamp, nextStamp, STAMP_COUNTER_MAX, STAMP_MS_MAX, type Stamp } from './stamp';

const arbitraryStamp: fc.Arbitrary<Stamp> = fc.record({
	ms: fc.oneof(fc.nat(3), fc.nat(STAMP_MS_MAX - 1)),
	counter: fc.oneof(fc.nat(3), fc.constant(STAMP_COUNTER_MAX))
});

describe('stamps', () => {
	it('order by milliseconds, then by counter', () => {
		expect(compareStamps({ ms: 1, counter: 9 }, { ms: 2, counter: 0 })).toBeLessThan(0);
		expect(compareStamps({ ms: 2, counter: 1 }, { ms: 2, counter: 0 })).toBeGreaterThan(0);
		expect(compareStamps({ ms: 2, counter: 1 }, { ms: 2, counter: 1 })).toBe(0);
	});

	it('are followed by a later one, with none between', () => {
		fc.assert(
			fc.property(arbitraryStamp, arbitraryStamp, (a, b) => {
				const next = nextStamp(a);
				expect(compareStamps(next, a)).toBeGreaterThan(0);
				if (compareStamps(b, a) > 0) expect(compareStamps(b, next)).toBeGreaterThanOrEqual(0);
			})
		);
	});

	it('carry a full counter into the next millisecond, and stay at the very last stamp', () => {
		expect(nextStamp({ ms: 5, counter: STAMP_COUNTER_MAX })).toEqual({ ms: 6, counter: 0 });
		const last = { ms: STAMP_MS_MAX, counter: STAMP_COUNTER_MAX };
		expect(nextStamp(last)).toEqual(last);
	});

	it('have a later of two, the same whichever comes first', () => {
		fc.assert(
			fc.property(arbitraryStamp, arbitraryStamp, (a, b) => {
				expect(laterStamp(a, b)).toEqual(laterStamp(b, a));
			})
		);
	});
});
