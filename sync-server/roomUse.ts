/** Whether somebody holds a room in memory beside its channels, and since when nobody does. */
export class RoomUse {
	readonly #now: () => number;
	#holders = 0;
	#touchedAt: number;

	/** `now` is the wall clock in milliseconds. */
	constructor(now: () => number) {
		this.#now = now;
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
