import { expect, test } from '../kit';
import * as screen from '../kit/screen';
import type { Device } from '../kit/device';
import type { Person } from '../kit/people';

const folded = (device: Device, said: string) =>
	screen.log(device.page).getByText(`${said} from somebody you blocked`);
const unread = (device: Device, n: number) =>
	screen.conversationLink(device.page, 'Boats').getByText(`${n} unread`);

async function block(device: Device, { id, displayName }: Person): Promise<void> {
	await device.goTo(`/people/${id}`);
	await device.page.getByRole('button', { name: 'Block', exact: true }).click();
	const dialog = device.page.getByRole('dialog', { name: `Block ${displayName}?` });
	await dialog.getByRole('button', { name: 'Block' }).click();
	await expect(device.page.getByRole('button', { name: 'Unblock' })).toBeVisible();
}

test('somebody is blocked offline: what they write is folded away at once, and not counted as unread', async ({
	people
}) => {
	const [alice, bob, carol] = [
		await people.register('alice'),
		await people.register('bob'),
		await people.register('carol')
	];
	await alice.startConversation([bob, carol], 'Boats');
	const [phone] = await alice.devices('phone');
	const [desk] = await bob.devices('desk');
	const [tablet] = await carol.devices('tablet');
	for (const device of [phone, desk, tablet]) await device.openConversation('Boats');
	await desk.write('buy my boat');
	await desk.write('buy it now');
	await expect(tablet).toShow('buy it now');
	await tablet.write('what a boat');
	await expect(phone).toShowInOrder(['buy my boat', 'buy it now', 'what a boat']);
	await phone.isInstalled();
	phone.goOffline();
	await expect(phone).toBeOffline();

	await block(phone, bob);
	await expect(phone.page.getByRole('button', { name: 'Message', exact: true })).toHaveCount(0);
	await phone.openConversation('Boats');
	await expect(folded(phone, '2 messages')).toBeVisible();
	await expect(phone).toShowInOrder(['what a boat']);
	await expect(screen.message(phone.page, 'buy my boat')).toHaveCount(0);

	phone.goOnline();
	await expect(phone).toHaveSynced();
	await expect
		.poll(() => alice.api.call<{ users: unknown[] }>('GET', 'blocks').then(({ users }) => users.length))
		.toBe(1);
	await phone.goTo('/');
	await desk.write('a third time');
	await tablet.write('nobody answers him');
	await expect(unread(phone, 1)).toBeVisible();
	await expect(screen.conversationLink(phone.page, 'Boats')).toContainText('nobody answers him');

	await phone.openConversation('Boats');
	await expect(folded(phone, '1 message')).toBeVisible();
	await screen.log(phone.page).getByRole('button', { name: 'Show' }).first().click();
	await expect(phone).toShowInOrder(['buy my boat', 'buy it now', 'what a boat', 'nobody answers him']);
	await expect(folded(phone, '1 message')).toBeVisible();
	for (const device of [phone, desk, tablet]) expect(device.errors).toEqual([]);
});

test('in the conversation with somebody one has blocked it says why nothing can be written, until they are unblocked', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const carol = await people.register('carol');
	await alice.startConversation([carol], 'Boats');
	const direct = await alice.startConversation([bob]);
	const say = (text: string) => alice.api.call('POST', 'messages/send', { conversationId: direct, text });
	await say('lend me your boat');
	const [phone] = await alice.devices('phone');
	await phone.openConversation('bob');
	await expect(phone).toShow('lend me your boat');
	await screen.composer(phone.page).fill('well then');
	await block(phone, bob);

	await screen.conversationLink(phone.page, 'bob').click();
	const note = phone.page.getByRole('note').filter({ hasText: 'You have blocked bob.' });
	await expect(note).toContainText('well then');
	await expect(screen.composer(phone.page)).toHaveCount(0);
	await screen.openMenu(phone.page, 'lend me your boat');
	await expect(phone.page.getByRole('menuitem', { name: 'Reply' })).toHaveCount(0);
	await phone.page.getByRole('menuitem', { name: 'Forward' }).click();
	const choice = phone.page.getByRole('dialog').getByRole('listitem');
	await expect(choice).toContainText(['Boats']);
	await phone.page.getByRole('button', { name: 'Cancel' }).click();

	await note.getByRole('button', { name: 'Unblock' }).click();
	await expect(screen.composer(phone.page)).toHaveValue('well then');
	await screen.composer(phone.page).press('Enter');
	await expect(phone).toShow('well then');
	expect(phone.errors).toEqual([]);
});

test('who is blocked stands in the settings, and is unblocked there', async ({ people }) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const [phone] = await alice.devices('phone');
	await block(phone, bob);
	await phone.goTo('/account/settings');
	const list = phone.page.getByRole('list', { name: 'Blocked people' });
	await expect(list.getByRole('link')).toContainText('bob');
	await phone.page.getByRole('button', { name: 'Unblock bob' }).click();
	await expect(phone.page.getByText('You have blocked nobody.')).toBeVisible();
	await phone.reload();
	await expect(phone.page.getByText('You have blocked nobody.')).toBeVisible();
	expect(phone.errors).toEqual([]);
});

test('whoever is blocked can begin no conversation, and reads no more than that', async ({ people }) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const [phone] = await alice.devices('phone');
	const [desk] = await bob.devices('desk');
	await block(phone, bob);
	await expect
		.poll(() => alice.api.call<{ users: unknown[] }>('GET', 'blocks').then(({ users }) => users.length))
		.toBe(1);
	await desk.goTo(`/people/${alice.id}`);
	await desk.page.getByRole('button', { name: 'Message', exact: true }).click();
	await expect(desk.page.getByText('Somebody in it is out of reach for you.').first()).toBeVisible();
	expect(await bob.api.call<{ conversations: unknown[] }>('GET', 'conversations')).toMatchObject({
		conversations: []
	});
});
