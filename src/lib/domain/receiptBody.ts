import { decodePairs, encodePairs } from './vectorPairs';
import { decodeRecord } from './bodyRecord';
import { encodeBody } from './entryCodec';
import type { VersionVector } from './versionVector';

/** How far its author has read in the segment that the receipt stands in. */
export interface ReceiptBody {
	readonly vector: VersionVector;
}

/** Throws a RangeError if the vector names more clients than one may. */
export const encodeReceiptBody = ({ vector }: ReceiptBody): Uint8Array =>
	encodeBody({ v: encodePairs(vector) });

export function decodeReceiptBody(bytes: Uint8Array): ReceiptBody | undefined {
	const vector = decodePairs(decodeRecord(bytes)?.v);
	return vector && { vector };
}
