/**
 * Sockets on `/sync` (a link) and `/sync/<room>` (a room). Invariants: an upgrade is never refused by HTTP, which a
 * browser cannot tell from a broken line: it is accepted and closed with a code; what arrives before the caller is
 * known is held; a socket that leaves a ping unanswered is cut, unless it is the relay that does not read it.
 */
import { WebSocket, WebSocketServer } from 'ws';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { ALONE, SocketOutput } from './socketOutput';
import { Channel, type Wire } from './channel';
import { CLOSE } from '../src/lib/protocol/closeCodes';
import { Link } from './link';
import { PAYLOAD_BYTES_MAX, PROGRESS_BYTES_MIN, type RelayLimits } from './limits';
import { Outgoing } from './outgoing';
import { RelaySocket, socketClose } from './relaySocket';
import { ALIVE } from './syncMessages';
import { SocketPace } from './socketPace';
import type { Admission } from './admission';
import type { Caller, RelayLog, RelayStats, RelayTiming } from './ports';
import type { Feed } from './feed';
import type { Presence } from './presence';
import type { Refusals } from './refusals';
import type { RelayMeters } from './meters';
import type { Timers } from './timers';
import type { UserBudgets } from './userBudgets';

export interface SocketsOptions {
	readonly admission: Admission;
	readonly feed: Feed;
	readonly presence: Presence;
	readonly log: RelayLog;
	readonly refusals: Refusals;
	readonly meters: RelayMeters;
	readonly budgets: UserBudgets;
	readonly limits: RelayLimits;
	readonly timing: RelayTiming;
	readonly timers: Timers;
	/** Milliseconds of a clock that never goes back. */
	readonly elapsedMs: () => number;
}

/** What a socket leads to. */
interface End {
	receive(bytes: Uint8Array): void;
	close(code: number, reason: string): void;
	/** The socket is gone. */
	end(): void;
	/** Channels of a link; undefined for a socket of one room. */
	readonly size?: number;
}

interface Open extends End {
	readonly socket: WebSocket;
	readonly connection: Duplex;
	readonly pace: SocketPace;
	readonly output: SocketOutput;
	caller?: Caller;
	/** A message or a pong arrived since the last ping. */
	heard: boolean;
	/** Bytes that arrived since the last ping: no pong comes within a long message. */
	arrived: number;
}

