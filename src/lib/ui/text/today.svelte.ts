import { startOfDay } from './when';

/** The start of the current day, in milliseconds since 1970; it moves at midnight and when the page is looked at again. */
export class Today {
	#start = $state(startOfDay(Date.now()));

	get start(): number {
		return this.#start;
	}

	/** Call from an effect: looks at the clock each minute. */
	follow(): () => void {
		const look = () => (this.#start = startOfDay(Date.now()));
		const timer = setInterval(look, 60_000);
		document.addEventListener('visibilitychange', look);
		return () => {
			clearInterval(timer);
			document.removeEventListener('visibilitychange', look);
		};
	}
}
