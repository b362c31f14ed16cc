/** Whether somebody holds a room in memory beside its channels, and since when nobody does. */
export class RoomUse {
	readonly #now: () => number;
	readonly #onEnd: () => void;
	#holders = 0;
	#touchedAt: number;

	/** `now` is the wall clock in milliseconds. `onEnd` hears when nobody holds it any more. */
	constructor(now: () => number, onEnd: () => void) {
		this.#now = now;
		this.#onEnd = onEnd;
		this.#touchedAt = now();
	}

	/** When it was used last; undefined if it is in use. */
	get endedAt(): number | undefined {
		return this.#holders > 0 ? undefined : this.#touchedAt;
	}

	touch(): void {
		this.#touchedAt = this.#now();
	}

	/** Keeps the room in memory until the returned function is called. */
	hold(): () => void {
		this.#holders += 1;
		let isHeld = true;
		return () => {
			if (!isHeld) return;
			isHeld = false;
			this.#holders -= 1;
			this.touch();
			if (this.#holders === 0) this.#onEnd();
		};
	}

	/** Keeps the room in memory while the action runs. */
	async during<T>(action: () => Promise<T>): Promise<T> {
		const letGo = this.hold();
		try {
			return await action();
		} finally {
			letGo();
		}
	}
}
