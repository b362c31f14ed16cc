/**
 * The messages of the y-websocket protocol as the relay reads and writes them (y-protocols/PROTOCOL.md).
 * message = 0, 0: stateVector | 0, 1: update (sync step 2) | 0, 2: update | 1: awareness | 3 (query awareness)
 * Each payload is a varuint8array. Acks are in protocol/ack.ts.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

const MESSAGE = { sync: 0, awareness: 1, queryAwareness: 3 } as const;
const SYNC = { step1: 0, step2: 1, update: 2 } as const;

type Payloads = 'step1' | 'step2' | 'update' | 'awareness';

export type SyncMessage =
	| { readonly [T in Payloads]: { readonly type: T; readonly payload: Uint8Array } }[Payloads]
	| { readonly type: 'queryAwareness' };

/** An empty awareness message: a stock provider calls a line dead after 30 s without any message. */
export const ALIVE = new Uint8Array([MESSAGE.awareness, 1, 0]);

/** A sync step 1, whole or its first part, whose vector has so many bytes at least, by its own word. */
export function isStep1Over(vectorBytes: number, bytes: Uint8Array): boolean {
	if (bytes.length < 8 || bytes[0] !== MESSAGE.sync || bytes[1] !== SYNC.step1) return false;
	try {
		return decoding.readVarUint(decoding.createDecoder(bytes.subarray(2))) > vectorBytes;
	} catch {
		return false;
	}
}

/** Looks at how it begins alone. */
export const isStep2 = (bytes: Uint8Array): boolean => bytes[0] === MESSAGE.sync && bytes[1] === SYNC.step2;

/** Reads one message; undefined if it is malformed. The payload is a view into the bytes given. */
export function decodeSyncMessage(bytes: Uint8Array): SyncMessage | undefined {
	try {
		const decoder = decoding.createDecoder(bytes);
		const message = readMessage(decoder);
		return decoding.hasContent(decoder) ? undefined : message;
	} catch {
		// Malformed bytes of a stranger are an expected case, told to the caller as undefined.
		return undefined;
	}
}

function readMessage(decoder: decoding.Decoder): SyncMessage | undefined {
	const message = decoding.readVarUint(decoder);
	if (message === MESSAGE.queryAwareness) return { type: 'queryAwareness' };
	if (message === MESSAGE.awareness)
		return { type: 'awareness', payload: decoding.readVarUint8Array(decoder) };
	if (message !== MESSAGE.sync) return undefined;
	const step = decoding.readVarUint(decoder);
	const type = (['step1', 'step2', 'update'] as const)[step];
	return type && { type, payload: decoding.readVarUint8Array(decoder) };
}

function syncMessage(step: number, payload: Uint8Array): Uint8Array {
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, MESSAGE.sync);
	encoding.writeVarUint(encoder, step);
	encoding.writeVarUint8Array(encoder, payload);
	return encoding.toUint8Array(encoder);
}

export const encodeStep1 = (stateVector: Uint8Array): Uint8Array => syncMessage(SYNC.step1, stateVector);
export const encodeStep2 = (update: Uint8Array): Uint8Array => syncMessage(SYNC.step2, update);
export const encodeUpdate = (update: Uint8Array): Uint8Array => syncMessage(SYNC.update, update);

export function encodeAwareness(update: Uint8Array): Uint8Array {
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, MESSAGE.awareness);
	encoding.writeVarUint8Array(encoder, update);
	return encoding.toUint8Array(encoder);
}
