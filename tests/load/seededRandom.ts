/** Random numbers that a seed repeats (mulberry32, Tommy Ettinger, public domain; rewritten from its definition). */
export interface Random {
	/** From 0 to 1, without 1. */
	next(): number;
	/** A whole number from 0 to `limit` - 1. */
	below(limit: number): number;
	pick<T>(things: readonly T[]): T;
}

export function seededRandom(seed: number): Random {
	let state = seed >>> 0;
	const next = (): number => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
	const below = (limit: number): number => Math.floor(next() * limit);
	return { next, below, pick: (things) => things[below(things.length)]! };
}
