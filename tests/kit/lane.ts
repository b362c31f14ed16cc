/**
 * One direction of a wire. Bytes leave it in order, no faster than its rate and no sooner than its delay; all
 * connections of the wire share it, as they share a line. Held, nothing leaves until it is released.
 */
import type { Socket } from 'node:net';

export interface LaneLimits {
	/** From end to end, in milliseconds. */
	readonly delayMs: number;
	/** Of all connections together; Infinity for no limit. */
	readonly bytesPerSecond: number;
}

export interface LaneTime {
	/** Milliseconds. */
	now(): number;
	/** Calls back once after `ms`. Returns the way to stop it. */
	after(ms: number, callback: () => void): () => void;
}

export const NO_LIMITS: LaneLimits = { delayMs: 0, bytesPerSecond: Infinity };

/** Pieces in which connections take turns, as packets do. */
const PIECE_BYTES = 4_096;
/** What one connection may have under way before its sender is made to wait. */
const UNDER_WAY_MAX = 65_536;

interface Piece {
	readonly due: number;
	leave(): void;
}

const realTime: LaneTime = {
	now: () => performance.now(),
	after(ms, callback) {
		const timer = setTimeout(callback, ms);
		return () => clearTimeout(timer);
	}
};

export class Lane {
	readonly #time: LaneTime;
	#limits = NO_LIMITS;
	#held = false;
	#queue: Piece[] = [];
	/** When the line has taken all that was put on it. */
	#freeAt = 0;
	#stopTimer: (() => void) | undefined;

	constructor(time: LaneTime = realTime) {
		this.#time = time;
	}

	/** What is under way keeps the time that it was given. */
	limit(limits: LaneLimits): void {
		this.#limits = limits;
	}

	hold(): void {
		this.#held = true;
	}

	release(): void {
		this.#held = false;
		this.#run();
	}

	/** Loses all that is under way. */
	clear(): void {
		this.#queue = [];
		this.#freeAt = 0;
		this.#stopTimer?.();
		this.#stopTimer = undefined;
	}

	/** Puts bytes on the line; `leave` is called when they are at its other end. */
	carry(bytes: number, leave: () => void): void {
		const { delayMs, bytesPerSecond } = this.#limits;
		this.#freeAt = Math.max(this.#time.now(), this.#freeAt) + (bytes / bytesPerSecond) * 1_000;
		this.#queue.push({ due: this.#freeAt + delayMs, leave });
		this.#run();
	}

	/** Carries what one socket says to another, its end included. */
	join(from: Socket, to: Socket): void {
		let underWay = 0;
		let ended = false;
		const look = (): void => {
			if (underWay > UNDER_WAY_MAX || to.writableNeedDrain) from.pause();
			else from.resume();
		};
		from.on('data', (chunk: Buffer) => {
			for (let at = 0; at < chunk.length; at += PIECE_BYTES) {
				const piece = chunk.subarray(at, at + PIECE_BYTES);
				underWay += piece.length;
				this.carry(piece.length, () => {
					underWay -= piece.length;
					if (to.writable) to.write(piece);
					look();
				});
			}
			look();
		});
		to.on('drain', look);
		from.on('end', () => {
			ended = true;
			this.carry(0, () => to.end());
		});
		from.on('close', () => {
			if (!ended) to.destroy();
		});
	}

	#run(): void {
		this.#stopTimer?.();
		this.#stopTimer = undefined;
		const now = this.#time.now();
		while (!this.#held && this.#queue[0] && this.#queue[0].due <= now) this.#queue.shift()?.leave();
		const next = this.#queue[0];
		if (next && !this.#held) this.#stopTimer = this.#time.after(next.due - now, () => this.#run());
	}
}
