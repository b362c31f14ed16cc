import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import * as decoding from 'lib0/decoding';
import { MESSAGE_ACK, readAck, type Ack } from '../src/lib/protocol/ack';
import { decodeSyncMessage, encodeStep1, encodeStep2, encodeUpdate, type SyncMessage } from './syncMessages';
import { ROOM } from './relay.fixture';

export type Heard = SyncMessage | ({ readonly type: 'ack' } & Ack);

export interface RawClientOptions {
	/** The session; empty for none. */
	readonly session: string;
	readonly room?: string;
	readonly query?: string;
	readonly origin?: string;
	/** False: leaves pings unanswered. */
	readonly autoPong?: boolean;
}

/** A client that says what the test tells it to, byte by byte, and keeps what it hears. */
export class RawClient {
	readonly socket: WebSocket;
	readonly heard: Heard[] = [];
	/** Settles with the code that the relay closed it with. */
	readonly closed: Promise<{ code: number; reason: string }>;
	#look = () => {};

	constructor(url: string, { session, room = ROOM, query = '', origin, autoPong = true }: RawClientOptions) {
		const headers = session === '' ? undefined : { authorization: `Bearer ${session}` };
		const path = room === '' ? '' : `/${room}`;
		this.socket = new WebSocket(`${url}${path}${query && `?${query}`}`, { headers, origin, autoPong });
		this.socket.on('message', (data: Buffer) => {
			const message = read(new Uint8Array(data));
			if (message) this.heard.push(message);
			this.#look();
		});
		this.closed = new Promise((resolve) => {
			this.socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }));
		});
		this.socket.on('error', () => this.#look());
		onTestFinished(() => this.socket.terminate());
	}

	get opened(): Promise<void> {
		if (this.socket.readyState === WebSocket.OPEN) return Promise.resolve();
		return new Promise((resolve) => this.socket.once('open', () => resolve()));
	}

	/** Settles with the first message heard that matches, earlier ones included. */
	hears<T extends Heard['type']>(
		type: T,
		matches: (message: Extract<Heard, { type: T }>) => boolean = () => true
	) {
		return new Promise<Extract<Heard, { type: T }>>((resolve) => {
			this.#look = () => {
				const found = this.heard.find(
					(message): message is Extract<Heard, { type: T }> =>
						message.type === type && matches(message as Extract<Heard, { type: T }>)
				);
				if (found) resolve(found);
			};
			this.#look();
		});
	}

	/** Settles when the relay has read all that was sent until now. */
	async answered(): Promise<void> {
		await this.opened;
		this.socket.ping();
		await new Promise((resolve) => this.socket.once('pong', resolve));
	}

	count(type: Heard['type']): number {
		return this.heard.filter((message) => message.type === type).length;
	}

	/** Sends at once, or first thing when the socket opens. */
	send(bytes: Uint8Array): void {
		if (this.socket.readyState === WebSocket.CONNECTING)
			this.socket.once('open', () => this.socket.send(bytes));
		else this.socket.send(bytes);
	}
	sendUpdate(update: Uint8Array): void {
		this.send(encodeUpdate(update));
	}
	sendStep2(update: Uint8Array): void {
		this.send(encodeStep2(update));
	}
	sendStep1(doc = new Y.Doc()): void {
		this.send(encodeStep1(Y.encodeStateVector(doc)));
	}
}

function read(bytes: Uint8Array): Heard | undefined {
	const decoder = decoding.createDecoder(bytes);
	if (decoding.readVarUint(decoder) === MESSAGE_ACK) return { type: 'ack', ...readAck(decoder) };
	return decodeSyncMessage(bytes);
}
