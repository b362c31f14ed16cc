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
			[12, { first: 1_700_000_200_000, last: undefined }]
		]);
		expect(readSegmentSpans(held(segmentFacts(spans)))).toEqual(spans);
	});

	it('pass over what is taken back, malformed or something else', () => {
		const facts = held([
			['segment/0', null],
			['segment/1', { first: '5' }],
			['segment/01', { first: 5 }],
			['segment/x', { first: 5 }],
			['segment/2', { last: 5 }],
			['segment/3', { first: NaN }],
			['segments', { first: 5 }],
			['segment/4', { first: 5, last: 'x' }]
		]);
		expect([...readSegmentSpans(facts)]).toEqual([[4, { first: 5, last: undefined }]]);
	});
});
