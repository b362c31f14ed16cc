/**
 * What users' devices make the relay do: a little in each turn of the event loop, the users by turns, whose piece took
 * long passed over until others had as much, and each no more of the relay's time than their share, so that whatever one of them sends, others' frames come in between. Invariants: what
 * one user's devices sent is done in the order in which it came; what a channel asks for again before it had its turn is
 * done once, as it was asked for last.
 */
import { CLOSE } from '../src/lib/protocol/closeCodes';
import type { Channel } from './channel';
import type { RelayLog } from './ports';
import { turnEnds, type Timers } from './timers';
import type { UserId } from '../src/lib/domain/ids';

export type Task = 'welcome' | 'answer' | 'ask' | 'awareness';

export interface TurnsOptions {
	readonly log: RelayLog;
	readonly timers: Timers;
	/** Milliseconds of a clock that never goes back. */
	readonly elapsedMs: () => number;
	/** Charges a user for so many milliseconds of work. Gives how long nothing more is to be done for them. */
	readonly charge: (user: UserId, ms: number) => number;
}

/** What waits of one user. */
interface Queue {
	readonly user: UserId;
	/** What comes before the rest. */
	readonly first: Fifo;
	readonly rest: Fifo;
	/** Milliseconds that they had before others who wait. */
	aheadMs: number;
}

interface Question {
	action: () => void;
}

/** Milliseconds that are worked in one turn of the event loop before others are heard. */
const TURN_MS = 5;
/** Milliseconds that each of those who wait has in one round, or one piece that takes longer. */
const ROUND_MS = 1;
/** Pieces that are done are let go of when so many have piled up. */
const DONE_MAX = 1_000;

/** Pieces in the order in which they came. */
class Fifo {
	#pieces: (() => void)[] = [];
	/** How many of them are done. */
	#done = 0;

	get isEmpty(): boolean {
		return this.#done === this.#pieces.length;
	}

	push(piece: () => void): void {
		this.#pieces.push(piece);
	}

	/** Takes the oldest out; undefined if there is none. */
	next(): (() => void) | undefined {
		const piece = this.#pieces[this.#done];
		if (!piece) return undefined;
		this.#done += 1;
		if (this.isEmpty || this.#done >= DONE_MAX) {
			this.#pieces = this.#pieces.slice(this.#done);
			this.#done = 0;
		}
		return piece;
	}
}

export class Turns {
	readonly #options: TurnsOptions;
	readonly #queues = new Map<UserId, Queue>();
	/** Whose turn is next stands first. */
	readonly #next = new Set<Queue>();
	readonly #asked = new WeakMap<Channel, Map<Task, Question>>();
	/** Milliseconds that were worked in this turn of the event loop. */
	#workedMs = 0;
	#isArmed = false;
	#pause = Promise.resolve();

	constructor(options: TurnsOptions) {
		this.#options = options;
	}

	/** Reads what a socket of the user brought: at once if nothing of theirs waits and this turn has time for it. */
	read(user: UserId, action: () => void): void {
		if (this.#workedMs < TURN_MS && !this.#queues.has(user)) {
			this.#arm();
			const restMs = this.#work(user, action);
			if (restMs > 0) this.#rest(this.#queueOf(user), restMs);
		} else this.#push(user, action);
	}

	/** Does, before what else of the user waits, what `step` does, again and again as long as it gives true. */
	goOn(user: UserId, step: () => boolean): void {
		this.#queueOf(user).first.push(() => {
			if (step()) this.goOn(user, step);
		});
		this.#arm();
	}

	/** Settles when it is the user's turn. What is done then is charged by who does it. */
	comes(user: UserId): Promise<void> {
		return new Promise((resolve) => {
			this.goOn(user, () => {
				resolve();
				return false;
			});
		});
	}

	/** Settles behind all that waited for this before, one in each turn of the event loop. */
	pause(): Promise<void> {
		return (this.#pause = this.#pause.then(turnEnds));
	}

	/** Does it when it is the channel's turn, unless the channel has ended by then. */
	add(channel: Channel, task: Task, action: () => void): void {
		const asked = this.#asked.get(channel) ?? new Map<Task, Question>();
		this.#asked.set(channel, asked);
		const waiting = asked.get(task);
		if (waiting) {
			waiting.action = action;
			return;
		}
		const question = { action };
		asked.set(task, question);
		const { first, rest } = this.#queueOf(channel.userId);
		// Who is to be welcomed is held up by all that comes behind.
		(task === 'welcome' ? first : rest).push(() => {
			asked.delete(task);
			if (!channel.ended) this.#answer(channel, task, question);
		});
		this.#arm();
	}

	#push(user: UserId, piece: () => void): void {
		this.#queueOf(user).rest.push(piece);
		this.#arm();
	}

	#queueOf(user: UserId): Queue {
		const held = this.#queues.get(user);
		if (held) return held;
		const queue: Queue = { user, first: new Fifo(), rest: new Fifo(), aheadMs: 0 };
		this.#queues.set(user, queue);
		this.#next.add(queue);
		return queue;
	}

	#arm(): void {
		if (this.#isArmed) return;
		this.#isArmed = true;
		setImmediate(() => {
			this.#isArmed = false;
			this.#workedMs = 0;
			while (this.#next.size > 0) {
				if (this.#workedMs >= TURN_MS) return this.#arm();
				const [queue] = this.#next;
				this.#doNext(queue!);
			}
			this.#workedMs = 0;
		});
	}

	/**
	 * Does the user's first pieces, as many as fill a round: who sends many small things is not kept waiting for a large one
	 * of each other user behind every one of them. Their next one waits for all others', for more of them the longer it took.
	 */
	#doNext(queue: Queue): void {
		this.#next.delete(queue);
		if (queue.aheadMs >= ROUND_MS && this.#next.size > 0) {
			queue.aheadMs -= ROUND_MS;
			this.#next.add(queue);
			return;
		}
		const { user, first, rest } = queue;
		const workedMs = this.#workedMs;
		let restMs = 0;
		for (;;) {
			const piece = first.next() ?? rest.next();
			if (piece) restMs = this.#work(user, piece);
			if (!piece || restMs > 0 || this.#workedMs - workedMs >= ROUND_MS) break;
		}
		queue.aheadMs = (this.#next.size > 0 ? queue.aheadMs : 0) + this.#workedMs - workedMs;
		if (restMs > 0) this.#rest(queue, restMs);
		else if (!first.isEmpty || !rest.isEmpty) this.#next.add(queue);
		else this.#queues.delete(user);
	}

	/** Nothing is done for the user until they have paid. */
	#rest(queue: Queue, ms: number): void {
		this.#next.delete(queue);
		this.#options.timers.after(Math.ceil(ms), () => {
			this.#next.add(queue);
			this.#arm();
		});
	}

	/** Gives the milliseconds until the user has paid for it. */
	#work(user: UserId, action: () => void): number {
		const { elapsedMs, charge, log } = this.#options;
		const startedMs = elapsedMs();
		try {
			action();
		} catch (error) {
			log.error({ err: error }, 'what a device sent could not be read');
		}
		const tookMs = elapsedMs() - startedMs;
		this.#workedMs += tookMs;
		return charge(user, tookMs);
	}

	#answer(channel: Channel, task: Task, question: Question): void {
		try {
			question.action();
		} catch (error) {
			this.#options.log.error(
				{ err: error, room: channel.roomName, task },
				'a question could not be answered'
			);
			channel.close(CLOSE.unavailable, 'try again');
		}
	}
}
