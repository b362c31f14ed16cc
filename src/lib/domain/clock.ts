import { CLOCK_AHEAD_MAX_MS } from './limits';
import { compareStamps, laterStamp, nextStamp, STAMP_MS_MAX, ZERO_STAMP, type Stamp } from './stamp';

/** What of a clock must survive a restart. */
export interface ClockState {
	/** The latest stamp given or seen. */
	readonly last: Stamp;
	/** Milliseconds to add to the device's wall clock to get the relay's. */
	readonly offsetMs: number;
}

/**
 * Words of the relay that are looked back on. Each says less than its time by as long as it took: on a slow line, or a busy
 * device, by seconds. Of so many the one that took least is believed; so many later, a wall clock set forward is.
 */
export const CORRECTIONS_MAX = 8;

export const INITIAL_CLOCK: ClockState = { last: ZERO_STAMP, offsetMs: 0 };

/**
 * True if the relay refuses a live body under this stamp: its time is further ahead than any honest clock's. `nowMs` is
 * the relay's wall clock, `highestMs` the highest time that the room has committed.
 */
export const isAhead = (stamp: Stamp, { nowMs, highestMs }: { nowMs: number; highestMs: number }): boolean =>
	stamp.ms > Math.max(nowMs + CLOCK_AHEAD_MAX_MS, highestMs);

/**
 * A device's hybrid logical clock. Invariant: each stamp it gives is later than every stamp it gave or saw before.
 * `now` is the device's wall clock in milliseconds; it may be wrong or step back.
 */
export class Clock {
	#state: ClockState;
	/** What each of the relay's last words says of the offset. */
	#offsets: readonly number[] = [];
	readonly #now: () => number;
	readonly #onTick: () => void;

	/** `onTick`: called with each stamp that it gives, which a clock that goes on from this one's state must not give again. */
	constructor(now: () => number, state: ClockState = INITIAL_CLOCK, onTick: () => void = () => {}) {
		this.#now = now;
		this.#state = state;
		this.#onTick = onTick;
	}

	get state(): ClockState {
		return this.#state;
	}

	/** The time as the relay would tell it, in milliseconds. */
	correctedNow(): number {
		return Math.min(STAMP_MS_MAX, Math.max(0, Math.round(this.#now() + this.#state.offsetMs)));
	}

	/** A stamp for a new entry. */
	tick(): Stamp {
		const wall: Stamp = { ms: this.correctedNow(), counter: 0 };
		const last = compareStamps(wall, this.#state.last) > 0 ? wall : nextStamp(this.#state.last);
		this.#state = { ...this.#state, last };
		this.#onTick();
		return last;
	}

	/**
	 * Takes note of a stamp read in a document, so that what is written after reading it sorts after it. One that is
	 * further ahead than the relay lets pass is somebody's broken clock, and moves no other.
	 */
	observe(stamp: Stamp): void {
		if (stamp.ms > this.correctedNow() + CLOCK_AHEAD_MAX_MS) return;
		const last = laterStamp(this.#state.last, stamp);
		if (last !== this.#state.last) this.#state = { ...this.#state, last };
	}

	/**
	 * Takes a refusal (4409): the relay's wall clock as it refused, in milliseconds, and the latest stamp that the room
	 * still has. Stamps as far ahead as the refused ones are forgotten: what bears them is written again, so the next stamp
	 * need not follow them. Of several rooms that are refused at one moment the first alone sets the clock back, so that no
	 * stamp is given twice. Returns whether what bears a stamp is to be written again.
	 */
	refused({ relayMs, newest }: { relayMs: number; newest: Stamp }): (stamp: Stamp) => boolean {
		this.#offsets = [];
		this.correct(relayMs);
		const { last } = this.#state;
		const isForgotten = isAhead(last, { nowMs: relayMs, highestMs: newest.ms });
		this.#state = { ...this.#state, last: isForgotten ? newest : laterStamp(last, newest) };
		const limit = laterStamp({ ms: relayMs, counter: 0 }, newest);
		return (stamp) => compareStamps(stamp, limit) > 0;
	}

	/** Corrects the offset by the relay's wall clock, in milliseconds, as it was when it gave its word. */
	correct(relayMs: number): void {
		this.#offsets = [...this.#offsets, relayMs - this.#now()].slice(-CORRECTIONS_MAX);
		this.#state = { ...this.#state, offsetMs: Math.max(...this.#offsets) };
	}
}
