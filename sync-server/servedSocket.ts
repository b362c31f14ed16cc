/** One accepted socket: what arrives on it and what goes out, who is behind it, and what it leads to: a link or a room. */
import { WebSocket } from 'ws';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { ALONE, SocketOutput } from './socketOutput';
import { Arrivals } from './arrivals';
import { Channel, type Wire } from './channel';
import { CLOSE } from '../src/lib/protocol/closeCodes';
import { Link } from './link';
import { Outgoing } from './outgoing';
import { socketClose } from './relaySocket';
import { ALIVE } from './syncMessages';
import { SocketPace } from './socketPace';
import type { Admission } from './admission';
import type { Caller, RelayLog, RelayTiming } from './ports';
import type { Feed } from './feed';
import type { Presence } from './presence';
import type { Refusals } from './refusals';
import type { RelayLimits } from './limits';
import type { RelayMeters } from './meters';
import type { Timers } from './timers';
import type { Turns } from './turns';
import type { UserBudgets } from './userBudgets';

export interface ServingOptions {
	readonly admission: Admission;
	readonly feed: Feed;
	readonly presence: Presence;
	readonly log: RelayLog;
	readonly refusals: Refusals;
	readonly meters: RelayMeters;
	readonly budgets: UserBudgets;
	readonly turns: Turns;
	readonly limits: RelayLimits;
	readonly timing: RelayTiming;
	readonly timers: Timers;
	/** Milliseconds of a clock that never goes back. */
	readonly elapsedMs: () => number;
}

export interface Target {
	/** Undefined for a link. */
	readonly room: string | undefined;
	readonly query: string;
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

/** With each ping, to who knows no link: a stock provider takes no ping for a sign of life. */
const STILL_THERE = new Outgoing(ALIVE);
/** What ws says of a message over its `maxPayload`. */
const MESSAGE_TOO_BIG = 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH';

export class ServedSocket {
	readonly output: SocketOutput;
	readonly #options: ServingOptions;
	readonly #socket: WebSocket;
	readonly #target: Target;
	readonly #pace: SocketPace;
	readonly #arrivals: Arrivals;
	readonly #end: End;
	readonly #start: (caller: Caller) => void;
	#caller: Caller | undefined;

	/** `onGone` hears that it is closed. */
	constructor({ socket, connection, target, onGone }: SocketGiven, options: ServingOptions) {
		this.#options = options;
		this.#socket = socket;
		this.#target = target;
		const { meters, timers, timing, elapsedMs, turns } = options;
		this.#pace = new SocketPace({ socket, timers, meters });
		this.output = new SocketOutput(target.room === undefined, {
			connection,
			elapsedMs,
			isOpen: () => socket.readyState === WebSocket.OPEN,
			onStuck: () => this.close(CLOSE.unavailable, 'too slow'),
			onFrame: (bytes) => {
				meters.count('framesOut');
				meters.count('bytesOut', bytes);
			}
		});
		const onClose = () => {
			this.#pace.end();
			this.output.flush();
			this.output.end();
		};
		socket.on('error', (error) => this.#noteTrouble(error));
		socket.on('close', () => {
			this.#pace.end();
			this.output.end();
			onGone();
		});
		const close = socketClose({ socket, closeWithinMs: timing.closeWithinMs, onClose });
		const { end, start } = target.room === undefined ? this.#toLink(close) : this.#toRoom(target.room, close);
		this.#end = end;
		this.#start = start;
		this.#arrivals = new Arrivals({
			socket,
			connection,
			pace: this.#pace,
			turns,
			meters,
			receive: (bytes) => end.receive(bytes),
			onText: () => this.close(CLOSE.badFrame, 'text'),
			onTooMuch: () => this.close(CLOSE.unavailable, 'too much begun at once'),
			onPong: (mark) => this.output.returned(mark),
			onEnd: () => end.end()
		});
	}

	/** Channels of a link; undefined for a socket of one room. */
	get channels(): number | undefined {
		return this.#end.size;
	}

	get sessionId(): string | undefined {
		return this.#caller?.sessionId;
	}

	/** Settles when the socket is closed. */
	get gone(): Promise<void> {
		return new Promise((resolve) => this.#socket.once('close', () => resolve()));
	}

	/** Lets its caller in, or closes it. */
	async admit(request: IncomingMessage): Promise<void> {
		const refused = await this.#options.admission.callerOf(request, (caller) => this.#enter(caller));
		if (refused) this.close(refused.code, refused.reason);
	}

	close(code: number, reason: string): void {
		this.#end.close(code, reason);
	}

	/** Asks the other side for a sign of life; cuts it if the last one never came. */
	ping(): void {
		if (this.output.standsStill()) return this.close(CLOSE.unavailable, 'too slow');
		if (!this.#arrivals.isAlive()) return this.#socket.terminate();
		this.#socket.ping();
		if (this.#target.room !== undefined) this.output.send(ALONE, STILL_THERE, { type: 'awareness' });
	}

	#enter(caller: Caller): void {
		const { budgets, limits } = this.#options;
		// Another tab of the browser may have logged in as somebody else: a device never syncs for the wrong account.
		const meant = new URLSearchParams(this.#target.query).get('user');
		if (meant !== null && meant !== caller.userId)
			return this.close(CLOSE.logIn, 'logged in as somebody else');
		if (this.#socket.readyState !== WebSocket.OPEN) return;
		const budget = budgets.enter(caller.userId);
		if (!budget) return this.close(CLOSE.tooMany, `over ${limits.socketsMax} sockets of a user`);
		this.#socket.once('close', () => {
			budget.sockets -= 1;
		});
		this.#caller = caller;
		this.#arrivals.start(caller.userId);
		this.#pace.start(budget);
		this.output.start(budget);
		if (this.#target.room !== undefined) this.#pace.spend('opens', 1);
		this.#pace.whenPaid(() => this.#start(caller));
	}

	#toLink(close: Wire['close']): { end: End; start: (caller: Caller) => void } {
		// Named one by one: to spread them takes as long as all the rest of a new link.
		const { admission, feed, presence, log, refusals, turns, limits } = this.#options;
		const link = new Link({
			admission,
			feed,
			presence,
			log,
			refusals,
			turns,
			output: this.output,
			close,
			pace: this.#pace,
			channelsMax: limits.channelsMax
		});
		return { end: link, start: (caller) => link.start(caller) };
	}

	#toRoom(room: string, close: Wire['close']): { end: End; start: (caller: Caller) => void } {
		const { admission, log, refusals } = this.#options;
		const wire: Wire = {
			close,
			send: (message, loss) => this.output.send(ALONE, message, loss),
			owe: () => this.output.owe(ALONE),
			keeps: (bytes) => {
				this.#pace.begun(bytes);
				return this.#pace.mayBegin;
			},
			catchUpWith: (message, isLast) => this.output.catchUpWith(ALONE, message, isLast)
		};
		const channel = new Channel({ wire, room, query: this.#target.query, log, refusals });
		this.output.open(ALONE, channel);
		return { end: channel, start: (caller) => void admission.enter(channel, caller) };
	}

	/** A browser's or a network's fault: the close that follows is what counts. */
	#noteTrouble(error: Error): void {
		const { refusals } = this.#options;
		if ('code' in error && error.code === MESSAGE_TOO_BIG)
			refusals.note('socket', CLOSE.tooLarge, 'a frame is far too large');
		else refusals.broken(error.message);
	}
}

interface SocketGiven {
	readonly socket: WebSocket;
	/** What the socket reads from and writes to. */
	readonly connection: Duplex;
	readonly target: Target;
	readonly onGone: () => void;
}
