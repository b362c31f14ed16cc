/** From when to when a segment's messages go, and what the server tells between them: what is a line of the timeline. */
import { KIND, type Entry } from '../domain/entry';
import { sealOf } from '../domain/seals';
import type { SegmentSync } from './segmentSync';

interface Moments {
	readonly first: number;
	readonly last: number;
}

/** Reads each state of a segment's entries once: it is asked with each look at what is shown. */
export function createMoments() {
	const read = new WeakMap<readonly Entry[], Moments | undefined>();
	/** Undefined if it has no line. */
	return (segment: SegmentSync | undefined): Moments | undefined => {
		if (!segment) return undefined;
		const { entries } = segment;
		if (!read.has(entries)) read.set(entries, momentsOf(entries));
		return read.get(entries);
	};
}

function momentsOf(entries: readonly Entry[]): Moments | undefined {
	let moments: Moments | undefined;
	for (const entry of entries) {
		const { kind, body, stamp } = entry;
		if (!body || (kind !== KIND.message && kind !== KIND.system) || sealOf(entry)) continue;
		const { first, last } = moments ?? { first: stamp.ms, last: stamp.ms };
		moments = { first: Math.min(first, stamp.ms), last: Math.max(last, stamp.ms) };
	}
	return moments;
}
