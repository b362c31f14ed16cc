import * as decoding from 'lib0/decoding';

/** A value of lib0's `any` encoding as bodies use it. */
export type AnyValue =
	| null
	| undefined
	| boolean
	| number
	| bigint
	| string
	| Uint8Array
	| AnyValue[]
	| { [key: string]: AnyValue };

/**
 * Decodes one value in lib0's `any` encoding (lib0/encoding.js, writeAny) from bytes written by a stranger.
 * Unlike lib0's own reader it bounds depth and counts, sets no prototype through a `__proto__` key, and leaves nothing
 * behind the value unread. Throws an Error on anything malformed.
 */
export function decodeAny(bytes: Uint8Array, depthMax: number): AnyValue {
	const decoder = decoding.createDecoder(bytes);
	const value = readValue(decoder, depthMax);
	if (decoding.hasContent(decoder)) throw new Error('bytes behind the value');
	return value;
}

function readValue(decoder: decoding.Decoder, depth: number): AnyValue {
	const type = decoding.readUint8(decoder);
	switch (type) {
		case 127:
			return undefined;
		case 126:
			return null;
		case 125:
			return decoding.readVarInt(decoder);
		case 124:
			return decoding.readFloat32(decoder);
		case 123:
			return decoding.readFloat64(decoder);
		case 122:
			return decoding.readBigInt64(decoder);
		case 121:
			return false;
		case 120:
			return true;
		case 119:
			return decoding.readVarString(decoder);
		case 118:
			return readObject(decoder, depth);
		case 117:
			return readArray(decoder, depth);
		case 116:
			return decoding.readVarUint8Array(decoder).slice();
		default:
			throw new Error(`unknown type byte ${type}`);
	}
}

function readCount(decoder: decoding.Decoder, depth: number): number {
	if (depth <= 0) throw new Error('nested too deeply');
	const count = decoding.readVarUint(decoder);
	// Each element takes a byte at least, so a larger count is a lie.
	if (count > decoder.arr.length - decoder.pos) throw new Error('count beyond the bytes');
	return count;
}

function readArray(decoder: decoding.Decoder, depth: number): AnyValue[] {
	const count = readCount(decoder, depth);
	const array: AnyValue[] = [];
	for (let i = 0; i < count; i++) array.push(readValue(decoder, depth - 1));
	return array;
}

function readObject(decoder: decoding.Decoder, depth: number): { [key: string]: AnyValue } {
	const count = readCount(decoder, depth);
	const object: { [key: string]: AnyValue } = {};
	for (let i = 0; i < count; i++) {
		const key = decoding.readVarString(decoder);
		const value = readValue(decoder, depth - 1);
		if (key !== '__proto__') object[key] = value;
	}
	return object;
}
