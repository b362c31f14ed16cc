/**
 * The relay's end of the line to the app. Invariants: nobody without the secret is heard; an app that comes anew is
 * told again how the segments stand, since the one before may have been killed before it wrote that down; and the relay
 * hears that it has come, since the one before may have been killed before it told who may no longer be here.
 */
import { WebSocketServer, type WebSocket } from 'ws';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import { carryOut } from './lineAsks';
import { decodeWord, encodeWord, failureOf, LINE_PATH, type LineEvent } from './lineWords';
import { isSecret } from './lineSecret';
import { segmentRoom } from '../../protocol/rooms';
import type { RelayPort, SegmentState } from '../relayPort';

/** Milliseconds between two words on where something was written. */
const WRITTEN_EVERY_MS = 100;
/** Milliseconds between two warnings of askers without the secret. */
const WARNED_EVERY_MS = 60_000;
/** Segments that are remembered for the next app. What is beyond is told when the segment is read from disk again. */
const SEGMENTS_MAX = 10_000;

/** Calls back after so many milliseconds. Returns the way to stop it. */
type After = (ms: number, callback: () => void) => () => void;

export class LineDesk {
	readonly #secret: string;
	readonly #log: Logger;
	readonly #after: After;
	readonly #written = new Set<string>();
	#stopTelling: (() => void) | undefined;
	#stopQuiet: (() => void) | undefined;
	readonly #server = new WebSocketServer({ noServer: true, perMessageDeflate: false });
	readonly #segments = new Map<string, SegmentState>();
	#relay: RelayPort | undefined;
	#onApp = () => {};
	/** The health that apps know of, as JSON. */
	#toldHealth = '';

	constructor({ secret, log, after }: { secret: string; log: Logger; after: After }) {
		this.#secret = secret;
		this.#log = log;
		this.#after = after;
	}

	/** From now on it answers for this relay. `onApp` hears that an app has come on the line. */
	serve(relay: RelayPort, onApp: () => void): void {
		this.#relay = relay;
		this.#onApp = onApp;
	}

	/** Takes over an upgrade if it is for the line, with the secret or without; false if it is not. */
	handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
		if (request.url !== LINE_PATH) return false;
		if (isSecret(request.headers.authorization, this.#secret)) {
			this.#server.handleUpgrade(request, socket, head, (line) => this.#serve(line));
		} else {
			this.#warn();
			socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
		}
		return true;
	}

	segment(state: SegmentState): void {
		const room = segmentRoom(state.conversation, state.segment);
		this.#segments.delete(room);
		this.#segments.set(room, state);
		const [oldest] = this.#segments.keys();
		if (this.#segments.size > SEGMENTS_MAX && oldest !== undefined) this.#segments.delete(oldest);
		this.#tell('segment', state);
	}

	/** Something in the room is on disk. Told some at a time: an app that is away hears of none, and looks by itself. */
	written(room: string): void {
		if (this.#server.clients.size === 0) return;
		this.#written.add(room);
		this.#stopTelling ??= this.#after(WRITTEN_EVERY_MS, () => {
			this.#stopTelling = undefined;
			this.#tell('written', [...this.#written]);
			this.#written.clear();
		});
	}

	/** What could not be stored may be tried again. */
	retry(): void {
		this.#tellHealth();
		this.#tell('retry', null);
	}

	close(): void {
		this.#stopTelling?.();
		this.#stopQuiet?.();
		for (const line of this.#server.clients) line.terminate();
	}

	/** Anybody may ask without it: nobody fills the log by that. */
	#warn(): void {
		if (this.#stopQuiet) return;
		this.#stopQuiet = this.#after(WARNED_EVERY_MS, () => (this.#stopQuiet = undefined));
		this.#log.warn({}, 'a line to the relay was asked for without its secret');
	}

	#serve(line: WebSocket): void {
		this.#log.info({}, 'the app is on the line');
		this.#onApp();
		line.on('error', (error) => this.#log.info({ reason: error.message }, 'the line to the app broke'));
		line.on('message', (bytes: Buffer) => void this.#answer(line, new Uint8Array(bytes)));
		this.#toldHealth = '';
		this.#tellHealth();
		for (const state of this.#segments.values())
			line.send(encodeWord(0, 'segment' satisfies LineEvent, state));
	}

	async #answer(line: WebSocket, bytes: Uint8Array): Promise<void> {
		let id = 0;
		try {
			const [asked, op, given] = decodeWord(bytes);
			id = asked;
			if (!this.#relay) throw new Error('the relay is not there yet');
			line.send(encodeWord(id, true, (await carryOut(this.#relay, String(op), given)) ?? null));
		} catch (error) {
			line.send(encodeWord(id, false, failureOf(error)));
		}
		this.#tellHealth();
	}

	#tellHealth(): void {
		const health = this.#relay?.health();
		const told = JSON.stringify(health);
		if (!health || told === this.#toldHealth) return;
		this.#toldHealth = told;
		this.#tell('health', health);
	}

	#tell(event: LineEvent, value: unknown): void {
		for (const line of this.#server.clients) line.send(encodeWord(0, event, value));
	}
}
