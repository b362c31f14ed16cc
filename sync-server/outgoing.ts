/**
 * A message on its way to any number of receivers. Invariant: its bytes are framed once and shared, on sockets of its room
 * as on links; on a link only the few bytes of the channel's number differ, and few numbers are in use.
 */
import { LINK_OP } from '../src/lib/protocol/linkFrames';

const BINARY_FRAME = 0x82;
/** A message up to this size is copied behind the head of each frame; of a larger one it would cost more than a write. */
const COPIED_BYTES_MAX = 16_384;
/** Channel numbers whose frames are kept. */
const KEPT_MAX = 64;

export class Outgoing {
	readonly bytes: Uint8Array;
	#onSocket: readonly Buffer[] | undefined;
	#onChannels: Map<number, readonly Buffer[]> | undefined;

	constructor(bytes: Uint8Array) {
		this.bytes = bytes;
	}

	/** The WebSocket frame of the message. */
	get onSocket(): readonly Buffer[] {
		return (this.#onSocket ??= frameOf([], this.bytes));
	}

	/** The WebSocket frame of the link frame that carries the message. */
	onChannel(channel: number): readonly Buffer[] {
		const kept = this.#onChannels?.get(channel);
		if (kept) return kept;
		const frame = frameOf(linkHead(channel, LINK_OP.data), this.bytes);
		this.#onChannels ??= new Map();
		if (this.#onChannels.size < KEPT_MAX) this.#onChannels.set(channel, frame);
		return frame;
	}

	/** A piece of it, for a link. */
	partOnChannel(channel: number, { from, to, isLast }: { from: number; to: number; isLast: boolean }) {
		const head = linkHead(channel, isLast ? LINK_OP.data : LINK_OP.part);
		return frameOf(head, this.bytes.subarray(from, to));
	}
}

/** channel: varuint, op: uint8 */
function linkHead(channel: number, op: number): number[] {
	const head: number[] = [];
	let left = channel;
	while (left > 127) {
		head.push(0x80 | (left & 127));
		left = Math.floor(left / 128);
	}
	head.push(left, op);
	return head;
}

/** A whole binary frame of a server (RFC 6455, section 5.2): final, unmasked. */
function frameOf(prefix: readonly number[], bytes: Uint8Array): readonly Buffer[] {
	const length = prefix.length + bytes.length;
	const size = length < 126 ? 2 : length < 65_536 ? 4 : 10;
	const isCopied = bytes.length <= COPIED_BYTES_MAX;
	const head = Buffer.allocUnsafe(size + (isCopied ? length : prefix.length));
	head[0] = BINARY_FRAME;
	if (size === 2) head[1] = length;
	else if (size === 4) {
		head[1] = 126;
		head.writeUInt16BE(length, 2);
	} else {
		head[1] = 127;
		head.writeUIntBE(0, 2, 4);
		head.writeUInt32BE(length, 6);
	}
	for (let i = 0; i < prefix.length; i++) head[size + i] = prefix[i]!;
	if (!isCopied) return [head, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)];
	head.set(bytes, size + prefix.length);
	return [head];
}
