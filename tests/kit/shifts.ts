/** What moves by itself while a page loads: layout shifts, as the browser counts them (WICG Layout Instability). */
import type { Page } from '@playwright/test';

interface Shift extends PerformanceEntry {
	readonly value: number;
	/** It follows what a person did. */
	readonly hadRecentInput: boolean;
	readonly sources: readonly { readonly node: Node | null }[];
}

/** Since its navigation: the score in all, and the parts that moved, for who has to mend it. */
export function shiftsOf(page: Page): Promise<{ readonly score: number; readonly moved: readonly string[] }> {
	return page.evaluate(async () => {
		// The last frame's are counted with that frame.
		for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
		const shifts = await new Promise<Shift[]>((resolve) => {
			const seen: Shift[] = [];
			const observer = new PerformanceObserver((list) => {
				seen.push(...(list.getEntriesByType('layout-shift') as Shift[]));
				// Told behind all that was there before it.
				if (list.getEntriesByName('asked for shifts').length > 0) resolve(seen);
			});
			observer.observe({ type: 'layout-shift', buffered: true });
			observer.observe({ type: 'mark' });
			performance.mark('asked for shifts');
		});
		const own = shifts.filter(({ hadRecentInput }) => !hadRecentInput);
		return {
			score: own.reduce((sum, { value }) => sum + value, 0),
			moved: own.flatMap(({ value, sources }) =>
				sources.map(({ node }) => {
					const element = node instanceof Element ? node : node?.parentElement;
					return `${value.toFixed(4)} ${element?.outerHTML.slice(0, 90) ?? 'gone'}`;
				})
			)
		};
	});
}
