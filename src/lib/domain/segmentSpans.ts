/**
 * When the messages of each segment were written, as the info document says it.
 * Keys: `segments/<b>` → a list for the segments from 64b on, each `[first, last]`, `[first]` while it takes new
 * messages, or null without any; in milliseconds since 1970. In blocks, since a document of a fact for each of a
 * thousand segments takes as long to open as the segment that is shown.
 */
import type { AnyValue } from './boundedAny';
import type { Facts } from './facts';

export interface SegmentSpan {
	readonly first: number;
	/** Undefined while the segment takes new messages: there is no end to it. */
	readonly last: number | undefined;
}

const BLOCK_SEGMENTS = 64;
const KEY = /^segments\/(0|[1-9]\d{0,6})$/;

export function segmentFacts(spans: ReadonlyMap<number, SegmentSpan>): Map<string, AnyValue> {
	const blocks = new Map<number, AnyValue[]>();
	for (const [n, { first, last }] of spans) {
		const b = Math.floor(n / BLOCK_SEGMENTS);
		const block = blocks.get(b) ?? [];
		blocks.set(b, block);
		while (block.length <= n % BLOCK_SEGMENTS) block.push(null);
		block[n % BLOCK_SEGMENTS] = last === undefined ? [first] : [first, last];
	}
	return new Map([...blocks].map(([b, block]) => [`segments/${b}`, block]));
}

/** By segment. What is malformed is passed over. */
export function readSegmentSpans(facts: Facts): Map<number, SegmentSpan> {
	const spans = new Map<number, SegmentSpan>();
	for (const [key, { value }] of facts) {
		const block = KEY.exec(key)?.[1];
		if (block === undefined || !Array.isArray(value)) continue;
		for (const [i, span] of value.slice(0, BLOCK_SEGMENTS).entries()) {
			const [first, last] = Array.isArray(span) ? span.map(finite) : [];
			if (first !== undefined) spans.set(Number(block) * BLOCK_SEGMENTS + i, { first, last });
		}
	}
	return spans;
}

const finite = (value: AnyValue): number | undefined =>
	typeof value === 'number' && Number.isFinite(value) ? value : undefined;
