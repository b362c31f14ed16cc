/**
 * Whose call goes next. Calls may take their time, so there are only so many on their way, and of one maker only a part
 * of them: whoever has slow ones keeps their own waiting, and nobody else's. Makers have their turn round about.
 */
export class CallTurns {
	readonly #most: number;
	readonly #mostOfOne: number;
	readonly #running = new Map<string, number>();
	/** In the order in which they have their turn. */
	readonly #waiting = new Map<string, (() => void)[]>();
	#all = 0;

	constructor({ most, mostOfOne }: { readonly most: number; readonly mostOfOne: number }) {
		this.#most = most;
		this.#mostOfOne = mostOfOne;
	}

	/** Makes the call when it is its maker's turn. */
	async run<T>(maker: string, call: () => Promise<T>): Promise<T> {
		await new Promise<void>((go) => {
			const own = this.#waiting.get(maker) ?? [];
			own.push(go);
			this.#waiting.set(maker, own);
			this.#next();
		});
		try {
			return await call();
		} finally {
			this.#count(maker, -1);
			this.#next();
		}
	}

	#next(): void {
		for (const [maker, calls] of this.#waiting) {
			if (this.#all >= this.#most) return;
			if ((this.#running.get(maker) ?? 0) >= this.#mostOfOne) continue;
			const go = calls.shift();
			// Behind all others: a Map keeps the order in which its keys were set, and comes by here again.
			this.#waiting.delete(maker);
			if (calls.length > 0) this.#waiting.set(maker, calls);
			this.#count(maker, 1);
			go?.();
		}
	}

	#count(maker: string, by: number): void {
		this.#all += by;
		const now = (this.#running.get(maker) ?? 0) + by;
		if (now === 0) this.#running.delete(maker);
		else this.#running.set(maker, now);
	}
}
