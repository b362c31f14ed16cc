import { expect, test } from '../kit';
import type { Device } from '../kit/device';
import { choosePicture, photo, pictures } from '../kit/pictures';
import * as screen from '../kit/screen';
import { xssFound } from '../kit/xssCorpus';

const WIDE = { width: 1440, height: 900 };
const MARKUP = '<img data-xss src=x onerror="globalThis.xssRan=1">';

const pane = ({ page }: Device) => page.getByRole('complementary', { name: 'About this conversation' });
const inList = (device: Device) => pictures(screen.conversations(device.page));
const inHeader = (device: Device) => pictures(device.page.locator('main > header'));

test('a picture that is set offline shows here at once, through a restart, and with every member afterwards', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	await alice.startConversation([bob], 'Boats');
	const [phone] = await alice.devices('phone');
	const [desk] = await bob.devices('desk');
	for (const device of [phone, desk]) {
		await device.openConversation('Boats');
		await device.page.setViewportSize(WIDE);
		await expect(device).toHaveSynced();
		await device.isInstalled();
	}
	// Only those who may change it are offered to.
	await expect(pane(phone).getByRole('button', { name: 'Choose a picture' })).toBeVisible();
	await expect(pane(desk).getByRole('button', { name: 'Leave group…' })).toBeVisible();
	await expect(pane(desk).getByRole('button', { name: 'Choose a picture' })).toHaveCount(0);

	phone.goOffline();
	await expect(phone).toBeOffline();
	await choosePicture(phone, await photo('teal', MARKUP));
	for (const place of [inList, inHeader]) await expect.poll(() => place(phone)).toBe(1);
	await expect.poll(() => pictures(pane(phone))).toBe(1);
	await phone.reload();
	for (const place of [inList, inHeader]) await expect.poll(() => place(phone)).toBe(1);
	expect(await inList(desk)).toBe(0);

	phone.goOnline();
	for (const place of [inList, inHeader]) await expect.poll(() => place(desk)).toBe(1);
	await expect.poll(() => pictures(pane(desk))).toBe(1);
	await expect(screen.log(desk.page).getByText('alice changed the group’s picture')).toBeVisible();
	desk.goOffline();
	await desk.reload();
	await expect(desk).toBeOffline();
	for (const place of [inList, inHeader]) await expect.poll(() => place(desk)).toBe(1);
	desk.goOnline();

	await pane(phone).getByRole('button', { name: 'Remove the picture' }).click();
	await expect(screen.log(desk.page).getByText('alice removed the group’s picture')).toBeVisible();
	for (const device of [phone, desk])
		for (const place of [inList, inHeader]) await expect.poll(() => place(device)).toBe(0);
	expect([await xssFound(phone.page), await xssFound(desk.page)]).toEqual([[], []]);
	expect([phone.errors, desk.errors]).toEqual([[], []]);
});

test('what is no picture is said so in the group too, and a picture that may no longer be set says why', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const id = await alice.startConversation([bob], 'Boats');
	await alice.api.call('PATCH', `conversations/${id}/members/${bob.id}`, { role: 'admin' });
	const [desk] = await bob.devices('desk');
	await desk.openConversation('Boats');
	await desk.page.setViewportSize(WIDE);
	await expect(desk).toHaveSynced();
	await choosePicture(desk, Buffer.from('no picture'), 'image/png');
	await expect(desk.page.getByText('cannot read that picture')).toBeVisible();

	desk.goOffline();
	await expect(desk).toBeOffline();
	await choosePicture(desk, await photo('teal'));
	await expect.poll(() => inList(desk)).toBe(1);
	await alice.api.call('PATCH', `conversations/${id}/members/${bob.id}`, { role: 'member' });
	desk.goOnline();
	await expect(desk.page.getByText('The picture of “Boats” was not changed.')).toBeVisible();
	await expect.poll(() => inList(desk)).toBe(0);
	await expect(desk).toHaveSynced();
});
