import { expect, test } from '../kit';
import * as screen from '../kit/screen';
import type { Device } from '../kit/device';

const kept = (device: Device) => device.page.getByRole('region', { name: 'Not sent' });

async function edit(device: Device, text: string, changed: string): Promise<void> {
	await screen.choose(device.page, text, 'Edit');
	await expect(screen.composer(device.page)).toHaveValue(text);
	await screen.composer(device.page).fill(changed);
	await screen.composer(device.page).press('Enter');
	await expect(device).toShow(changed);
}

async function deleteForEveryone(device: Device, text: string): Promise<void> {
	await screen.choose(device.page, text, 'Delete for everyone');
	await device.page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
	await expect(screen.message(device.page, text)).toHaveCount(0);
}

test('a change made offline to what another device deleted meanwhile can be copied', async ({ people }) => {
	const alice = await people.register('alice');
	await people.register('bob');
	const [phone, laptop] = await alice.devices('phone', 'laptop');
	await phone.startConversation(['bob']);
	await phone.write('low water at noon');
	await laptop.openConversation('bob');
	await expect(laptop).toShow('low water at noon');
	await expect(phone).toHaveSynced();

	phone.goOffline();
	await expect(phone).toBeOffline();
	await edit(phone, 'low water at noon', 'low water at one, bring the blue rope');
	await deleteForEveryone(laptop, 'low water at noon');
	await expect(laptop).toHaveSynced();
	phone.goOnline();

	await expect(kept(phone)).toContainText('low water at one, bring the blue rope');
	await expect(kept(phone)).toContainText('The message was deleted before your change reached it.');
	await expect(phone).toHaveSynced();
	await phone.reload();
	await expect(kept(phone)).toContainText('low water at one, bring the blue rope');
	await phone.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
	await kept(phone).getByRole('button', { name: 'Copy text' }).click();
	await expect(phone.page.getByText('Text copied')).toBeVisible();
	expect(await phone.page.evaluate(() => navigator.clipboard.readText())).toBe(
		'low water at one, bring the blue rope'
	);
	await kept(phone).getByRole('button', { name: 'Discard' }).click();
	await expect(kept(phone)).toHaveCount(0);
	// It is offered where it was typed, and deleted stays deleted.
	for (const device of [phone, laptop]) {
		await device.reload();
		await expect(screen.messages(device.page)).toHaveCount(1);
		await expect(kept(device)).toHaveCount(0);
		for (const text of ['low water at noon', 'low water at one, bring the blue rope'])
			await expect(screen.message(device.page, text)).toHaveCount(0);
	}
});

test('a change made offline to what a moderator deleted meanwhile can be copied', async ({ people }) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	await alice.startConversation([bob], 'Boats');
	const [desk] = await alice.devices('desk');
	const [phone] = await bob.devices('phone');
	for (const device of [desk, phone]) await device.openConversation('Boats');
	await phone.write('buy my boat now');
	await expect(desk).toShow('buy my boat now');
	await expect(phone).toHaveSynced();
	await phone.isInstalled();

	phone.goOffline();
	await expect(phone).toBeOffline();
	await edit(phone, 'buy my boat now', 'who would like to sail along?');
	await deleteForEveryone(desk, 'buy my boat now');
	await expect(desk).toHaveSynced();
	phone.goOnline();
	await expect(kept(phone)).toContainText('who would like to sail along?');
	await expect(screen.message(phone.page, 'who would like to sail along?')).toHaveCount(0);
	expect(phone.errors).toEqual([]);
});
