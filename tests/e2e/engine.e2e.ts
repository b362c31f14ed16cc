import { expect, test } from '../kit';
import { choose, composer, message, messages } from '../kit/screen';

test('what is done to messages offline reaches the others: reply, edit, delete, pin', async ({ people }) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const [phone] = await alice.devices('phone');
	const [desk] = await bob.devices('desk');
	await phone.startConversation(['bob']);
	await phone.write('low water at noon');
	await phone.write('bring the blue rope');
	await expect(phone).toHaveSynced();
	await desk.openConversation('alice');
	await expect(desk).toShow('bring the blue rope');

	phone.goOffline();
	await choose(phone.page, 'low water at noon', 'Edit');
	const field = phone.page.getByRole('textbox').first();
	await expect(field).toHaveValue('low water at noon');
	await field.fill('low water at one');
	await phone.page.keyboard.press('Enter');
	await expect(message(phone.page, 'low water at one')).toHaveCount(1);
	await choose(phone.page, 'bring the blue rope', 'Delete for everyone…');
	await phone.page.getByRole('button', { name: 'Delete', exact: true }).click();
	await expect(message(phone.page, 'bring the blue rope')).toHaveCount(0);
	await choose(phone.page, 'low water at one', 'Pin');

	phone.goOnline();
	await expect(phone).toHaveSynced();
	await expect(desk).toShow('low water at one');
	await expect(message(desk.page, 'bring the blue rope')).toHaveCount(0);
	await expect(messages(desk.page).filter({ hasText: 'Message deleted' })).toHaveCount(1);

	await choose(desk.page, 'low water at one', 'Reply');
	await composer(desk.page).fill('at one it is');
	await desk.page.keyboard.press('Enter');
	await expect(message(phone.page, 'at one it is')).toHaveCount(1);
	await expect(message(phone.page, 'at one it is')).toContainText('low water at one');
});

test('a queued message that is cancelled appears nowhere', async ({ people }) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const [phone] = await alice.devices('phone');
	const [desk] = await bob.devices('desk');
	await phone.startConversation(['bob']);
	await phone.write('hello');
	await expect(phone).toHaveSynced();
	await desk.openConversation('alice');
	phone.goOffline();
	await phone.write('not this one');
	await phone.write('but this one');
	await choose(phone.page, 'not this one', 'Cancel sending');
	await expect(message(phone.page, 'not this one')).toHaveCount(0);
	phone.goOnline();
	await expect(phone).toHaveSynced();
	await expect(desk).toShowInOrder(['hello', 'but this one']);
	await expect(message(desk.page, 'not this one')).toHaveCount(0);
	await expect(messages(desk.page).filter({ hasText: 'Message deleted' })).toHaveCount(0);
});

test('unread messages are counted on every device until they are read on one', async ({ people }) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	await people.register('carol');
	const [phone, laptop] = await alice.devices('phone', 'laptop');
	const [desk] = await bob.devices('desk');
	await phone.startConversation(['bob']);
	await phone.write('hello');
	await phone.startConversation(['carol']);
	await desk.openConversation('alice');
	await desk.write('one');
	await desk.write('two');
	for (const device of [phone, laptop]) {
		await expect(device.page.getByRole('link').filter({ hasText: 'bob' })).toContainText('2');
		// For whoever looks at another window.
		await expect(device.page).toHaveTitle(`(2) ${device === phone ? 'carol' : 'Conversations'} – Skein`);
	}
	await phone.openConversation('bob');
	await expect(phone).toShow('two');
	for (const device of [phone, laptop]) {
		await expect(
			device.page.getByRole('link').filter({ hasText: 'bob' }).getByText('2', { exact: true })
		).toHaveCount(0);
		await expect(device.page).toHaveTitle(/^(bob|Conversations) – Skein$/);
	}
});

test('what is begun in two tabs is kept in both', async ({ people }) => {
	const alice = await people.register('alice');
	await people.register('bob');
	const [phone] = await alice.devices('phone');
	await phone.startConversation(['bob']);
	await phone.write('hello');
	const second = await phone.page.context().newPage();
	await second.goto(phone.page.url());
	await composer(second).fill('begun in the second tab');
	await phone.write('sent from the first');
	await expect(message(second, 'sent from the first')).toHaveCount(1);
	await expect(composer(second)).toHaveValue('begun in the second tab');
	await second.reload();
	await expect(second.getByText('begun in the second tab')).not.toHaveCount(0);
});
