/** When something was last done for each of some keys, in memory, for a day. */

/** Who comes after many others has waited longer than the hour that is counted. */
const KEPT_MS = 24 * 60 * 60_000;

export class RecentTimes {
	readonly #now: () => number;
	/** The key that was noted longest ago comes first. Milliseconds since 1970. */
	readonly #times = new Map<string, readonly number[]>();

	constructor(now: () => number) {
		this.#now = now;
	}

	note(key: string): void {
		const now = this.#now();
		for (const [other, times] of this.#times) {
			if (now - times.at(-1)! <= KEPT_MS) break;
			this.#times.delete(other);
		}
		const times = (this.#times.get(key) ?? []).filter((at) => now - at <= KEPT_MS);
		this.#times.delete(key);
		this.#times.set(key, [...times, now]);
	}

	/** How often within so many milliseconds, a day at most. */
	within(key: string, ms: number): number {
		const now = this.#now();
		return (this.#times.get(key) ?? []).filter((at) => now - at <= ms).length;
	}

	/** Milliseconds since 1970; 0 if it is not known of any. */
	last(key: string): number {
		return this.#times.get(key)?.at(-1) ?? 0;
	}
}