/** What ws says of a message over its `maxPayload`. */
const MESSAGE_TOO_BIG = 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH';

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
	/** With each ping, to who knows no link: a stock provider takes no ping for a sign of life. */
	readonly #alive = new Outgoing(ALIVE);
	#stopping = false;

	constructor(options: SocketsOptions) {
		this.#options = options;
		this.#pinging = setInterval(() => this.#ping(), options.timing.pingEveryMs).unref();
	}

	get stats(): Pick<RelayStats, 'sockets' | 'links' | 'channels' | 'queuedBytes'> {
		const links = [...this.#open].flatMap(({ size }) => (size === undefined ? [] : [size]));
		const alone = this.#open.size - links.length;
		return {
			sockets: this.#open.size,
			links: links.length,
			channels: links.reduce((sum, size) => sum + size, alone),
			queuedBytes: [...this.#open].reduce((sum, { output }) => sum + output.bytes, 0)
		};
	}

	/** Of the callers that are known. One stands there once for each of its sockets. */
	get sessions(): string[] {
		return [...this.#open].flatMap(({ caller }) => (caller ? [caller.sessionId] : []));
	}

	/** Takes an upgrade over; false if its path is not the relay's. */
	handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
		const target = readTarget(request.url ?? '');
		if (!target) return false;
		this.#server.handleUpgrade(request, socket, head, (opened) => {
			void this.#serve(opened, socket, { request, target });
		});
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

	async #serve(
		socket: WebSocket,
		connection: Duplex,
		{ request, target }: { request: IncomingMessage; target: Target }
	): Promise<void> {
		const { admission, meters, timers, timing, limits, elapsedMs } = this.#options;
		const pace = new SocketPace({ socket, timers, meters });
		const output = new SocketOutput(target.room === undefined, {
			connection,
			elapsedMs,
			isOpen: () => socket.readyState === WebSocket.OPEN,
			onStuck: () => open.close(CLOSE.unavailable, 'too slow'),
			onFrame: (bytes) => {
				meters.count('framesOut');
				meters.count('bytesOut', bytes);
			}
		});
		const onClose = () => {
			pace.end();
			output.flush();
			output.end();
		};
		const close = socketClose({ socket, closeWithinMs: timing.closeWithinMs, onClose });
		socket.on('error', (error) => this.#noteTrouble(error));
		if (this.#stopping) return close(CLOSE.stopping, 'the relay is stopping');
		const { end, start } = this.#endOf(target, { output, close, pace });
		const open: Open = {
			socket,
			connection,
			pace,
			output,
			heard: true,
			arrived: 0,
			get size() {
				return end.size;
			},
			receive: (bytes) => end.receive(bytes),
			close: (code, reason) => end.close(code, reason),
			end: () => end.end()
		};
		this.#listen(open);
		const refused = await admission.callerOf(request, (caller) => {
			// Another tab of the browser may have logged in as somebody else: a device never syncs for the wrong account.
			const meant = new URLSearchParams(target.query).get('user');
			if (meant !== null && meant !== caller.userId)
				return open.close(CLOSE.logIn, 'logged in as somebody else');
			if (socket.readyState !== WebSocket.OPEN) return;
			const budget = this.#options.budgets.enter(caller.userId);
			if (!budget) return open.close(CLOSE.tooMany, `over ${limits.socketsMax} sockets of a user`);
			socket.once('close', () => {
				budget.sockets -= 1;
			});
			open.caller = caller;
			pace.start(budget);
			if (target.room !== undefined) pace.spend('opens', 1);
			pace.whenPaid(() => start(caller));
		});
		if (refused) open.close(refused.code, refused.reason);
	}

	/** A browser's or a network's fault: the close that follows is what counts. */
	#noteTrouble(error: Error): void {
		const { log, refusals } = this.#options;
		if ('code' in error && error.code === MESSAGE_TOO_BIG)
			refusals.note('socket', CLOSE.tooLarge, 'a frame is far too large');
		else log.info({ reason: error.message }, 'socket error');
	}

	#endOf(target: Target, line: Line): { end: End; start(caller: Caller): void } {
		const { admission, feed, presence, log, refusals, limits } = this.#options;
		if (target.room === undefined) {
			const { channelsMax } = limits;
			const link = new Link({ ...line, admission, feed, presence, log, refusals, channelsMax });
			return { end: link, start: (caller) => link.start(caller) };
		}
		const { output, close } = line;
		const wire: Wire = { close, send: (message, loss) => output.send(ALONE, message, loss) };
		const channel = new Channel({ wire, room: target.room, query: target.query, log, refusals });
		output.open(ALONE, channel);
		return { end: channel, start: (caller) => void admission.enter(channel, caller) };
	}

	#listen(open: Open): void {
		const { socket, connection, pace, output } = open;
		const { meters } = this.#options;
		this.#open.add(open);
		socket.on('pong', (mark) => {
			open.heard = true;
			output.returned(mark);
		});
		connection.on('data', (bytes: Buffer) => {
			open.arrived += bytes.length;
			pace.arrived(bytes.length);
		});
		socket.on('message', (data: Buffer, isBinary: boolean) => {
			open.heard = true;
			meters.count('framesIn');
			meters.count('bytesIn', data.length);
			pace.received();
			// A copy of its own, so that no frame is a window on the memory of others.
			if (isBinary) open.receive(new Uint8Array(data));
			else open.close(CLOSE.badFrame, 'text');
		});
		socket.on('close', () => {
			this.#open.delete(open);
			pace.end();
			output.end();
			open.end();
		});
	}

	#ping(): void {
		for (const open of this.#open) {
			const { output } = open;
			if (output.standsStill()) {
				open.close(CLOSE.unavailable, 'too slow');
				continue;
			}
			if (!open.heard && open.arrived < PROGRESS_BYTES_MIN && !open.pace.isPaused) {
				open.socket.terminate();
				continue;
			}
			open.heard = false;
			open.arrived = 0;
			open.socket.ping();
			if (open.size === undefined) output.send(ALONE, this.#alive, { type: 'awareness' });
		}
	}
}

interface Line {
	readonly output: SocketOutput;
	readonly close: (code: number, reason: string) => void;
	readonly pace: SocketPace;
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
