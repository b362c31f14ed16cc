/** Scrolling through the messages, and what eyes would notice of it. */
import { expect, type Page } from '@playwright/test';
import { log, message, messageIds } from './screen';

/** To the end of the conversation, from wherever it opened: there the newest message says this. */
export async function toLatest(page: Page, last: string): Promise<void> {
	await expect(async () => {
		// While it looks for where to open, the newest are shown.
		await expect(log(page)).toHaveAttribute('aria-busy', 'false');
		const button = page.getByRole('button', { name: /Latest|new messages?$/ });
		if (await button.isVisible()) await button.click({ timeout: 1_000 });
		await expect(message(page, last)).toBeInViewport({ timeout: 1_000 });
	}).toPass();
}

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

/** The message that is being read, the first that is whole on the screen, and where its top is. */
export const readAt = (page: Page): Promise<{ id: string; top: number }> =>
	log(page).evaluate((scroller) => {
		const within = scroller.getBoundingClientRect();
		for (const row of scroller.querySelectorAll<HTMLElement>('[data-message-id]')) {
			const { top, bottom } = row.getBoundingClientRect();
			if (top >= within.top && bottom <= within.bottom) return { id: row.dataset.messageId ?? '', top };
		}
		return { id: '', top: NaN };
	});

/**
 * Scrolls to where more is fetched, then leaves hands off until it stands there. Returns how many pixels the message
 * that was being read was from its place in each frame that was painted meanwhile.
 */
export async function driftWhileMoreComes(page: Page, end: 'top' | 'bottom'): Promise<number[]> {
	await goFrom(page, end, 850);
	const before = (await messageIds(page)).at(end === 'top' ? 0 : -1);
	const place = await holdPlace(page, { end, px: 750 });
	await page.waitForFunction(
		([label, at, id]) => {
			const rows = document.querySelectorAll(`[role=log][aria-label="${label}"] [data-message-id]`);
			const row = at === 'top' ? rows[0] : rows[rows.length - 1];
			return row?.getAttribute('data-message-id') !== id;
		},
		['Messages', end, before] as const
	);
	return place.drift();
}

/** So many pixels from one end, and nothing is fetched there any more. */
async function goFrom(page: Page, end: 'top' | 'bottom', px: number): Promise<void> {
	await log(page).evaluate(
		async (scroller, { end, px }) => {
			const far = () => scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop;
			const left = () => (end === 'top' ? scroller.scrollTop : far());
			for (let still = 0; still < 20; still++) {
				if (Math.abs(left() - px) > 1) still = 0;
				scroller.scrollTop += end === 'top' ? px - left() : left() - px;
				await new Promise(requestAnimationFrame);
			}
		},
		{ end, px }
	);
}

/**
 * Watches the message that is being read, the first that is whole on the screen, as it is painted: behind the layout of
 * each frame and what observers of sizes corrected in it. `drift` watches some frames more, and tells how many pixels it
 * was from its place in each of all. `from` scrolls first, and counts from there.
 */
export async function holdPlace(
	page: Page,
	from?: { readonly end: 'top' | 'bottom'; readonly px: number }
): Promise<{ drift(): Promise<number[]> }> {
	const held = await log(page).evaluateHandle((scroller, from) => {
		if (from?.end === 'top') scroller.scrollTop = from.px;
		else if (from) scroller.scrollTop = scroller.scrollHeight - scroller.clientHeight - from.px;
		const within = scroller.getBoundingClientRect();
		const read = [...scroller.querySelectorAll<HTMLElement>('[data-message-id]')].find((row) => {
			const { top, bottom } = row.getBoundingClientRect();
			return top >= within.top && bottom <= within.bottom;
		});
		if (!read) throw new Error('no message is whole on the screen');
		const place = read.getBoundingClientRect().top;
		const drift: number[] = [];
		let left = Infinity;
		const painted = () =>
			new Promise<void>((resolve) =>
				requestAnimationFrame(() => {
					const observer = new ResizeObserver(() => {
						observer.disconnect();
						drift.push(read.getBoundingClientRect().top - place);
						resolve();
					});
					observer.observe(read);
				})
			);
		const watching = (async () => {
			for (; left > 0; left--) await painted();
			return drift;
		})();
		return {
			stop() {
				left = 20;
				return watching;
			}
		};
	}, from);
	return { drift: () => held.evaluate((place) => place.stop()) };
}

/**
 * Scrolls to the very top in the moment in which more has come there. Returns how many pixels the row that is the first
 * then was from its place in each of some frames.
 */
export async function driftOfFirstAsMoreComes(page: Page): Promise<number[]> {
	return log(page).evaluate(async (scroller) => {
		const first = () => scroller.querySelector<HTMLElement>('[data-message-id]');
		const before = first();
		scroller.scrollTop = 0;
		await new Promise<void>((resolve) => {
			const rows = new MutationObserver(() => {
				if (first() === before) return;
				rows.disconnect();
				resolve();
			});
			rows.observe(scroller, { childList: true, subtree: true });
		});
		scroller.scrollTop = 0;
		const row = first()!;
		const place = row.getBoundingClientRect().top;
		const drift: number[] = [];
		for (let frame = 0; frame < 20; frame++) {
			await new Promise(requestAnimationFrame);
			drift.push(row.getBoundingClientRect().top - place);
		}
		return drift;
	});
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
