/**
 * Hybrid logical time (Kulkarni et al., "Logical Physical Clocks", 2014): 48 bits of milliseconds since 1970 and a
 * 16-bit counter, which orders what happens within one millisecond or while the wall clock stands behind.
 */
export interface Stamp {
	readonly ms: number;
	readonly counter: number;
}

export const STAMP_MS_MAX = 2 ** 48 - 1;
export const STAMP_COUNTER_MAX = 2 ** 16 - 1;

export const ZERO_STAMP: Stamp = { ms: 0, counter: 0 };

/** Negative if `a` is earlier, positive if later, 0 if equal. */
export const compareStamps = (a: Stamp, b: Stamp): number => a.ms - b.ms || a.counter - b.counter;

export const laterStamp = (a: Stamp, b: Stamp): Stamp => (compareStamps(a, b) >= 0 ? a : b);

/** The next stamp after this one; stays at the very last one, which no honest clock reaches. */
export function nextStamp(stamp: Stamp): Stamp {
	if (stamp.counter < STAMP_COUNTER_MAX) return { ms: stamp.ms, counter: stamp.counter + 1 };
	if (stamp.ms < STAMP_MS_MAX) return { ms: stamp.ms + 1, counter: 0 };
	return stamp;
}
