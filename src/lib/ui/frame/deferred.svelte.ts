import { speakLater } from '../text';

/**
 * A part of the screen whose code comes behind what is shown first, when the browser has nothing else to do or when it is wanted, and
 * the later words with it. It stays from then on, so that a dialog can end its own way. One that does not come is told of by `MissingPart.svelte`.
 */
export interface Deferred<C> {
	/** The component, once it is here. */
	readonly part: C | undefined;
	/** Fetches it ahead: somebody points at what opens it. */
	fetch(): void;
}

/** A browser that is never idle fetches it then, all the same. */
const IDLE_MAX_MS = 2_000;

/** Made with a component. `wanted` is asked again whenever what it reads changes. */
export function deferred<C>(
	load: () => Promise<{ readonly default: C }>,
	wanted: () => boolean = () => false
): Deferred<C> {
	let part = $state.raw<C | undefined>();
	let isComing = false;

	async function come(): Promise<void> {
		if (part !== undefined || isComing) return;
		isComing = true;
		try {
			part = (await Promise.all([load(), speakLater()]))[0].default;
		} catch {
			// Vite has told the window, where the frame listens. It is asked for again when it is wanted again.
		}
		isComing = false;
	}
	const fetch = () => void come();

	// Not only when it is wanted: the network may be gone by then, and the worker not yet have kept everything.
	$effect(() => {
		if (typeof requestIdleCallback === 'undefined') return;
		const waits = requestIdleCallback(fetch, { timeout: IDLE_MAX_MS });
		return () => cancelIdleCallback(waits);
	});
	$effect(() => {
		if (!wanted()) return;
		fetch();
		addEventListener('online', fetch);
		return () => removeEventListener('online', fetch);
	});
	return {
		get part() {
			return part;
		},
		fetch
	};
}
