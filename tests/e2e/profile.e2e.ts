import { expect, test } from '../kit';
import type { Device } from '../kit/device';
import { choosePicture, photo, pictures } from '../kit/pictures';
import { XSS_CORPUS, xssFound } from '../kit/xssCorpus';
import * as screen from '../kit/screen';

const MARKUP = '<img data-xss src=x onerror="globalThis.xssRan=1">';

async function open(device: Device, item: 'Profile' | 'Settings'): Promise<void> {
	await screen.accountButton(device.page).click();
	await device.page.getByRole('menuitem', { name: item }).click();
	await expect(device.page.getByRole('heading', { name: item, level: 1 })).toBeVisible();
}

test('a picture, a name and some words are at once with everybody who shares a conversation', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	await alice.startConversation([bob]);
	const [phone] = await alice.devices('phone');
	const [desk] = await bob.devices('desk');
	await desk.openConversation('alice');
	await phone.openConversation('bob');
	await phone.write('hello');
	await expect(desk).toShow('hello');
	expect(await pictures(desk.page.locator('.app'))).toBe(0);

	await open(phone, 'Profile');
	await choosePicture(phone, await photo('teal'));
	await expect(phone.page.getByRole('button', { name: 'Choose another' })).toBeVisible();
	// In the list, in the header, and on the strand beside what she wrote.
	await expect.poll(() => pictures(screen.conversations(desk.page))).toBe(1);
	await expect.poll(() => pictures(desk.page.locator('main > header'))).toBe(1);
	await expect.poll(() => pictures(screen.log(desk.page))).toBe(1);

	await phone.page.getByLabel('Display name').fill('Alice Sund');
	await phone.page.getByRole('textbox', { name: 'About' }).fill('Mostly at sea.');
	await phone.page.getByRole('button', { name: 'Save' }).click();
	await expect(phone.page.getByText('Saved', { exact: true })).toBeVisible();
	await expect(desk).toListConversation('Alice Sund');

	await phone.page.getByRole('button', { name: 'Remove' }).click();
	await expect(phone.page.getByRole('button', { name: 'Choose a picture' })).toBeVisible();
	await expect.poll(() => pictures(desk.page.locator('.app'))).toBe(0);
});

test('pictures are there without a network, and gone with the account', async ({ people }) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	await alice.startConversation([bob]);
	const [phone] = await alice.devices('phone');
	const [desk] = await bob.devices('desk');
	await open(phone, 'Profile');
	await choosePicture(phone, await photo('teal'));
	await expect.poll(() => pictures(screen.conversations(desk.page))).toBe(1);
	await expect(desk).toHaveSynced();
	await desk.isInstalled();

	desk.goOffline();
	await desk.reload();
	await expect(desk).toBeOffline();
	await expect.poll(() => pictures(screen.conversations(desk.page))).toBe(1);

	desk.goOnline();
	await expect(desk).toHaveSynced();
	const caches = () => desk.page.evaluate(() => globalThis.caches.keys());
	expect((await caches()).filter((name) => name.includes(bob.id))).toHaveLength(1);
	await desk.logOut();
	await expect.poll(async () => (await caches()).filter((name) => name.includes(bob.id))).toEqual([]);
});

test('what is no picture is said so, and nothing of it is taken', async ({ people }) => {
	const alice = await people.register('alice');
	const [phone] = await alice.devices('phone');
	await open(phone, 'Profile');
	const drawing = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" onload="globalThis.xssRan=1"/>`);
	await choosePicture(phone, drawing, 'image/svg+xml');
	await expect(phone.page.getByText('cannot read that picture')).toBeVisible();
	await choosePicture(phone, drawing, 'image/png');
	await expect(phone.page.getByText('cannot read that picture')).toBeVisible();
	expect(await xssFound(phone.page)).toEqual([]);
	const { user } = await alice.api.call<{ user: { picture?: string } }>('GET', 'me');
	expect(user.picture).toBeUndefined();
});

test('without a network it holds here at once, through a restart, and everywhere afterwards', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	await alice.startConversation([bob]);
	const [phone] = await alice.devices('phone');
	const [desk] = await bob.devices('desk');
	await expect(desk).toListConversation('alice');
	await expect(phone).toHaveSynced();
	await phone.isInstalled();
	await open(phone, 'Profile');
	phone.goOffline();
	await phone.page.getByLabel('Display name').fill('');
	await phone.page.getByRole('button', { name: 'Save' }).click();
	await expect(phone.page.getByText('Enter a name.')).toBeVisible();
	await phone.page.getByLabel('Display name').fill('Alice Sund');
	await phone.page.getByRole('button', { name: 'Save' }).click();
	await expect(phone.page.getByText('Saved', { exact: true })).toBeVisible();
	await choosePicture(phone, await photo('teal'));
	const ownPictures = () => pictures(screen.accountButton(phone.page));
	await expect.poll(ownPictures).toBe(1);
	await phone.reload();
	await expect(phone.page.getByLabel('Display name')).toHaveValue('Alice Sund');
	await expect.poll(ownPictures).toBe(1);
	expect(await pictures(screen.conversations(desk.page))).toBe(0);

	phone.goOnline();
	await expect(desk).toListConversation('Alice Sund');
	await expect.poll(() => pictures(screen.conversations(desk.page))).toBe(1);
	await expect(phone).toHaveSynced();
	await expect.poll(ownPictures).toBe(1);
});

test('markup in names, words and pictures is text for everybody', async ({ people }) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	await alice.startConversation([bob]);
	await alice.api.call('POST', 'messages/send', { userId: bob.id, text: 'hello' });
	const [phone] = await alice.devices('phone');
	const [desk] = await bob.devices('desk');
	await desk.openConversation('alice');
	await open(phone, 'Profile');
	await choosePicture(phone, await photo('teal', MARKUP));
	await expect(phone.page.getByRole('button', { name: 'Choose another' })).toBeVisible();

	for (const text of XSS_CORPUS) {
		const displayName = text.slice(0, 64);
		const { user } = await alice.api.call<{ user: { displayName: string; about: string } }>('PATCH', 'me', {
			displayName,
			about: text
		});
		await expect(screen.log(desk.page).getByText(user.displayName, { exact: true }).first()).toBeAttached();
		expect(await xssFound(desk.page)).toEqual([]);
		expect(await desk.page.title()).toContain(user.displayName);
	}
	await phone.reload();
	await expect(phone.page.getByRole('textbox', { name: 'About' })).toHaveValue(XSS_CORPUS.at(-1)!);
	expect([await xssFound(phone.page), await xssFound(desk.page)]).toEqual([[], []]);
	expect([phone.errors, desk.errors]).toEqual([[], []]);
});
