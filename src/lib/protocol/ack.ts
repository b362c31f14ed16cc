/**
 * The ack: the relay's word on what is on its disk, on channels opened with `?ack=1`.
 * ack = varuint 100, full: uint8 (1 = whole vector, replaces what was known; 0 = changed pairs, joins it),
 *       relayTimeMs: varuint, count: varuint, count × (client: varuint, clock: varuint),
 *       if it is full: own: varuint, how many of the first of these are logs of the user who hears it
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { VersionVector } from '../domain/versionVector';

export const MESSAGE_ACK = 100;

export interface Ack {
	readonly full: boolean;
	/** The relay's wall clock in milliseconds as it sent this. */
	readonly relayTimeMs: number;
	readonly vector: VersionVector;
	/** How many of the vector's first clients are the hearer's own; undefined if that is not said. */
	readonly own?: number;
}

/** The whole message, its type included. */
export function encodeAck({ full, relayTimeMs, vector, own }: Ack): Uint8Array {
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, MESSAGE_ACK);
	encoding.writeUint8(encoder, full ? 1 : 0);
	encoding.writeVarUint(encoder, relayTimeMs);
	encoding.writeVarUint(encoder, vector.size);
	for (const [client, clock] of vector) {
		encoding.writeVarUint(encoder, client);
		encoding.writeVarUint(encoder, clock);
	}
	if (own !== undefined) encoding.writeVarUint(encoder, own);
	return encoding.toUint8Array(encoder);
}

/** Reads an ack behind its message type, where the provider's decoder stands. Throws on malformed bytes. */
export function readAck(decoder: decoding.Decoder): Ack & { readonly vector: Map<number, number> } {
	const full = decoding.readUint8(decoder) === 1;
	const relayTimeMs = decoding.readVarUint(decoder);
	const count = decoding.readVarUint(decoder);
	const vector = new Map<number, number>();
	for (let i = 0; i < count; i++) vector.set(decoding.readVarUint(decoder), decoding.readVarUint(decoder));
	const own = decoding.hasContent(decoder) ? decoding.readVarUint(decoder) : undefined;
	return { full, relayTimeMs, vector, own };
}
