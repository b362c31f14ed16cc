/**
 * Changed copies of honest frames: bytes are flipped, cut, spliced and written over with other numbers, structs are
 * doubled, reordered and given other names. The same random numbers make the same frames.
 */
import * as encoding from 'lib0/encoding';
import {
	decodeSyncMessage,
	encodeAwareness,
	encodeStep1,
	encodeStep2,
	encodeUpdate
} from '../../sync-server/syncMessages';
import { mutateStructs, type Victim } from './mutateStructs';
import type { Random } from '../load/seededRandom';

export interface Mutations {
	readonly random: Random;
	/** Other frames, to splice from. */
	readonly others: readonly Uint8Array[];
	/** Whose client ids are worth writing. */
	readonly victims: readonly Victim[];
}

const NUMBERS = [
	0,
	1,
	2,
	3,
	127,
	128,
	16_383,
	2 ** 21,
	33_000_000,
	2 ** 31 - 1,
	2 ** 32 - 1,
	2 ** 32,
	2 ** 53 - 1
];
const wrappers = { step1: encodeStep1, step2: encodeStep2, update: encodeUpdate, awareness: encodeAwareness };

/** One changed y-websocket message. Some are framed as before, so that what is inside is read. */
export function mutateMessage(message: Uint8Array, how: Mutations): Uint8Array {
	const { random } = how;
	const read = decodeSyncMessage(message);
	if (!read || read.type === 'queryAwareness' || random.below(10) === 0) return mutateBytes(message, how);
	let type = read.type;
	if (random.below(6) === 0) type = random.pick(['step2', 'update', 'update', 'step1', 'awareness'] as const);
	let payload = read.payload;
	const rounds = 1 + random.below(3);
	for (let i = 0; i < rounds; i++) {
		const isUpdate = read.type === 'step2' || read.type === 'update';
		payload =
			isUpdate && random.below(2) === 0
				? mutateStructs(payload, random, how.victims)
				: mutateBytes(payload, how);
	}
	return wrappers[type](payload);
}

/** Bytes changed in one of a dozen ways, or as they are. */
export function mutateBytes(bytes: Uint8Array, { random, others, victims }: Mutations): Uint8Array {
	const at = random.below(bytes.length + 1);
	const length = random.below(1 + Math.min(40, bytes.length - at));
	const cut = (insert: Uint8Array | readonly number[], skip = 0) =>
		new Uint8Array([...bytes.subarray(0, at), ...insert, ...bytes.subarray(at + skip)]);
	switch (random.below(10)) {
		case 0:
			return bytes;
		case 1:
		case 2:
			return flipped(bytes, random);
		case 3:
			return bytes.slice(0, at);
		case 4:
			return cut([], length);
		case 5:
			return cut(bytes.subarray(at, at + length));
		case 6:
			return cut(
				Array.from({ length: 1 + random.below(8) }, () => random.below(256)),
				length
			);
		case 7: {
			const other = random.pick(others);
			const from = random.below(other.length + 1);
			return cut(other.subarray(from, from + random.below(60)), length);
		}
		case 8:
			return cut(varint(random.pick(NUMBERS)), varintLength(bytes, at));
		default:
			return cut(varint(random.pick(victims).client), varintLength(bytes, at));
	}
}

function flipped(bytes: Uint8Array, random: Random): Uint8Array {
	const copy = bytes.slice();
	for (let i = 1 + random.below(4); i > 0 && copy.length > 0; i--)
		copy[random.below(copy.length)]! ^= 1 << random.below(8);
	return copy;
}

const varint = (value: number): Uint8Array =>
	encoding.encode((encoder) => encoding.writeVarUint(encoder, value));

function varintLength(bytes: Uint8Array, at: number): number {
	let end = at;
	while (end < bytes.length && bytes[end]! >= 0x80) end += 1;
	return end + 1 - at;
}
