/** Browsers on filled profiles: a cold one for each measurement, and a page of it. */
import { findChromium } from '../../scripts/findChromium.mjs';
import { Profile } from '../kit/profile';
import { startFront, type Front, type FrontOptions } from './front';
import { bundlePages, workerUrl, type PageName } from './bundle';
import { serveHistories, type HistorySet } from './histories';
import type { BrowserContext, CDPSession, Page } from '@playwright/test';
import type { FillBench, FillPlan } from './pages/fill';

/** What a browser is told before its first page. */
type Prepare = (context: BrowserContext) => Promise<void>;

export interface BenchLab {
	readonly front: Front;
	/** A profile of its own with all that the plan names. */
	fill(plan: FillPlan): Promise<Profile>;
	/** Installs the benchmark's pages in the profile, as an app is. */
	keepPages(profile: Profile): Promise<void>;
	/** An empty profile. */
	newProfile(): Promise<Profile>;
	/** Starts a cold browser on the profile, runs `use` in a page of it, and closes the browser. */
	visit<T>(profile: Profile, path: string, use: (page: Page) => Promise<T>, prepare?: Prepare): Promise<T>;
	close(): Promise<void>;
}

export async function openBenchLab(sets: readonly HistorySet[], app: FrontOptions['app']): Promise<BenchLab> {
	const found = await findChromium();
	if (!('path' in found)) throw new Error(found.problem);
	const { path: executable } = found;
	const pages = await bundlePages();
	const histories = serveHistories(sets);
	const front = await startFront({
		app,
		serve: (path) => (path.startsWith('data/') ? histories(path) : pages.get(path))
	});
	const profiles: Profile[] = [];

	async function newProfile(): Promise<Profile> {
		const profile = await Profile.create(executable);
		profiles.push(profile);
		return profile;
	}

	async function visit<T>(
		profile: Profile,
		path: string,
		use: (page: Page) => Promise<T>,
		prepare?: Prepare
	): Promise<T> {
		const context = await profile.open();
		try {
			await prepare?.(context);
			const page = context.pages()[0] ?? (await context.newPage());
			page.setDefaultTimeout(600_000);
			await page.goto(`${front.origin}${path}`);
			return await use(page);
		} finally {
			await context.close();
		}
	}

	async function keepPages(profile: Profile): Promise<void> {
		await visit(profile, pathOf('fill'), async (page) => {
			await running(page);
			await page.evaluate(
				(url) => (window as unknown as { bench: FillBench }).bench.keep(url),
				workerUrl(pages)
			);
		});
	}

	return {
		front,
		newProfile,
		visit,
		keepPages,
		async fill(plan) {
			const profile = await newProfile();
			await visit(profile, pathOf('fill'), async (page) => {
				await running(page);
				await page.evaluate((all) => (window as unknown as { bench: FillBench }).bench.fill(all), plan);
			});
			await keepPages(profile);
			return profile;
		},
		async close() {
			await front.close();
			await Promise.all(profiles.map((profile) => profile.dispose()));
		}
	};
}

export const pathOf = (page: PageName): string => `/bench/${page}.html`;

/** Waits until the page's script has run. */
export async function running(page: Page): Promise<void> {
	await page.waitForFunction(() => 'bench' in window);
}

/** Bytes that the page holds after a garbage collection: its objects, and the arrays of bytes behind them. */
export async function heapOf(page: Page): Promise<number> {
	const session: CDPSession = await page.context().newCDPSession(page);
	await session.send('HeapProfiler.enable');
	await session.send('HeapProfiler.collectGarbage');
	const usage: { usedSize: number; backingStorageSize?: number } = await session.send('Runtime.getHeapUsage');
	await session.detach();
	return usage.usedSize + (usage.backingStorageSize ?? 0);
}
