import { describe, expect, it } from 'vitest';
import { readSegmentSpans, segmentFacts, type SegmentSpan } from './segmentSpans';
import type { AnyValue } from './boundedAny';
import type { Facts } from './facts';

const held = (facts: Iterable<[string, AnyValue]>): Facts =>
	new Map([...facts].map(([key, value]) => [key, { value, stamp: { ms: 1, counter: 0 }, client: 1, s: 0 }]));

describe('the spans of segments', () => {
	it('read back from the facts that say them', () => {
		const spans = new Map<number, SegmentSpan>([
			[0, { first: 1_700_000_000_000, last: 1_700_000_100_000 }],
			[12, { first: 1_700_000_200_000, last: 1_700_000_250_000 }],
			[63, { first: 1_700_000_300_000, last: 1_700_000_350_000 }],
			[64, { first: 1_700_000_400_000, last: 1_700_000_450_000 }],
			[1_000, { first: 1_700_000_500_000, last: undefined }]
		]);
		expect(readSegmentSpans(held(segmentFacts(spans)))).toEqual(spans);
	});

	it('take a fact for many segments', () => {
		const spans = new Map(Array.from({ length: 1_000 }, (_, n) => [n, { first: n, last: n + 1 }]));
		expect(segmentFacts(spans).size).toBe(16);
	});

	it('pass over what is taken back, malformed or something else', () => {
		const facts = held([
			['segments/0', null],
			['segments/1', [['5'], [NaN, 7], null, 5, [5, 'x'], [], { first: 5 }, [5, 6, 7]]],
			['segments/01', [[5]]],
			['segments/x', [[5]]],
			['segments', [[5]]],
			['segments/2', { first: 5 }],
			['segments/3', Array.from({ length: 70 }, (_, i) => (i < 64 ? null : [5]))]
		]);
		expect([...readSegmentSpans(facts)]).toEqual([
			[68, { first: 5, last: undefined }],
			[71, { first: 5, last: 6 }]
		]);
	});
});
