/**
 * The frames of a link: a device's one socket (`GET /sync`), on which each room is a channel.
 * frame = channel: varuint, op: uint8, payload
 *   1 open   (device → relay): room: varstring, query: varstring (as in a URL, for example `ack=1`)
 *   2 opened (relay → device): empty
 *   3 data   (both ways): the bytes of one y-websocket message
 *   4 close  (both ways): code: varuint, reason: varstring
 *   5 ping   (device → relay, channel 0): empty
 *   6 pong   (relay → device, channel 0): empty; at once, so that a device knows within seconds that a line is dead
 *   7 since  (device → relay, channel 0): position: varuint; asks what changed behind that position, and from now on
 *   8 changes (relay → device, channel 0): position: varuint, count: varuint, count × room: varstring
 *   9 part   (both ways): as data; more of the message follows, and a data frame ends it
 *  10 presence (both ways, channel 0): a report or news of presenceWords.ts
 *  11 rank   (device → relay): isFirst: uint8; 1: the channel's messages go before those of others
 * The device numbers its channels from 1 and never uses a number twice on one link. Channel 0 is the control channel.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

export type LinkFrame =
	| { readonly op: 'open'; readonly channel: number; readonly room: string; readonly query: string }
	| { readonly op: 'opened'; readonly channel: number }
	| { readonly op: 'data'; readonly channel: number; readonly data: Uint8Array }
	| { readonly op: 'part'; readonly channel: number; readonly data: Uint8Array }
	| { readonly op: 'rank'; readonly channel: number; readonly isFirst: boolean }
	| { readonly op: 'close'; readonly channel: number; readonly code: number; readonly reason: string }
	| { readonly op: 'ping' | 'pong'; readonly channel: 0 }
	| { readonly op: 'presence'; readonly channel: 0; readonly data: Uint8Array }
	| { readonly op: 'since'; readonly channel: 0; readonly position: number }
	| {
			readonly op: 'changes';
			readonly channel: 0;
			/** What the relay's store has reached with these. */
			readonly position: number;
			readonly rooms: readonly string[];
	  };

/** @public for who frames without building a {@link LinkFrame} */
export const LINK_OP = {
	open: 1,
	opened: 2,
	data: 3,
	close: 4,
	ping: 5,
	pong: 6,
	since: 7,
	changes: 8,
	part: 9,
	presence: 10,
	rank: 11
} as const;

/** Rooms that one `changes` frame names. The first that names fewer ends the answer to `since`. */
export const CHANGES_ROOMS_MAX = 500;

/** Bytes that a part carries at least: many tiny ones would cost whoever puts them together more than they say. */
const PART_BYTES_MIN = 1_024;

/** Milliseconds between a device's pings. Well under the 30 s after which a stock provider calls its line dead. */
export const LINK_PING_MS = 10_000;

/** Milliseconds without any frame after which a device gives a line up. */
export const LINK_SILENCE_MAX_MS = 25_000;

export function encodeLinkFrame(frame: LinkFrame): Uint8Array {
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, frame.channel);
	encoding.writeUint8(encoder, LINK_OP[frame.op]);
	if (frame.op === 'open') {
		encoding.writeVarString(encoder, frame.room);
		encoding.writeVarString(encoder, frame.query);
	} else if (frame.op === 'data' || frame.op === 'part' || frame.op === 'presence') {
		encoding.writeUint8Array(encoder, frame.data);
	} else if (frame.op === 'close') {
		encoding.writeVarUint(encoder, frame.code);
		encoding.writeVarString(encoder, frame.reason);
	} else if (frame.op === 'rank') {
		encoding.writeUint8(encoder, frame.isFirst ? 1 : 0);
	} else if (frame.op === 'since') {
		encoding.writeVarUint(encoder, frame.position);
	} else if (frame.op === 'changes') {
		encoding.writeVarUint(encoder, frame.position);
		encoding.writeVarUint(encoder, frame.rooms.length);
		for (const room of frame.rooms) encoding.writeVarString(encoder, room);
	}
	return encoding.toUint8Array(encoder);
}

/**
 * Reads one frame; undefined if it is malformed, or carries no message of a room and has more bytes than `wordBytesMax`.
 * `data` is a view into the bytes given.
 */
export function decodeLinkFrame(bytes: Uint8Array, wordBytesMax = Infinity): LinkFrame | undefined {
	try {
		const decoder = decoding.createDecoder(bytes);
		const frame = readFrame(decoder, wordBytesMax);
		// lib0 reads a string past the end of a view when the buffer behind it is larger: another frame's bytes.
		return decoder.pos > bytes.length ? undefined : frame;
	} catch {
		// Malformed bytes of the other side are an expected case, told to the caller as undefined.
		return undefined;
	}
}

function readFrame(decoder: decoding.Decoder, wordBytesMax: number): LinkFrame | undefined {
	const channel = decoding.readVarUint(decoder);
	const op = decoding.readUint8(decoder);
	if (op !== LINK_OP.data && op !== LINK_OP.part && decoder.arr.length > wordBytesMax) return undefined;
	switch (op) {
		case LINK_OP.open:
			return {
				op: 'open',
				channel,
				room: decoding.readVarString(decoder),
				query: decoding.readVarString(decoder)
			};
		case LINK_OP.opened:
			return { op: 'opened', channel };
		case LINK_OP.data:
			return { op: 'data', channel, data: decoding.readTailAsUint8Array(decoder) };
		case LINK_OP.part: {
			const data = decoding.readTailAsUint8Array(decoder);
			return data.length >= PART_BYTES_MIN ? { op: 'part', channel, data } : undefined;
		}
		case LINK_OP.rank:
			return { op: 'rank', channel, isFirst: decoding.readUint8(decoder) === 1 };
		case LINK_OP.close:
			return {
				op: 'close',
				channel,
				code: decoding.readVarUint(decoder),
				reason: decoding.readVarString(decoder)
			};
		case LINK_OP.ping:
			return channel === 0 ? { op: 'ping', channel } : undefined;
		case LINK_OP.pong:
			return channel === 0 ? { op: 'pong', channel } : undefined;
		case LINK_OP.since:
			return channel === 0 ? { op: 'since', channel, position: decoding.readVarUint(decoder) } : undefined;
		case LINK_OP.presence:
			if (channel !== 0) return undefined;
			return { op: 'presence', channel, data: decoding.readTailAsUint8Array(decoder) };
		case LINK_OP.changes:
			return channel === 0 ? { op: 'changes', channel, ...readChanges(decoder) } : undefined;
		default:
			return undefined;
	}
}

function readChanges(decoder: decoding.Decoder): { position: number; rooms: string[] } {
	const position = decoding.readVarUint(decoder);
	const count = decoding.readVarUint(decoder);
	// Each name takes a byte at least, so a larger count is a lie.
	if (count > decoder.arr.length - decoder.pos) throw new Error('count beyond the bytes');
	return { position, rooms: Array.from({ length: count }, () => decoding.readVarString(decoder)) };
}
