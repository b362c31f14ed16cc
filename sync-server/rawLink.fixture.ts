import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { decodeLinkFrame, encodeLinkFrame, type LinkFrame } from '../src/lib/protocol/linkFrames';
import { decodeSyncMessage, encodeUpdate, type SyncMessage } from './syncMessages';
import { ROOM } from './relay.fixture';

/** A link that says what the test tells it to, and keeps what it hears. */
export class RawLink {
	readonly socket: WebSocket;
	readonly heard: LinkFrame[] = [];
	/** Settles with the code that the relay closed it with. */
	readonly closed: Promise<number>;
	readonly opened: Promise<void>;
	readonly #looking = new Set<() => void>();

	constructor(url: string, session: string) {
		this.socket = new WebSocket(url, { headers: { authorization: `Bearer ${session}` } });
		this.socket.on('message', (data: Buffer) => {
			this.heard.push(decodeLinkFrame(new Uint8Array(data))!);
			for (const look of [...this.#looking]) look();
		});
		this.opened = new Promise((resolve) => this.socket.once('open', () => resolve()));
		this.closed = new Promise((resolve) => this.socket.on('close', resolve));
		onTestFinished(() => this.socket.terminate());
	}

	send(frame: LinkFrame): void {
		this.socket.send(encodeLinkFrame(frame));
	}

	open(channel: number, room = ROOM, query = ''): void {
		this.send({ op: 'open', channel, room, query });
	}

	sendUpdate(channel: number, update: Uint8Array): void {
		this.send({ op: 'data', channel, data: encodeUpdate(update) });
	}

	/** Settles with the first frame heard that matches, earlier ones included. */
	hears<T extends LinkFrame['op']>(
		op: T,
		matches: (frame: Extract<LinkFrame, { op: T }>) => boolean = () => true
	): Promise<Extract<LinkFrame, { op: T }>> {
		return new Promise((resolve) => {
			const look = () => {
				const found = this.heard.find(
					(frame): frame is Extract<LinkFrame, { op: T }> =>
						frame.op === op && matches(frame as Extract<LinkFrame, { op: T }>)
				);
				if (!found) return;
				this.#looking.delete(look);
				resolve(found);
			};
			this.#looking.add(look);
			look();
		});
	}

	/** What the relay sent on a channel. */
	messages(channel: number): SyncMessage[] {
		return this.heard.flatMap((frame) => {
			const message =
				frame.op === 'data' && frame.channel === channel ? decodeSyncMessage(frame.data) : undefined;
			return message ? [message] : [];
		});
	}

	/** Settles when the relay has read what was sent until now, and this side what it sent until then. */
	async answered(): Promise<void> {
		this.heard.splice(0, this.heard.length, ...this.heard.filter(({ op }) => op !== 'pong'));
		this.send({ op: 'ping', channel: 0 });
		await this.hears('pong');
	}
}
