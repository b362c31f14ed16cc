/**
 * The client half of a WebSocket with as little work as can be, so that thousands of them and their traffic cost the
 * measuring process little: binary messages, pings answered, nothing checked.
 */
import { connect, type Socket } from 'node:net';

export interface RawSocketOptions {
	readonly port: number;
	readonly path: string;
	readonly token: string;
	readonly onOpen: () => void;
	/** A view that holds until it returns. */
	readonly onMessage: (message: Buffer) => void;
	readonly onClose: () => void;
}

const OPCODE = { binary: 2, close: 8, ping: 9, pong: 10 } as const;
const END_OF_HEAD = Buffer.from('\r\n\r\n');

export class RawSocket {
	readonly #options: RawSocketOptions;
	readonly #socket: Socket;
	#isOpen = false;
	#rest: Buffer | undefined;

	constructor(options: RawSocketOptions) {
		this.#options = options;
		this.#socket = connect({ host: '127.0.0.1', port: options.port, noDelay: true });
		this.#socket.write(
			[
				`GET ${options.path} HTTP/1.1`,
				'Host: 127.0.0.1',
				'Upgrade: websocket',
				'Connection: Upgrade',
				'Sec-WebSocket-Version: 13',
				'Sec-WebSocket-Key: c2tlaW4gYmVuY2htYXJrIQ==',
				`Authorization: Bearer ${options.token}`,
				'\r\n'
			].join('\r\n')
		);
		this.#socket.on('data', (bytes) => this.#take(bytes));
		this.#socket.on('close', options.onClose);
		this.#socket.on('error', () => this.#socket.destroy());
	}

	get bytesIn(): number {
		return this.#socket.bytesRead;
	}

	get bytesOut(): number {
		return this.#socket.bytesWritten;
	}

	send(message: Uint8Array): void {
		this.#socket.write(maskedFrame(OPCODE.binary, message));
	}

	end(): void {
		this.#socket.destroy();
	}

	#take(bytes: Buffer): void {
		let data = this.#rest ? Buffer.concat([this.#rest, bytes]) : bytes;
		this.#rest = undefined;
		if (!this.#isOpen) {
			const end = data.indexOf(END_OF_HEAD);
			if (end >= 0) {
				this.#isOpen = true;
				data = data.subarray(end + END_OF_HEAD.length);
				this.#options.onOpen();
			}
		}
		const read = this.#isOpen ? this.#readFrames(data) : 0;
		if (read < data.length) this.#rest = data.subarray(read);
	}

	/** How many bytes were whole frames. */
	#readFrames(data: Buffer): number {
		let at = 0;
		while (data.length - at >= 2) {
			let length = data[at + 1]! & 127;
			let start = at + 2;
			if (length === 126) {
				if (data.length - at < 4) break;
				length = data.readUInt16BE(start);
				start += 2;
			} else if (length === 127) {
				if (data.length - at < 10) break;
				length = Number(data.readBigUInt64BE(start));
				start += 8;
			}
			if (data.length - start < length) break;
			const payload = data.subarray(start, start + length);
			const opcode = data[at]! & 15;
			if (opcode === OPCODE.ping) this.#socket.write(maskedFrame(OPCODE.pong, payload));
			else if (opcode === OPCODE.binary) this.#options.onMessage(payload);
			at = start + length;
		}
		return at;
	}
}

/** With a mask of zeros, which leaves the payload as it is. */
function maskedFrame(opcode: number, payload: Uint8Array): Buffer {
	const { length } = payload;
	const size = length < 126 ? 2 : length < 65_536 ? 4 : 10;
	const frame = Buffer.allocUnsafe(size + 4 + length);
	frame[0] = 0x80 | opcode;
	if (size === 2) frame[1] = 0x80 | length;
	else if (size === 4) {
		frame[1] = 0x80 | 126;
		frame.writeUInt16BE(length, 2);
	} else {
		frame[1] = 0x80 | 127;
		frame.writeBigUInt64BE(BigInt(length), 2);
	}
	frame.fill(0, size, size + 4);
	frame.set(payload, size + 4);
	return frame;
}
