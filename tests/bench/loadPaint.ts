/**
 * When a conversation is painted on a cold start with no network and a slow processor, beside a page of the same markup
 * that has no code. Both are answered for by the app's own service worker: the peer stands where its shell stood.
 */
import type { BrowserContext, Page } from '@playwright/test';
import type { BenchLab } from './benchLab';
import type { Profile } from '../kit/profile';

export interface Paint {
	/** Largest Contentful Paint, in milliseconds from the beginning of the navigation. */
	readonly largest: number;
	/** The first one. */
	readonly first: number;
	/** The element that was painted largest: its name and its first class. */
	readonly element: string;
}

/** As on a phone of the middle class: https://web.dev/articles/lcp, lab measurements with Lighthouse. */
const CPU_SLOWDOWN = 4;
const MESSAGE = '[role=log] article';

/** A cold browser at the path until it has nothing more to do. */
export function measurePaint(lab: BenchLab, profile: Profile, path: string): Promise<Paint> {
	return lab.visit(
		profile,
		path,
		async (page) => {
			await rested(page);
			return page.evaluate(
				() =>
					new Promise<Paint>((resolve) => {
						new PerformanceObserver((list, observer) => {
							observer.disconnect();
							const last = list.getEntries().at(-1) as PerformanceEntry & { readonly element?: Element };
							const [first] = performance.getEntriesByName('first-contentful-paint');
							const { element } = last;
							resolve({
								largest: last.startTime,
								first: first?.startTime ?? NaN,
								element: [element?.localName, element?.classList[0]].filter(Boolean).join('.')
							});
						}).observe({ type: 'largest-contentful-paint', buffered: true });
					})
			);
		},
		slowDown
	);
}

/** Puts what the app has drawn at the path, without its code, where the service worker of the other profile keeps the shell. */
export async function freezeInto(lab: BenchLab, from: Profile, to: Profile, path: string): Promise<void> {
	const markup = await lab.visit(from, path, async (page) => {
		await rested(page);
		return page.evaluate(() => {
			for (const code of document.querySelectorAll('script, link[rel=modulepreload]')) code.remove();
			return `<!doctype html>${document.documentElement.outerHTML}`;
		});
	});
	await lab.visit(to, path, (page) =>
		page.evaluate(async (html) => {
			const name = (await caches.keys()).find((key) => key.startsWith('skein-shell-'));
			if (name === undefined) throw new Error('the app is not installed');
			const shell = new Response(html, { headers: { 'content-type': 'text/html' } });
			await (await caches.open(name)).put('/', shell);
		}, markup)
	);
}

async function rested(page: Page): Promise<void> {
	await page.waitForSelector(MESSAGE);
	await page.evaluate(async () => {
		for (let quiet = 0; quiet < 3; quiet++) await new Promise((resolve) => requestIdleCallback(resolve));
	});
}

async function slowDown(context: BrowserContext): Promise<void> {
	const page = context.pages()[0] ?? (await context.newPage());
	const session = await context.newCDPSession(page);
	await session.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
}
