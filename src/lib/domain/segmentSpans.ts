/**
 * When the messages of each segment were written, as the info document says it.
 * Keys: `segment/<n>` → {first, last?}, in milliseconds since 1970; a segment without messages has none.
 */
import type { AnyValue } from './boundedAny';
import type { Facts } from './facts';

export interface SegmentSpan {
	readonly first: number;
	/** Undefined while the segment takes new messages: there is no end to it. */
	readonly last: number | undefined;
}

export function segmentFacts(spans: ReadonlyMap<number, SegmentSpan>): Map<string, AnyValue> {
	return new Map(
		[...spans].map(([n, { first, last }]) => [
			`segment/${n}`,
			last === undefined ? { first } : { first, last }
		])
	);
}

/** By segment. What is malformed is passed over. */
export function readSegmentSpans(facts: Facts): Map<number, SegmentSpan> {
	const spans = new Map<number, SegmentSpan>();
	for (const [key, { value }] of facts) {
		const match = /^segment\/(0|[1-9]\d{0,8})$/.exec(key);
		const first = number(value, 'first');
		if (match && first !== undefined) spans.set(Number(match[1]), { first, last: number(value, 'last') });
	}
	return spans;
}

function number(value: AnyValue, name: string): number | undefined {
	if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Uint8Array)
		return undefined;
	const found = value[name];
	return typeof found === 'number' && Number.isFinite(found) ? found : undefined;
}
