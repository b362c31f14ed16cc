import type { Timers } from './timers';

/** Timers that the test moves on. */
export class ManualTimers implements Timers {
	#nowMs = 0;
	#waiting: { readonly atMs: number; readonly action: () => void }[] = [];

	after(ms: number, action: () => void): () => void {
		const timer = { atMs: this.#nowMs + ms, action };
		this.#waiting.push(timer);
		return () => {
			this.#waiting = this.#waiting.filter((other) => other !== timer);
		};
	}

	/** Lets so much time go by: what is due meanwhile is called, in order. */
	advance(ms: number): void {
		const endMs = this.#nowMs + ms;
		for (;;) {
			const [next] = this.#waiting.filter(({ atMs }) => atMs <= endMs).sort((a, b) => a.atMs - b.atMs);
			if (!next) break;
			this.#waiting = this.#waiting.filter((other) => other !== next);
			this.#nowMs = next.atMs;
			next.action();
		}
		this.#nowMs = endMs;
	}
}
