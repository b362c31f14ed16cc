import { startOfDay } from './when';

/** The start of the current day, in milliseconds since 1970; it moves at midnight and when the page is looked at again. */
export class Today {
	readonly #now: () => number;
	#start = $state(0);

	/** `now` in milliseconds since 1970. */
	constructor(now: () => number) {
		this.#now = now;
		this.look();
	}

	get start(): number {
		return this.#start;
	}

	/** Looks at the clock: call when that may have been corrected. */
	look(): void {
		this.#start = startOfDay(this.#now());
	}

	/** Call from an effect: looks at the clock each minute. */
	follow(): () => void {
		const look = () => this.look();
		const timer = setInterval(look, 60_000);
		document.addEventListener('visibilitychange', look);
		return () => {
			clearInterval(timer);
			document.removeEventListener('visibilitychange', look);
		};
	}
}
