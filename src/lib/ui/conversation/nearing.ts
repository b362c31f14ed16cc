/** How far from sight, in pixels, more is asked for. */
const AHEAD_PX = 800;

/**
 * An attachment for a mark at one end of a scrolling list: loads when the mark comes near, and again while it stays
 * near. `load` tells whether anything came; if not, it is asked when the mark comes near anew.
 */
export function nearing(load: () => Promise<boolean>): (mark: HTMLElement) => () => void {
	return (mark) => {
		let busy = false;
		let gone = false;
		const observer = new IntersectionObserver(
			(entries) => {
				if (entries.at(-1)?.isIntersecting && !busy) void ask();
			},
			{ root: mark.parentElement?.parentElement ?? null, rootMargin: `${AHEAD_PX}px 0px` }
		);

		async function ask(): Promise<void> {
			busy = true;
			try {
				if (!(await load()) || gone) return;
			} finally {
				busy = false;
			}
			// Observed anew, it reports where it is now.
			observer.unobserve(mark);
			observer.observe(mark);
		}

		observer.observe(mark);
		return () => {
			gone = true;
			observer.disconnect();
		};
	};
}
