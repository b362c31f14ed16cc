/**
 * The built app itself, installed and with no network: from the beginning of a cold navigation and from the app's first
 * word to IndexedDB until its screen is painted, and from the key to the sent message.
 */
import { join } from 'node:path';
import { pathOf, type BenchLab } from './benchLab';
import { people } from './historyPlan';
import type { BrowserContext, Locator, Page } from '@playwright/test';
import type { Profile } from '../kit/profile';

export interface ScreenOpening {
	readonly navigation: number;
	readonly open: number;
}

interface Watched {
	opened?: number;
	painted?: number;
	keypresses: number[];
}

/** Makes the app at home in the profile: its service worker installed, its account known. */
export async function installApp(lab: BenchLab, profile: Profile): Promise<void> {
	lab.front.online = true;
	await lab.visit(profile, '/login', async (page) => {
		await page.evaluate(async ({ id, username, displayName }) => {
			await navigator.serviceWorker.ready;
			localStorage.setItem('skein.account', JSON.stringify({ id, username, displayName }));
			localStorage.setItem('skein.accounts', JSON.stringify([id]));
		}, people[0]!);
	});
	lab.front.online = false;
}

/** A cold browser at this path until what the selector names is painted. */
export function measureScreen(
	lab: BenchLab,
	profile: Profile,
	path: string,
	selector: string
): Promise<ScreenOpening> {
	return lab.visit(
		profile,
		path,
		async (page) => {
			const { opened, painted } = await paintedOn(page);
			return { navigation: painted, open: painted - opened };
		},
		(context) => watch(context, selector)
	);
}

/** Types into the composer and sends with Enter, `count` times. */
export function measureComposer(
	lab: BenchLab,
	profile: Profile,
	path: string,
	count: number
): Promise<number[]> {
	return lab.visit(
		profile,
		path,
		async (page) => {
			await paintedOn(page);
			return keypressesIn(page.getByRole('textbox', { name: 'Message', exact: true }), count);
		},
		(context) => watch(context, '[role=log] article')
	);
}

/** The limit: the same in a page that does nothing with Enter but put the text at the end of a log, and keeps nothing. */
export function measureBareField(lab: BenchLab, profile: Profile, count: number): Promise<number[]> {
	return lab.visit(
		profile,
		pathOf('naive'),
		async (page) => {
			await page.evaluate(() => {
				const field = document.querySelector('textarea')!;
				const log = document.querySelector('[role=log]')!;
				field.onkeydown = (event) => {
					if (event.key !== 'Enter') return;
					event.preventDefault();
					const article = document.createElement('article');
					article.textContent = field.value;
					field.value = '';
					log.append(article);
					log.scrollTop = log.scrollHeight;
				};
			});
			return keypressesIn(page.locator('textarea'), count);
		},
		(context) => watch(context, '[role=log]')
	);
}

async function keypressesIn(field: Locator, count: number): Promise<number[]> {
	const page = field.page();
	await field.focus();
	for (let i = 1; i <= count; i++) {
		await page.keyboard.type(`${i}!`);
		await page.keyboard.press('Enter');
		await page.waitForFunction(
			(n) => (window as unknown as { watched: Watched }).watched.keypresses.length >= n,
			i,
			{ polling: 5 }
		);
	}
	return page.evaluate(() => (window as unknown as { watched: Watched }).watched.keypresses);
}

async function paintedOn(page: Page): Promise<{ opened: number; painted: number }> {
	await page.waitForFunction(() => (window as unknown as { watched: Watched }).watched.painted !== undefined);
	const { opened, painted } = await page.evaluate(() => (window as unknown as { watched: Watched }).watched);
	return { opened: opened ?? NaN, painted: painted ?? NaN };
}

/** In each page from its very beginning: see pages/watch.js. */
async function watch(context: BrowserContext, selector: string): Promise<void> {
	await context.addInitScript((watchedFor) => Object.assign(window, { watchedFor }), selector);
	await context.addInitScript({ path: join(import.meta.dirname, 'pages/watch.js') });
}
