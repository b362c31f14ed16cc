/**
 * Sockets on `/sync` (a link) and `/sync/<room>` (a room). Invariants: an upgrade is never refused by HTTP, which a
 * browser cannot tell from a broken line: it is accepted and closed with a code; what arrives before the caller is
 * known is held; a socket that leaves a ping unanswered is cut, unless it is the relay that does not read it.
 */
import { WebSocketServer } from 'ws';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { every } from './timers';
import { CLOSE } from '../src/lib/protocol/closeCodes';
import { PAYLOAD_BYTES_MAX } from './limits';
import { RelaySocket } from './relaySocket';
import { ServedSocket, type ServingOptions, type Target } from './servedSocket';
import type { RelayStats } from './ports';

export class Sockets {
	readonly #options: ServingOptions;
	readonly #open = new Set<ServedSocket>();
	readonly #stopPinging: () => void;
	readonly #server = new WebSocketServer({
		noServer: true,
		clientTracking: false,
		// Answered in turn, behind what was sent before them.
		autoPong: false,
		perMessageDeflate: false,
		maxPayload: PAYLOAD_BYTES_MAX,
		WebSocket: RelaySocket
	});
	#stopping = false;

	constructor(options: ServingOptions) {
		this.#options = options;
		this.#stopPinging = every(options.timers, options.timing.pingEveryMs, () => {
			for (const socket of this.#open) socket.ping();
		});
	}

	get stats(): Pick<RelayStats, 'sockets' | 'links' | 'channels' | 'queuedBytes'> {
		const links = [...this.#open].flatMap(({ channels }) => (channels === undefined ? [] : [channels]));
		const alone = this.#open.size - links.length;
		return {
			sockets: this.#open.size,
			links: links.length,
			channels: links.reduce((sum, channels) => sum + channels, alone),
			queuedBytes: [...this.#open].reduce((sum, { output }) => sum + output.bytes, 0)
		};
	}

	/** Of the callers that are known. One stands there once for each of its sockets. */
	get sessions(): string[] {
		return [...this.#open].flatMap(({ sessionId }) => sessionId ?? []);
	}

	/** Takes an upgrade over; false if its path is not the relay's. */
	handleUpgrade(request: IncomingMessage, connection: Duplex, head: Buffer): boolean {
		const target = readTarget(request.url ?? '');
		if (!target) return false;
		this.#server.handleUpgrade(request, connection, head, (socket) => {
			const served: ServedSocket = new ServedSocket(
				{ socket, connection, target, onGone: () => this.#open.delete(served) },
				this.#options
			);
			this.#open.add(served);
			if (this.#stopping) served.close(CLOSE.stopping, 'the relay is stopping');
			else void served.admit(request);
		});
		return true;
	}

	dropSession(sessionId: string): void {
		for (const socket of [...this.#open])
			if (socket.sessionId === sessionId) socket.close(CLOSE.logIn, 'the session has ended');
	}

	/** Closes all, and settles when all are closed. New ones are closed at once. */
	async close(): Promise<void> {
		this.#stopping = true;
		this.#stopPinging();
		const gone = [...this.#open].map((socket) => socket.gone);
		for (const socket of [...this.#open]) socket.close(CLOSE.stopping, 'the relay is stopping');
		await Promise.all(gone);
	}
}

function readTarget(url: string): Target | undefined {
	const [path = '', query = ''] = url.split('?', 2);
	if (path === '/sync' || path === '/sync/') return { room: undefined, query };
	if (!path.startsWith('/sync/')) return undefined;
	const name = path.slice('/sync/'.length);
	try {
		return { room: decodeURIComponent(name), query };
	} catch {
		// No room can have this name: the channel says so with its close code.
		return { room: name, query };
	}
}
