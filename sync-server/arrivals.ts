/**
 * What arrives on one socket: it is charged to its user, and read when it is their turn. Invariants: what waits for its
 * turn is bounded, since the socket is not read while much does; what is held of messages that do not end is bounded over
 * all sockets of a user; pings are answered in turn with what was sent before them, and not at all while the answers are
 * not read.
 */
import { WebSocket } from 'ws';
import { FRAME_COST, PROGRESS_BYTES_MIN } from './limits';
import type { Duplex } from 'node:stream';
import type { RelayMeters } from './meters';
import type { SocketPace } from './socketPace';
import type { Turns } from './turns';
import type { UserId } from '../src/lib/domain/ids';

export interface ArrivalsOptions {
	readonly socket: WebSocket;
	/** What the socket reads from. */
	readonly connection: Duplex;
	readonly pace: SocketPace;
	readonly turns: Turns;
	readonly meters: RelayMeters;
	readonly receive: (bytes: Uint8Array) => void;
	/** It sent a text, which no device does. */
	readonly onText: () => void;
	/** Of messages that have not ended its user has begun more than may be. */
	readonly onTooMuch: () => void;
	readonly onPong: (mark: Uint8Array) => void;
	/** The socket is gone, and all that it sent has been read. */
	readonly onEnd: () => void;
}

/** What a control frame takes beside its payload: two bytes, and the mask. */
const CONTROL_HEAD_BYTES = 6;
/** While the other side has not taken so many bytes, its pings are not answered. */
const UNREAD_BYTES_MAX = 16_384;

export class Arrivals {
	readonly #options: ArrivalsOptions;
	/** Whose turn it is; undefined until the caller is known. */
	#user: UserId | undefined;
	/** A message, a ping or a pong arrived since somebody last looked. */
	#wasHeard = true;
	/** Bytes that arrived since then: no pong comes within a long message. */
	#arrivedBytes = 0;
	/** Bytes of a message that has not ended yet, roughly. */
	#begunBytes = 0;

	constructor(options: ArrivalsOptions) {
		this.#options = options;
		const { socket, connection, pace, turns, onPong, onTooMuch, onEnd } = options;
		// Before the socket reads it: what is behind its last whole message there is less than a chunk.
		connection.prependListener('data', (chunk: Buffer) => {
			this.#arrivedBytes += chunk.length;
			pace.arrived(chunk.length);
			this.#begun(this.#begunBytes + chunk.length);
		});
		connection.on('data', () => {
			if (!pace.mayBegin) onTooMuch();
		});
		socket.on('message', (data: Buffer, isBinary: boolean) => this.#message(data, isBinary));
		socket.on('ping', (data: Buffer) => {
			this.#heardControl(data);
			this.#inTurn(data.length, () => this.#pong(data));
		});
		socket.on('pong', (mark: Buffer) => {
			this.#heardControl(mark);
			onPong(mark);
		});
		// Behind all that was sent before: who says something and leaves has said it.
		socket.on('close', () => (this.#user === undefined ? onEnd() : turns.read(this.#user, onEnd)));
	}

	/** The caller is known. */
	start(user: UserId): void {
		this.#user = user;
	}

	/** Asked with each ping: false if nothing came since the last one, though the socket was read. */
	isAlive(): boolean {
		const isAlive =
			this.#wasHeard || this.#arrivedBytes >= PROGRESS_BYTES_MIN || this.#options.pace.tookPause();
		this.#wasHeard = false;
		this.#arrivedBytes = 0;
		return isAlive;
	}

	#message(data: Buffer, isBinary: boolean): void {
		const { pace, meters, receive, onText } = this.#options;
		this.#wasHeard = true;
		this.#begun(0);
		pace.received();
		meters.count('framesIn');
		meters.count('bytesIn', data.length);
		// A copy of its own, so that no frame is a window on the memory of others.
		const bytes = new Uint8Array(data);
		this.#inTurn(data.length, isBinary ? () => receive(bytes) : onText);
	}

	#heardControl(data: Buffer): void {
		this.#wasHeard = true;
		this.#options.pace.received();
		this.#begun(Math.max(0, this.#begunBytes - CONTROL_HEAD_BYTES - data.length));
	}

	#begun(bytes: number): void {
		this.#options.pace.begun(bytes - this.#begunBytes);
		this.#begunBytes = bytes;
	}

	/** Does it in the user's turn. Before the user is known it costs next to nothing. */
	#inTurn(bytes: number, action: () => void): void {
		const { pace, turns } = this.#options;
		if (this.#user === undefined) return action();
		const cost = bytes + FRAME_COST;
		pace.waits(cost);
		turns.read(this.#user, () => {
			pace.waits(-cost);
			action();
		});
	}

	#pong(data: Buffer): void {
		const { socket, connection } = this.#options;
		if (socket.readyState === WebSocket.OPEN && connection.writableLength < UNREAD_BYTES_MAX)
			socket.pong(data);
	}
}
