import { expect, test } from '../kit';
import { isOnDisk } from '../kit/disk';
import * as screen from '../kit/screen';
import type { Device } from '../kit/device';

const other = (device: Device) => device.page.getByRole('note').filter({ hasText: 'Another draft' });

test('a draft that was written over another one unseen keeps both: the other is offered', async ({
	people
}) => {
	const alice = await people.register('alice');
	await people.register('bob');
	const [phone, laptop] = await alice.devices('phone', 'laptop');
	await phone.startConversation(['bob']);
	await phone.write('hello');
	await laptop.openConversation('bob');
	await expect(laptop).toShow('hello');

	laptop.goOffline();
	await expect(laptop).toBeOffline();
	await screen.composer(phone.page).fill('begun on the phone');
	await screen.composer(laptop.page).fill('begun on the laptop');
	laptop.goOnline();
	await expect(other(laptop)).toContainText('begun on the phone');
	await expect(other(phone)).toContainText('begun on the laptop');
	await expect(screen.composer(laptop.page)).toHaveValue('begun on the laptop');
	await expect(screen.composer(phone.page)).toHaveValue('begun on the phone');

	await other(laptop).getByRole('button', { name: 'Use it' }).click();
	await expect(screen.composer(laptop.page)).toHaveValue('begun on the phone');
	await expect(other(laptop)).toHaveCount(0);
	await expect(other(phone)).toHaveCount(0);
	await expect(screen.composer(phone.page)).toHaveValue('begun on the phone');
});

test('a draft goes on with its reply on another device, and once sent there it is gone here', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	await bob.api.call('POST', 'messages/send', { userId: alice.id, text: 'when is low water' });
	const [phone, laptop] = await alice.devices('phone', 'laptop');
	await phone.openConversation('bob');
	await screen.choose(phone.page, 'when is low water', 'Reply');
	// Whoever thinks before they type.
	const [asked = ''] = await screen.messageIds(phone.page);
	await expect.poll(() => isOnDisk(phone, asked, 'home/')).toBe(true);
	await screen.composer(phone.page).fill('at noon');

	await expect(screen.conversationLink(laptop.page, 'bob')).toContainText('Draft: at noon');
	await laptop.openConversation('bob');
	await expect(screen.composer(laptop.page)).toHaveValue('at noon');
	await expect(laptop.page.getByText('Replying to bob')).toBeVisible();
	await screen.composer(laptop.page).fill('at noon, then');
	await laptop.page.getByRole('button', { name: 'Send' }).click();
	await expect(screen.message(laptop.page, 'at noon, then')).toContainText('when is low water');

	await expect(screen.message(phone.page, 'at noon, then')).toContainText('when is low water');
	await expect(screen.composer(phone.page)).toHaveValue('');
	await expect(phone.page.getByText('Replying to bob')).toHaveCount(0);
	for (const device of [phone, laptop]) {
		await device.reload();
		await expect(device).toShowOnce('at noon, then');
		await expect(screen.composer(device.page)).toHaveValue('');
		await expect(other(device)).toHaveCount(0);
		await expect(screen.conversationLink(device.page, 'bob')).not.toContainText('Draft');
	}
});

test('a draft that was cleared stays cleared when a device returns that still had it', async ({ people }) => {
	const alice = await people.register('alice');
	await people.register('bob');
	const [phone, laptop] = await alice.devices('phone', 'laptop');
	await phone.startConversation(['bob']);
	await phone.write('hello');
	await screen.composer(phone.page).fill('not this');
	await expect(screen.conversationLink(laptop.page, 'bob')).toContainText('Draft: not this');

	laptop.goOffline();
	await expect(laptop).toBeOffline();
	await screen.composer(phone.page).fill('');
	await expect(screen.conversationLink(phone.page, 'bob')).not.toContainText('Draft');
	await expect(phone).toHaveSynced();
	laptop.goOnline();
	await expect(screen.conversationLink(laptop.page, 'bob')).not.toContainText('Draft');
	await laptop.openConversation('bob');
	await expect(screen.composer(laptop.page)).toHaveValue('');
	await expect(other(laptop)).toHaveCount(0);
});

test('a paste that is too large for a message stays in its field through a reload, and holds up no other draft', async ({
	people
}) => {
	const alice = await people.register('alice');
	const [bob, carol] = [await people.register('bob'), await people.register('carol')];
	for (const each of [bob, carol]) await alice.startConversation([each]);
	const [phone, laptop] = await alice.devices('phone', 'laptop');
	const pasted = '😀'.repeat(16_384);
	await phone.openConversation('bob');
	await screen.composer(phone.page).fill(pasted);
	await phone.openConversation('carol');
	await screen.composer(phone.page).fill('for carol');
	await expect(screen.conversationLink(laptop.page, 'carol')).toContainText('Draft: for carol');

	await phone.reload();
	await phone.openConversation('bob');
	await expect(screen.composer(phone.page)).toHaveValue(pasted);
	expect(phone.errors).toEqual([]);
});
