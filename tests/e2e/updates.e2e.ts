import { expect, test as base } from '../kit';
import { newerRelease, type Release } from '../kit/newerRelease';
import * as screen from '../kit/screen';
import type { Device } from '../kit/device';
import type { Page } from '@playwright/test';

const test = base.extend<{ release: Release }>({
	// eslint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from the pattern.
	release: async ({}, use) => {
		const release = await newerRelease();
		await use(release);
		await release.dispose();
	}
});

const offer = (page: Page) =>
	page.getByRole('status').filter({ hasText: 'A new version of Skein is ready.' });

/** The app is kept, and answers of it come from there. */
const isKept = (page: Page) =>
	page.evaluate(async () => {
		await navigator.serviceWorker.ready;
		return navigator.serviceWorker.controller !== null;
	});

/** The page runs the parts of that build, and not of the one before. */
async function runs(page: Page, { version }: Release): Promise<boolean> {
	return page.evaluate(async (version) => {
		const parts = performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname);
		const cache = await caches.open(`skein-shell-${version}`);
		const kept = new Set((await cache.keys()).map(({ url }) => new URL(url).pathname));
		const own = parts.filter((path) => path.startsWith('/_app/immutable/'));
		return own.length > 0 && own.every((path) => kept.has(path));
	}, version);
}

/** The page has been open for so long that it asks the server again. */
const timePasses = (page: Page) =>
	page.evaluate(() => {
		const sinceStart = performance.now.bind(performance);
		performance.now = () => sinceStart() + 3_600_000;
	});

async function startWith(device: Device) {
	await device.openConversation('bob');
	await expect.poll(() => isKept(device.page)).toBe(true);
	await screen.composer(device.page).fill('half a sentence');
}

test('a newer version is offered to a page that stays open, never forced on it, and keeps what was typed', async ({
	people,
	relay,
	release
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	await alice.startConversation([bob]);
	const [desk] = await alice.devices('desk');
	await startWith(desk);
	const { page } = desk;
	const tab = await desk.openTab('/');
	await tab.openConversation('bob');
	await expect(tab).toHaveSynced();
	await timePasses(page);

	await relay.stop();
	relay.release = release.folder;
	await relay.restart();
	await expect(offer(page)).toBeVisible();
	await expect(offer(tab.page)).toBeVisible();
	await expect(screen.composer(page)).toHaveValue('half a sentence');
	// Who does not want it goes on with the one before, those of its parts too that come only now.
	await tab.write('written in the version before');
	await expect(tab).toHaveState('written in the version before', 'sent');
	expect(await runs(page, release)).toBe(false);

	await screen.composer(page).fill('half a sentence, and a word');
	await offer(page).getByRole('button', { name: 'Update' }).click();
	await expect.poll(() => runs(page, release).catch(() => false)).toBe(true);
	await expect(screen.composer(page)).toHaveValue('half a sentence, and a word');
	await expect(desk).toShow('written in the version before');

	// The other window still is what it was, though the server no longer has its parts.
	expect(await runs(tab.page, release)).toBe(false);
	await screen.accountButton(tab.page).click();
	await tab.page.getByRole('menuitem', { name: 'Settings' }).click();
	await expect(tab.page.getByRole('heading', { name: 'Keyboard shortcuts' })).toBeVisible();
	await offer(tab.page).getByRole('button', { name: 'Update' }).click();
	await expect.poll(() => runs(tab.page, release).catch(() => false)).toBe(true);

	desk.goOffline();
	await desk.reload();
	await expect(screen.composer(page)).toHaveValue('half a sentence, and a word');
	expect(await runs(page, release)).toBe(true);
	expect([...desk.errors, ...tab.errors]).toEqual([]);
});

test.describe('of a browser that is closed', () => {
	test.use({ ownBrowsers: true });

	test('a newer version that was put off takes over at the next start, without a network too', async ({
		people,
		relay,
		release
	}) => {
		const alice = await people.register('alice');
		const bob = await people.register('bob');
		await alice.startConversation([bob]);
		const [desk] = await alice.devices('desk');
		await startWith(desk);
		await relay.stop();
		relay.release = release.folder;
		await relay.restart();
		// The browser asks by itself when a page is loaded.
		await desk.reload();
		await expect(offer(desk.page)).toBeVisible();
		await desk.page.getByRole('button', { name: 'Later' }).click();
		await expect(offer(desk.page)).toBeHidden();
		await expect(screen.composer(desk.page)).toHaveValue('half a sentence');
		expect(await runs(desk.page, release)).toBe(false);
		await desk.close();
		desk.goOffline();
		await desk.reopen();
		await expect(screen.composer(desk.page)).toHaveValue('half a sentence');
		expect(await runs(desk.page, release)).toBe(true);
		await expect(offer(desk.page)).toBeHidden();
		expect(desk.errors).toEqual([]);
	});
});
