/** What reads the view models as components do: again whenever something that was read has changed. */
import { toStore } from 'svelte/store';

/** Calls `react` with what `read` gives, now and whenever that is another value. Returns the way to stop. */
export function whenever<T>(read: () => T, react: (value: T) => void): () => void {
	let last: { readonly value: T } | undefined;
	return toStore(read).subscribe((value) => {
		if (last?.value === value) return;
		last = { value };
		react(value);
	});
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
