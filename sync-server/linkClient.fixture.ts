import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { decodeLinkFrame, encodeLinkFrame, type LinkFrame } from '../src/lib/protocol/linkFrames';
import { PartAssembly } from '../src/lib/protocol/partAssembly';
import { ROOM } from './relay.fixture';

/** A device's end of a link that says what the test tells it to, and keeps what it hears: frames, and whole messages. */
export class LinkClient {
	readonly socket: WebSocket;
	readonly frames: LinkFrame[] = [];
	readonly messages: { readonly channel: number; readonly data: Uint8Array }[] = [];
	readonly closed: Promise<number>;
	readonly #parts = new PartAssembly({ messageBytesMax: Infinity, bytesMax: Infinity });
	#look = () => {};

	constructor(url: string, session: string) {
		const headers = session === '' ? undefined : { authorization: `Bearer ${session}` };
		this.socket = new WebSocket(url, { headers });
		this.socket.on('message', (data: Buffer) => this.#take(decodeLinkFrame(new Uint8Array(data))!));
		this.socket.on('error', () => this.#look());
		this.closed = new Promise((resolve) => this.socket.on('close', resolve));
		onTestFinished(() => this.socket.terminate());
	}

	/** A link that is open. */
	static async open(url: string, session: string): Promise<LinkClient> {
		const link = new LinkClient(url, session);
		await once(link.socket, 'open');
		return link;
	}

	send(frame: LinkFrame): void {
		this.socket.send(encodeLinkFrame(frame));
	}

	openRoom(channel: number, room = ROOM): void {
		this.send({ op: 'open', channel, room, query: 'ack=1' });
	}

	/** Settles with the first frame heard that matches, earlier ones included. */
	hears(matches: (frame: LinkFrame) => boolean): Promise<LinkFrame> {
		return this.#when(() => this.frames.find(matches));
	}

	/** Settles with the first whole message of a channel that matches. */
	hearsOn(channel: number, matches: (data: Uint8Array) => boolean): Promise<Uint8Array> {
		return this.#when(
			() => this.messages.find((message) => message.channel === channel && matches(message.data))?.data
		);
	}

	#when<T>(find: () => T | undefined): Promise<T> {
		return new Promise((resolve) => {
			this.#look = () => {
				const found = find();
				if (found !== undefined) resolve(found);
			};
			this.#look();
		});
	}

	#take(frame: LinkFrame): void {
		this.frames.push(frame);
		if (frame.op === 'part') this.#parts.add(frame.channel, frame.data);
		else if (frame.op === 'data')
			this.messages.push({ channel: frame.channel, data: this.#parts.finish(frame.channel, frame.data) });
		this.#look();
	}
}
