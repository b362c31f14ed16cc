import type { DeletedRange } from '../src/lib/protocol/updateReader';

/** The same items in the fewest ranges, in order: what repeats or overlaps in a frame costs its reader once. */
export function mergeRanges(ranges: readonly DeletedRange[]): DeletedRange[] {
	const merged: DeletedRange[] = [];
	for (const range of [...ranges].sort((a, b) => a.client - b.client || a.clock - b.clock)) {
		const last = merged.at(-1);
		if (last?.client === range.client && range.clock <= last.clock + last.length) {
			const end = Math.max(last.clock + last.length, range.clock + range.length);
			merged[merged.length - 1] = { ...last, length: end - last.clock };
		} else merged.push(range);
	}
	return merged;
}

/** Index of the first of these consecutive structs that reaches past `clock`; their number if none does. */
export function firstAt(structs: readonly { clock: number; length: number }[], clock: number): number {
	let low = 0;
	let high = structs.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		const { clock: start, length } = structs[middle]!;
		if (start + length > clock) high = middle;
		else low = middle + 1;
	}
	return low;
}
