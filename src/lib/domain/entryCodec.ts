/**
 * The bytes of entries, as docs/PROTOCOL.md writes them in equations. Old bytes decode for ever: golden ones stand in
 * entryCodec.test.ts. A header's first byte has its high bit set, a body's has not.
 */
import * as encoding from 'lib0/encoding';
import { decodeAny, type AnyValue } from './boundedAny';
import { BODY_BYTES_MAX, BODY_DEPTH_MAX } from './limits';
import { STAMP_COUNTER_MAX, STAMP_MS_MAX } from './stamp';
import type { EntryHeader } from './entry';

const HEADER_FLAG = 0x80;
/** The version that this code writes, and the only one whose entries it shows. */
export const HEADER_VERSION = 0;
const HEADER_LENGTH = 14;
const BODY_FORMAT_ANY = 0;
const S_MAX = 2 ** 30 - 1;

export const isHeader = (bytes: Uint8Array): boolean => bytes.length > 0 && (bytes[0]! & HEADER_FLAG) !== 0;

/** The 14 bytes of a version 0 header. Throws a RangeError if a field does not fit. */
export function encodeHeader({ kind, s, stamp }: Omit<EntryHeader, 'version'>): Uint8Array {
	assertRange('kind', kind, 255);
	assertRange('s', s, S_MAX);
	assertRange('stamp.ms', stamp.ms, STAMP_MS_MAX);
	assertRange('stamp.counter', stamp.counter, STAMP_COUNTER_MAX);
	const bytes = new Uint8Array(HEADER_LENGTH);
	const view = new DataView(bytes.buffer);
	view.setUint8(0, HEADER_FLAG | HEADER_VERSION);
	view.setUint8(1, kind);
	view.setUint32(2, s);
	view.setUint16(6, Math.floor(stamp.ms / 2 ** 32));
	view.setUint32(8, stamp.ms % 2 ** 32);
	view.setUint16(12, stamp.counter);
	return bytes;
}

/**
 * Reads a header of any version: later versions only add bytes behind these fields. Undefined if the bytes are no
 * header at all.
 */
export function decodeHeader(bytes: Uint8Array): EntryHeader | undefined {
	if (!isHeader(bytes) || bytes.length < HEADER_LENGTH) return undefined;
	const version = bytes[0]! & ~HEADER_FLAG;
	if (version === HEADER_VERSION && bytes.length !== HEADER_LENGTH) return undefined;
	// By hand: a view for each header takes longer than all else of reading a log.
	const s = uint32(bytes, 2);
	if (s > S_MAX) return undefined;
	const ms = uint16(bytes, 6) * 2 ** 32 + uint32(bytes, 8);
	return { version, kind: bytes[1]!, s, stamp: { ms, counter: uint16(bytes, 12) } };
}

const uint16 = (bytes: Uint8Array, at: number): number => (bytes[at]! << 8) | bytes[at + 1]!;
const uint32 = (bytes: Uint8Array, at: number): number => uint16(bytes, at) * 2 ** 16 + uint16(bytes, at + 2);

/** A body from its value. Throws a RangeError if it is larger than a body may be. */
export function encodeBody(value: AnyValue): Uint8Array {
	const bytes = bodyBytes(value);
	if (bytes.length > BODY_BYTES_MAX)
		throw new RangeError(`a body of ${bytes.length} bytes is over ${BODY_BYTES_MAX}`);
	return bytes;
}

/** True if a body may be as large as this value makes it. */
export const fitsBody = (value: AnyValue): boolean => bodyBytes(value).length <= BODY_BYTES_MAX;

function bodyBytes(value: AnyValue): Uint8Array {
	const encoder = encoding.createEncoder();
	encoding.writeUint8(encoder, BODY_FORMAT_ANY);
	encoding.writeAny(encoder, value as Parameters<typeof encoding.writeAny>[1]);
	return encoding.toUint8Array(encoder);
}

/** The value of a body; undefined if its format is unknown, or it is malformed, too large or nested too deeply. */
export function decodeBody(bytes: Uint8Array): { value: AnyValue } | undefined {
	if (bytes.length < 2 || bytes.length > BODY_BYTES_MAX || bytes[0] !== BODY_FORMAT_ANY) return undefined;
	try {
		return { value: decodeAny(bytes.subarray(1), BODY_DEPTH_MAX) };
	} catch {
		// Malformed bytes of a stranger are an expected case here, told to the caller as undefined.
		return undefined;
	}
}

function assertRange(name: string, value: number, max: number): void {
	if (!Number.isInteger(value) || value < 0 || value > max)
		throw new RangeError(`${name} ${value} is not in 0..${max}`);
}
