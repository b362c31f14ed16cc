/**
 * A version vector as a body holds it: `[client, clock, client, clock, …]`, clients ascending, so that the same vector
 * is always the same bytes.
 */
import type { AnyValue } from './boundedAny';
import { CLIENT_MAX } from './entry';
import { VECTOR_CLIENTS_MAX } from './limits';
import type { VersionVector } from './versionVector';

/** The clock behind the last entry that a log can hold. */
const CLOCK_MAX = 2 ** 31;

/** Throws a RangeError if the vector names more than VECTOR_CLIENTS_MAX clients. */
export function encodePairs(vector: VersionVector): number[] {
	if (vector.size > VECTOR_CLIENTS_MAX)
		throw new RangeError(`a vector of ${vector.size} clients is over ${VECTOR_CLIENTS_MAX}`);
	return [...vector].sort(([a], [b]) => a - b).flat();
}

/** Undefined if the value is no such list. Of a client named twice the larger clock holds. */
export function decodePairs(value: AnyValue): VersionVector | undefined {
	if (!Array.isArray(value) || value.length % 2 !== 0 || value.length > 2 * VECTOR_CLIENTS_MAX)
		return undefined;
	const vector = new Map<number, number>();
	for (let i = 0; i < value.length; i += 2) {
		const client = value[i];
		const clock = value[i + 1];
		if (!isCount(client, CLIENT_MAX) || !isCount(clock, CLOCK_MAX)) return undefined;
		if (clock > (vector.get(client) ?? 0)) vector.set(client, clock);
	}
	return vector;
}

const isCount = (value: AnyValue, max: number): value is number =>
	Number.isInteger(value) && (value as number) >= 0 && (value as number) <= max;
