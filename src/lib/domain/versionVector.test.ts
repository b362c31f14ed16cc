import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { covers, coversEntry, EMPTY_VECTOR, joinVectors } from './versionVector';

const arbitraryVector = fc
	.array(fc.tuple(fc.nat(4), fc.integer({ min: 1, max: 9 })))
	.map((pairs) => new Map(pairs));

describe('a version vector', () => {
	it('covers an entry once header and body are under the clock', () => {
		expect(coversEntry(new Map([[1, 1]]), 1, 0)).toBe(false);
		expect(coversEntry(new Map([[1, 2]]), 1, 0)).toBe(true);
		expect(coversEntry(new Map([[1, 3]]), 1, 1)).toBe(false);
		expect(coversEntry(new Map([[1, 4]]), 2, 0)).toBe(false);
	});

	it('joins to the least vector that covers both, whatever the order', () => {
		fc.assert(
			fc.property(arbitraryVector, arbitraryVector, arbitraryVector, (a, b, c) => {
				const joined = joinVectors(a, b);
				expect(covers(joined, a) && covers(joined, b)).toBe(true);
				expect(joinVectors(b, a)).toEqual(joined);
				expect(joinVectors(joined, c)).toEqual(joinVectors(a, joinVectors(b, c)));
				expect(joinVectors(joined, a)).toEqual(joined);
				if (covers(c, a) && covers(c, b)) expect(covers(c, joined)).toBe(true);
			})
		);
	});

	it('changes neither of the two it joins, and covers nothing when empty', () => {
		const a = new Map([[1, 1]]);
		joinVectors(a, new Map([[1, 5]]));
		expect(a.get(1)).toBe(1);
		expect(covers(EMPTY_VECTOR, EMPTY_VECTOR)).toBe(true);
		expect(covers(EMPTY_VECTOR, a)).toBe(false);
	});
});
