/**
 * What a small frame asks for and what has to look at a whole document: a little in each turn of the event loop, the
 * users by turns, so that others' frames come in between. Invariant: what a channel asks for again before it had its
 * turn is done once, as it was asked for last.
 */
import { CLOSE } from '../src/lib/protocol/closeCodes';
import type { Channel } from './channel';
import type { RelayLog } from './ports';
import type { UserId } from '../src/lib/domain/ids';

export type Task = 'answer' | 'ask' | 'awareness';

interface Piece {
	readonly channel: Channel;
	readonly task: Task;
	/** Roughly how many entries it looks at. */
	weight: number;
	action: () => void;
}

/** Entries that are looked at in one turn before others have theirs: about a millisecond's worth. */
const TURN_WEIGHT = 4_000;

export class Turns {
	readonly #log: RelayLog;
	readonly #byUser = new Map<UserId, Piece[]>();
	readonly #byChannel = new WeakMap<Channel, Map<Task, Piece>>();
	#isArmed = false;

	constructor(log: RelayLog) {
		this.#log = log;
	}

	/** Does it when it is the channel's turn, unless the channel has ended by then. */
	add(channel: Channel, task: Task, weight: number, action: () => void): void {
		const own = this.#byChannel.get(channel) ?? new Map<Task, Piece>();
		this.#byChannel.set(channel, own);
		const waiting = own.get(task);
		if (waiting) {
			waiting.weight = weight;
			waiting.action = action;
			return;
		}
		const piece = { channel, task, weight, action };
		own.set(task, piece);
		const pieces = this.#byUser.get(channel.userId);
		if (pieces) pieces.push(piece);
		else this.#byUser.set(channel.userId, [piece]);
		this.#arm();
	}

	#arm(): void {
		if (this.#isArmed) return;
		this.#isArmed = true;
		setImmediate(() => {
			this.#isArmed = false;
			for (let weight = 0; weight < TURN_WEIGHT;) {
				const piece = this.#next();
				if (!piece) return;
				this.#do(piece);
				weight += piece.weight;
			}
			this.#arm();
		});
	}

	/** The first of the user whose turn it is; the user's next one waits for all others. */
	#next(): Piece | undefined {
		for (const [user, pieces] of this.#byUser) {
			this.#byUser.delete(user);
			const piece = pieces.shift();
			if (pieces.length > 0) this.#byUser.set(user, pieces);
			if (!piece) continue;
			this.#byChannel.get(piece.channel)?.delete(piece.task);
			if (!piece.channel.ended) return piece;
		}
		return undefined;
	}

	#do({ channel, task, action }: Piece): void {
		try {
			action();
		} catch (error) {
			this.#log.error({ err: error, room: channel.roomName, task }, 'a question could not be answered');
			channel.close(CLOSE.unavailable, 'try again');
		}
	}
}
