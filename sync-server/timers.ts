/** What the relay does later. */
export interface Timers {
	/** Calls back once after so many milliseconds. Returns the way to stop it. */
	after(ms: number, action: () => void): () => void;
}

/** The timers of Node, which keep no process alive. */
export const nodeTimers: Timers = {
	after(ms, action) {
		const timer = setTimeout(action, ms).unref();
		return () => clearTimeout(timer);
	}
};

/** Settles at the end of this turn of the event loop: what others have to do comes before what follows. */
export const turnEnds = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Calls back again and again. Returns the way to stop it. */
export function every(timers: Timers, ms: number, action: () => void): () => void {
	let stop = () => {};
	const arm = () => {
		stop = timers.after(ms, () => {
			arm();
			action();
		});
	};
	arm();
	return () => stop();
}
