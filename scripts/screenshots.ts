/**
 * `npm run screenshots`: shows the demonstration (`npm run seed`) to a browser that is two weeks behind and has no
 * network at first. The four pictures of the README go to docs/images, every screen at three widths, light, dark and
 * right to left, to screenshots/.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { findChromium } from './findChromium.mjs';
import { OUTSIDE, screensIn, type GalleryScreen } from './gallery/screens';
import { hasSynced, Stage } from './gallery/stage';
import { build, root } from './prepare.mjs';
import { joined } from '../src/lib/ui/text';
import { ar } from '../src/lib/ui/text/ar';
import { later as arLater } from '../src/lib/ui/text/ar/later';
import { en } from '../src/lib/ui/text/en';
import { later as enLater } from '../src/lib/ui/text/en/later';
import type { Device } from '../tests/kit/device';
import { expect } from '../tests/kit/expect';
import { takePicture } from '../tests/kit/picture';
import * as screen from '../tests/kit/screen';

const WIDTHS = [390, 820, 1440];
const HEIGHTS: Readonly<Record<number, number>> = { 390: 844, 820: 1_180, 1440: 900 };
const SCHEMES = ['light', 'dark'] as const;
const DAYS_BEHIND = 14;

const images = join(root, 'docs/images');
const gallery = join(root, 'screenshots');

const resize = (page: Page, width: number) => page.setViewportSize({ width, height: HEIGHTS[width] ?? 900 });

async function showAll(device: Device, screens: readonly GalleryScreen[]): Promise<void> {
	const { page } = device;
	for (const width of WIDTHS)
		for (const colorScheme of SCHEMES) {
			await resize(page, width);
			await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
			for (const { name, show } of screens) {
				await show(device);
				await takePicture(page, join(gallery, `${name} ${width} ${colorScheme}.png`));
			}
		}
}

/** In Arabic, as if chosen in the settings. */
async function showRightToLeft(device: Device, screens: readonly GalleryScreen[]): Promise<void> {
	const { page } = device;
	await page.evaluate(() => localStorage.setItem('skein.preferences', '{"language":"ar"}'));
	await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
	for (const width of WIDTHS) {
		await resize(page, width);
		for (const { name, show } of screens) {
			await show(device);
			await takePicture(page, join(gallery, `${name} ${width} rtl.png`));
		}
	}
}

/** Two weeks behind and out of reach: what was written meanwhile waits at the server, what is written here waits here. */
async function showOffline(laptop: Device): Promise<void> {
	const { page } = laptop;
	await resize(page, 1440);
	await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
	await laptop.openConversation('Kelp survey');
	await laptop.write('No coverage past the harbour wall, so write as usual and I will catch up.');
	await laptop.write('On station at the north end of 4. Visibility 8 m, hardly any swell yet.');
	await expect(page.locator('[data-shown-state=offline]').first()).toBeVisible();
	await takePicture(page, join(images, 'offline.png'));
	await laptop.goTo('/queued');
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	// A page that has just begun is still looking for the network.
	await expect(page.locator('[data-shown-state=offline]').first()).toBeVisible();
	await takePicture(page, join(images, 'only-here.png'));
}

async function showSynced(laptop: Device): Promise<void> {
	const { page } = laptop;
	await hasSynced(laptop);
	await laptop.goTo('/');
	await laptop.openConversation('Alcyone crew');
	await expect(screen.messages(page).first()).toBeVisible();
	await takePicture(page, join(images, 'conversation.png'));
	await resize(page, 390);
	await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
	await laptop.goTo('/');
	await expect(screen.conversations(page).getByRole('link').first()).toBeVisible();
	await takePicture(page, join(images, 'phone.png'));
}

const chromium = await findChromium();
if ('problem' in chromium) throw new Error(chromium.problem);
await build();
for (const folder of [images, gallery]) mkdirSync(folder, { recursive: true });
const stage = await Stage.open(chromium.path, { daysAgo: DAYS_BEHIND });
try {
	const laptop = await stage.newDevice('laptop');
	await stage.logIn(laptop, 'mira');
	await laptop.close();
	await stage.goOnUntil(0);
	laptop.goOffline();
	await laptop.open('/');
	await showOffline(laptop);
	laptop.goOnline();
	await showSynced(laptop);
	const visitor = await stage.newDevice('visitor');
	await showAll(laptop, screensIn(joined(en, enLater)));
	await showAll(visitor, OUTSIDE);
	await showRightToLeft(laptop, screensIn(joined(ar, arLater)));
	await showRightToLeft(visitor, OUTSIDE);
} finally {
	await stage.close();
}
