/** The first visit's network goes before everything is kept, or there is no worker to keep it (plain http). */
import type { Page } from '@playwright/test';
import { expect, test } from '../kit';
import type { Device } from '../kit/device';
import { partOfBuild } from '../kit/partOfBuild';
import * as screen from '../kit/screen';

const NOT_HERE = /^This part of Skein is not on this device yet/;
const NOT_LOADED = /^This part of Skein did not load/;
const SETTINGS = { level: 1, name: 'Settings' } as const;

/** As on plain http: nothing keeps the app but the page that is open. */
async function withoutWorker(device: Device): Promise<void> {
	await device.open('/icon.svg');
	await device.page.addInitScript(() =>
		Object.defineProperty(Navigator.prototype, 'serviceWorker', { get: () => undefined })
	);
}

async function openSettings(page: Page): Promise<void> {
	await screen.accountButton(page).click();
	await page.getByRole('menuitem', { name: 'Settings' }).click();
}

/** Its code is here from then on. */
async function lookAtMenu(page: Page): Promise<void> {
	await screen.accountButton(page).click();
	await expect(page.getByRole('menuitem', { name: 'Settings' })).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(page.getByRole('menuitem', { name: 'Settings' })).toBeHidden();
}

test('a page that is not on this device yet leaves the app as it is, and opens once there is a connection', async ({
	people,
	newDevice
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	await alice.startConversation([bob]);
	const phone = await newDevice('phone');
	await withoutWorker(phone);
	await phone.logIn(alice);
	const { page } = phone;
	await phone.openConversation('bob');
	await phone.write('on the way out');
	await lookAtMenu(page);
	await expect(phone).toHaveSynced();

	phone.goOffline();
	await expect(phone).toBeOffline();
	await openSettings(page);
	await expect(page.getByRole('heading', { level: 1, name: NOT_HERE })).toBeVisible();
	await expect(page.getByRole('alert')).toHaveCount(0);
	await page.getByRole('button', { name: 'Try again' }).click();
	await phone.openConversation('bob');
	await phone.write('beyond the wall');
	await expect(phone).toHaveState('beyond the wall', 'queued');

	await page.goBack();
	await expect(page.getByRole('heading', { level: 1, name: NOT_HERE })).toBeVisible();
	phone.goOnline();
	await expect(page.getByRole('heading', SETTINGS)).toBeVisible();
	await phone.openConversation('bob');
	await expect(phone).toHaveState('beyond the wall', 'sent');
});

test('a page that did not load is tried again in the frame that stayed', async ({ people, newDevice }) => {
	const alice = await people.register('alice');
	const phone = await newDevice('phone');
	await withoutWorker(phone);
	await phone.logIn(alice);
	const { page } = phone;
	await lookAtMenu(page);
	const parts = '**/_app/immutable/**';
	await page.route(parts, (route) => route.abort());
	await openSettings(page);
	await expect(page.getByRole('heading', { level: 1, name: NOT_LOADED })).toBeVisible();
	await expect(screen.conversations(page)).toBeVisible();
	await page.unroute(parts);
	await page.getByRole('button', { name: 'Try again' }).click();
	await expect(page.getByRole('heading', SETTINGS)).toBeVisible();
});

test('the words of later pages may be what is missing', async ({ people, newDevice }) => {
	const alice = await people.register('alice');
	const phone = await newDevice('phone');
	await withoutWorker(phone);
	const { page } = phone;
	await phone.logIn(alice);
	await lookAtMenu(page);
	await openSettings(page);
	await expect(page.getByRole('heading', SETTINGS)).toBeVisible();

	const words = `**/${partOfBuild('Too many tries. Try again')}`;
	await page.route(words, (route) => route.abort());
	await phone.reload();
	await expect(page.getByRole('heading', { level: 1, name: /^This part of Skein/ })).toBeVisible();
	await expect(screen.conversations(page)).toBeVisible();
	await page.unroute(words);
	await page.getByRole('button', { name: 'Try again' }).click();
	await expect(page.getByRole('heading', SETTINGS)).toBeVisible();
});

test('a key that is pressed before the keys are listened for holds once they are', async ({
	people,
	newDevice
}) => {
	const alice = await people.register('alice');
	const desk = await newDevice('desk');
	await withoutWorker(desk);
	const { page } = desk;
	let letGo = () => {};
	const held = new Promise<void>((resolve) => (letGo = resolve));
	await page.route(`**/${partOfBuild('querySelector(`[role=dialog], [role=menu]`)')}`, async (route) => {
		await held;
		await route.continue();
	});
	await desk.logIn(alice);
	await expect(screen.conversations(page)).toBeVisible();
	await page.keyboard.press('?');
	letGo();
	await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(page.getByRole('dialog')).toBeHidden();
});

test('an address that nothing answers to is told in the frame, without a network too', async ({
	people,
	newDevice,
	relay
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	await alice.startConversation([bob]);
	const [phone] = await alice.devices('phone');
	const { page } = phone;
	await expect(phone).toHaveSynced();
	await phone.isInstalled();
	const nothing = page.getByRole('heading', { level: 1, name: 'There is nothing at this address.' });
	await phone.goTo('/nope/at/all');
	await expect(nothing).toBeVisible();
	await expect(screen.conversationLink(page, 'bob')).toBeVisible();
	phone.goOffline();
	await phone.goTo('/nope');
	await expect(nothing).toBeVisible();
	await page.getByRole('link', { name: 'To your conversations' }).click();
	await phone.openConversation('bob');
	await phone.write('back again');

	const visitor = await newDevice('visitor');
	await visitor.open('/nope');
	await expect(
		visitor.page.getByRole('heading', { level: 1, name: 'There is nothing at this address.' })
	).toBeVisible();
	await expect(screen.conversations(visitor.page)).toHaveCount(0);
	await visitor.page.getByRole('link', { name: 'What Skein is' }).click();
	await visitor.page.waitForURL('**/welcome');
	const answer = async (path: string, method = 'GET') => {
		const { status, headers } = await fetch(`http://127.0.0.1:${relay.port}${path}`, { method });
		return `${status} ${headers.get('content-type')?.split(';')[0]}`;
	};
	expect(await answer('/nope')).toBe('404 text/html');
	for (const method of ['GET', 'POST'])
		expect(await answer('/api/nope', method)).toBe('404 application/json');
	expect(phone.errors).toEqual([]);
});
