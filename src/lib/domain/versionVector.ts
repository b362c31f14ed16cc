/**
 * How much is known of each client's log: Yjs client id → clock (the number of items, so an entry s is covered when
 * 2s + 2 ≤ clock). The same shape serves Yjs state vectors, acks and read state.
 */
export type VersionVector = ReadonlyMap<number, number>;

export const EMPTY_VECTOR: VersionVector = new Map();

/** True if the vector covers the whole of entry `s` of `client`: header and body. */
export const coversEntry = (vector: VersionVector, client: number, s: number): boolean =>
	2 * s + 2 <= (vector.get(client) ?? 0);

/** The least vector that covers both. */
export function joinVectors(a: VersionVector, b: VersionVector): VersionVector {
	const joined = new Map(a);
	for (const [client, clock] of b) if (clock > (joined.get(client) ?? 0)) joined.set(client, clock);
	return joined;
}

/** True if `a` covers everything that `b` covers. */
export function covers(a: VersionVector, b: VersionVector): boolean {
	for (const [client, clock] of b) if (clock > (a.get(client) ?? 0)) return false;
	return true;
}
