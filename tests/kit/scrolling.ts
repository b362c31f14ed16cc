/** Scrolling through the messages, and what eyes would notice of it. */
import type { Page } from '@playwright/test';
import { log, messageIds } from './screen';

/** Scrolls to one end of what the screen has, which brings more, until `done` says so. Returns the ids met, in order. */
export async function scrollUntil(
	page: Page,
	end: 'top' | 'bottom',
	done: (ids: readonly string[]) => boolean
): Promise<{ readonly met: ReadonlySet<string>; readonly rowsMax: number }> {
	const met = new Set<string>();
	let rowsMax = 0;
	for (;;) {
		const ids = await messageIds(page);
		for (const id of ids) met.add(id);
		rowsMax = Math.max(rowsMax, ids.length);
		if (done(ids)) return { met, rowsMax };
		const edge = end === 'top' ? ids[0] : ids.at(-1);
		await log(page).evaluate((scroller, to) => {
			scroller.scrollTop = to === 'top' ? 0 : scroller.scrollHeight;
		}, end);
		await page.waitForFunction(
			([label, before, at]) => {
				const rows = document.querySelectorAll(`[role=log][aria-label="${label}"] [data-message-id]`);
				const row = at === 'top' ? rows[0] : rows[rows.length - 1];
				return row?.getAttribute('data-message-id') !== before;
			},
			['Messages', edge, end] as const
		);
	}
}

/**
 * Scrolls to where more is fetched, then leaves hands off until it stands there. Returns how many pixels the message
 * that was being read was from its place in each frame that was painted meanwhile.
 */
export function driftWhileMoreComes(page: Page, end: 'top' | 'bottom'): Promise<number[]> {
	return log(page).evaluate(async (log, end) => {
		const scroller = log as HTMLElement;
		const rowsNow = () => [...scroller.querySelectorAll<HTMLElement>('[data-message-id]')];
		const edgeId = () => rowsNow().at(end === 'top' ? 0 : -1)?.dataset.messageId;
		const isSeen = (row: HTMLElement) => {
			const [of, within] = [row.getBoundingClientRect(), scroller.getBoundingClientRect()];
			return of.top >= within.top && of.bottom <= within.bottom;
		};
		/** As painted: behind the layout of the frame and whatever observers of sizes corrected in it. */
		const painted = (row: HTMLElement) =>
			new Promise<number>((resolve) =>
				requestAnimationFrame(() => {
					const observer = new ResizeObserver(() => {
						observer.disconnect();
						resolve(row.getBoundingClientRect().top);
					});
					observer.observe(row);
				})
			);
		const toEdge = () =>
			end === 'top' ? scroller.scrollTop : scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop;
		const goTo = (px: number) => (scroller.scrollTop += end === 'top' ? px - toEdge() : toEdge() - px);
		// First to where nothing is fetched yet, until what is there is drawn: before, the height of rows is a guess. Those
		// within a short way are drawn then too.
		while (Math.abs(toEdge() - 850) > 1 || rowsNow().some((row) => isSeen(row) && row.innerText === '')) {
			goTo(850);
			await painted(scroller);
		}
		const before = edgeId();
		goTo(750);
		const read = rowsNow().find(isSeen);
		if (!read) throw new Error('no message is visible');
		const place = read.getBoundingClientRect().top;
		const drift: number[] = [];
		let framesSince = 0;
		while (framesSince < 20) {
			drift.push((await painted(read)) - place);
			if (edgeId() !== before) framesSince += 1;
		}
		return drift;
	}, end);
}

/** Bytes of the page's own heap once all garbage is gone, and the nodes of its documents. */
export async function memory(page: Page): Promise<{ heapBytes: number; nodes: number }> {
	const session = await page.context().newCDPSession(page);
	await session.send('HeapProfiler.collectGarbage');
	await session.send('Performance.enable');
	const { metrics } = await session.send('Performance.getMetrics');
	await session.detach();
	const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? NaN;
	return { heapBytes: of('JSHeapUsedSize'), nodes: of('Nodes') };
}
