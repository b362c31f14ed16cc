/** Calls back after so many milliseconds, and returns the way to stop that. Keeps no process alive. */
export function afterMs(ms: number, action: () => void): () => void {
	const timer = setTimeout(action, ms).unref();
	return () => clearTimeout(timer);
}
