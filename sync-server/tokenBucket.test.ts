import { describe, expect, it } from 'vitest';
import { TokenBucket } from './tokenBucket';

const bucket = () => new TokenBucket({ perSecond: 100, burst: 1_000 }, 0);

describe('a token bucket', () => {
	it('lets a burst through at once', () => {
		expect(bucket().spend(1_000, 0)).toBe(0);
	});

	it('says how long what is owed takes to fill up', () => {
		const spent = bucket();
		expect(spent.spend(1_200, 0)).toBe(2_000);
		expect(spent.spend(0, 1_500)).toBe(500);
		expect(spent.spend(0, 2_000)).toBe(0);
		expect(spent.spend(100, 2_000)).toBe(1_000);
	});

	it('never holds more than a burst, however long nobody came', () => {
		const rested = bucket();
		rested.spend(1_000, 0);
		expect(rested.isFull(9_999)).toBe(false);
		expect(rested.isFull(10_000)).toBe(true);
		expect(rested.spend(1_001, 10_000_000)).toBe(10);
	});
});
