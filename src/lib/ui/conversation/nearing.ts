/** How far from sight, in pixels, more is asked for. */
const AHEAD_PX = 800;

interface Nearing {
	/** An attachment for a mark at one end of a scrolling list. */
	readonly mark: (mark: HTMLElement) => () => void;
	/** Asks again if the mark is near: what did not come when it was asked for may have arrived since. */
	look(): void;
}

/**
 * Loads more when a mark at one end of a scrolling list comes near, and again while it stays near. `load` tells whether
 * anything came; if not, it is asked when the mark comes near anew, or at the next `look`.
 */
export function nearing(load: () => Promise<boolean>): Nearing {
	let busy = false;
	let again = false;
	let watch: { readonly observer: IntersectionObserver; readonly mark: HTMLElement } | undefined;

	/** Observed anew, it reports where it is now. */
	function look(): void {
		again = busy;
		watch?.observer.unobserve(watch.mark);
		watch?.observer.observe(watch.mark);
	}

	async function ask(): Promise<void> {
		if (busy) return;
		busy = true;
		again = false;
		try {
			again = (await load()) || again;
		} finally {
			busy = false;
		}
		if (again) look();
	}

	return {
		look,
		mark(mark) {
			const observer = new IntersectionObserver(
				(entries) => {
					if (entries.at(-1)?.isIntersecting) void ask();
				},
				{ root: mark.parentElement?.parentElement ?? null, rootMargin: `${AHEAD_PX}px 0px` }
			);
			watch = { observer, mark };
			observer.observe(mark);
			return () => {
				if (watch?.observer === observer) watch = undefined;
				observer.disconnect();
			};
		}
	};
}
