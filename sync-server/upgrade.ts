/**
 * Sockets on `/sync` (a link) and `/sync/<room>` (a room). Invariants: an upgrade is never refused by HTTP, which a
 * browser cannot tell from a broken line: it is accepted and closed with a code; what arrives before the caller is
 * known is held; a socket that leaves a ping unanswered is cut.
 */
import { WebSocketServer, type WebSocket } from 'ws';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { Channel, type Wire } from './channel';
import { CLOSE } from '../src/lib/protocol/closeCodes';
import { FRAME_BYTES_MAX } from '../src/lib/domain/limits';
import { Link } from './link';
import { RelaySocket, socketWire } from './socketWire';
import { ALIVE } from './syncMessages';
import type { Admission } from './admission';
import type { Caller, RelayLog, RelayTiming } from './ports';
import type { Feed } from './feed';
import type { Presence } from './presence';

export interface SocketsOptions {
	readonly admission: Admission;
	readonly feed: Feed;
	readonly presence: Presence;
	readonly log: RelayLog;
	readonly timing: RelayTiming;
}

/** What a socket leads to. */
interface End {
	receive(bytes: Uint8Array): void;
	close(code: number, reason: string): void;
	/** The socket is gone. */
	end(): void;
}

interface Open extends End {
	readonly socket: WebSocket;
	caller?: Caller;
	/** Something arrived since the last ping. */
	heard: boolean;
	/** Sent with each ping. */
	readonly alive?: Uint8Array;
}

/** A frame up to here closes its channel alone (4413); a larger one the whole socket, unread. */
const PAYLOAD_BYTES_MAX = 4 * FRAME_BYTES_MAX;

export class Sockets {
	readonly #options: SocketsOptions;
	readonly #open = new Set<Open>();
	readonly #pinging: NodeJS.Timeout;
	readonly #server = new WebSocketServer({
		noServer: true,
		clientTracking: false,
		perMessageDeflate: false,
		maxPayload: PAYLOAD_BYTES_MAX,
		WebSocket: RelaySocket
	});
	#stopping = false;

	constructor(options: SocketsOptions) {
		this.#options = options;
		this.#pinging = setInterval(() => this.#ping(), options.timing.pingEveryMs).unref();
	}

	get size(): number {
		return this.#open.size;
	}

	/** Takes an upgrade over; false if its path is not the relay's. */
	handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
		const target = readTarget(request.url ?? '');
		if (!target) return false;
		this.#server.handleUpgrade(request, socket, head, (opened) => void this.#serve(opened, request, target));
		return true;
	}

	dropSession(sessionId: string): void {
		for (const open of [...this.#open]) {
			if (open.caller?.sessionId === sessionId) open.close(CLOSE.logIn, 'the session has ended');
		}
	}

	/** Closes all, and settles when all are closed. New ones are closed at once. */
	async close(): Promise<void> {
		this.#stopping = true;
		clearInterval(this.#pinging);
		const closed = [...this.#open].map(
			({ socket }) => new Promise((resolve) => socket.once('close', resolve))
		);
		for (const open of [...this.#open]) open.close(CLOSE.stopping, 'the relay is stopping');
		await Promise.all(closed);
	}

	async #serve(socket: WebSocket, request: IncomingMessage, target: Target): Promise<void> {
		const { admission, log, timing } = this.#options;
		const wire = socketWire(socket, timing.closeWithinMs);
		// A browser's or a network's fault: the close that follows is what counts.
		socket.on('error', (error) => log.info({ reason: error.message }, 'socket error'));
		if (this.#stopping) return wire.close(CLOSE.stopping, 'the relay is stopping');
		const { end, start, alive } = this.#endOf(target, wire);
		const open: Open = {
			socket,
			alive,
			heard: true,
			receive: (bytes) => end.receive(bytes),
			close: (code, reason) => end.close(code, reason),
			end: () => end.end()
		};
		this.#listen(open);
		const caller = await admission.callerOf(request);
		if ('code' in caller) return open.close(caller.code, caller.reason);
		// Another tab of the browser may have logged in as somebody else: a device never syncs for the wrong account.
		const meant = new URLSearchParams(target.query).get('user');
		if (meant !== null && meant !== caller.userId)
			return open.close(CLOSE.logIn, 'logged in as somebody else');
		open.caller = caller;
		start(caller);
	}

	#endOf(target: Target, wire: Wire): { end: End; start(caller: Caller): void; alive?: Uint8Array } {
		const { admission, feed, presence, log } = this.#options;
		if (target.room === undefined) {
			const link = new Link({ wire, admission, feed, presence, log });
			return { end: link, start: (caller) => link.start(caller) };
		}
		const channel = new Channel({ wire, room: target.room, query: target.query, log });
		return { end: channel, start: (caller) => void admission.enter(channel, caller), alive: ALIVE };
	}

	#listen(open: Open): void {
		const { socket } = open;
		this.#open.add(open);
		socket.on('pong', () => {
			open.heard = true;
		});
		socket.on('message', (data: Buffer, isBinary: boolean) => {
			open.heard = true;
			// A copy of its own, so that no frame is a window on the memory of others.
			if (isBinary) open.receive(new Uint8Array(data));
			else open.close(CLOSE.badFrame, 'text');
		});
		socket.on('close', () => {
			this.#open.delete(open);
			open.end();
		});
	}

	#ping(): void {
		for (const open of this.#open) {
			if (!open.heard) {
				open.socket.terminate();
				continue;
			}
			open.heard = false;
			open.socket.ping();
			if (open.alive) open.socket.send(open.alive);
		}
	}
}

interface Target {
	/** Undefined for a link. */
	readonly room: string | undefined;
	readonly query: string;
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
