/** How fast a bucket fills, and how much it holds. */
export interface Rate {
	readonly perSecond: number;
	/** What may be spent at once. */
	readonly burst: number;
}

/**
 * A token bucket that may go into debt: what is spent has arrived already, so the only question is how long to wait
 * before more is read. Times are milliseconds of a clock that never goes back.
 */
export class TokenBucket {
	readonly #rate: Rate;
	#tokens: number;
	#atMs: number;

	constructor(rate: Rate, nowMs: number) {
		this.#rate = rate;
		this.#tokens = rate.burst;
		this.#atMs = nowMs;
	}

	/** Spends, and gives the milliseconds until nothing is owed: 0 if nothing is. */
	spend(amount: number, nowMs: number): number {
		this.#fill(nowMs);
		this.#tokens -= amount;
		return this.#tokens >= 0 ? 0 : (-this.#tokens / this.#rate.perSecond) * 1_000;
	}

	/** Nothing is missing: it is as good as a new one. */
	isFull(nowMs: number): boolean {
		this.#fill(nowMs);
		return this.#tokens >= this.#rate.burst;
	}

	#fill(nowMs: number): void {
		const filled = this.#tokens + ((nowMs - this.#atMs) / 1_000) * this.#rate.perSecond;
		this.#tokens = Math.min(this.#rate.burst, filled);
		this.#atMs = nowMs;
	}
}
