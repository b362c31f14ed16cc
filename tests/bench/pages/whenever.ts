/** What reads the view models as components do: again whenever something that was read has changed. */
import { toStore } from 'svelte/store';

/** Calls `react` with what `read` gives, now and after each change. Returns the way to stop. */
export function whenever<T>(read: () => T, react: (value: T) => void): () => void {
	return toStore(read).subscribe(react);
}

/** Settles once it holds. */
export function until(holds: () => boolean): Promise<void> {
	return new Promise((resolve) => {
		const stop = whenever(holds, (held) => {
			if (!held) return;
			resolve();
			// Behind the call that makes it: it may hold at once.
			queueMicrotask(() => stop());
		});
	});
}
