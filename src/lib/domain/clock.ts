import { compareStamps, laterStamp, nextStamp, STAMP_MS_MAX, ZERO_STAMP, type Stamp } from './stamp';

/** What of a clock must survive a restart. */
export interface ClockState {
	/** The latest stamp given or seen. */
	readonly last: Stamp;
	/** Milliseconds to add to the device's wall clock to get the relay's. */
	readonly offsetMs: number;
}

export const INITIAL_CLOCK: ClockState = { last: ZERO_STAMP, offsetMs: 0 };

/**
 * A device's hybrid logical clock. Invariant: each stamp it gives is later than every stamp it gave or saw before.
 * `now` is the device's wall clock in milliseconds; it may be wrong or step back.
 */
export class Clock {
	#state: ClockState;
	readonly #now: () => number;

	constructor(now: () => number, state: ClockState = INITIAL_CLOCK) {
		this.#now = now;
		this.#state = state;
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
		return last;
	}

	/** Takes note of a stamp read in a document, so that what is written after reading it sorts after it. */
	observe(stamp: Stamp): void {
		const last = laterStamp(this.#state.last, stamp);
		if (last !== this.#state.last) this.#state = { ...this.#state, last };
	}

	/** Corrects the offset by the relay's wall clock, in milliseconds, as it was when its word arrived. */
	correct(relayMs: number): void {
		this.#state = { ...this.#state, offsetMs: relayMs - this.#now() };
	}
}
