import { expect, test } from '../kit';
import * as screen from '../kit/screen';

test('a person registers, finds another one and writes', async ({ people, newDevice }) => {
	await people.register('bob');
	const phone = await newDevice('phone');
	await phone.open('/register');
	await phone.register('alice', 'wool and long walks');
	await expect(screen.accountButton(phone.page)).toBeVisible();
	await phone.startConversation(['bob']);
	await phone.write('hello');
	await expect(phone).toHaveState('hello', 'sent');
});

test('a name that is taken is said so, and what was typed stays', async ({ people, newDevice }) => {
	await people.register('alice');
	const phone = await newDevice('phone');
	await phone.open('/register');
	await phone.register('Alice', 'wool and long walks');
	await expect(phone.page.getByText(/taken/i).first()).toBeVisible();
	await expect(phone.page.getByLabel('Username')).toHaveValue('Alice');
	await expect(phone.page.getByLabel('Password', { exact: true })).toHaveValue('wool and long walks');
});

test('a password that is too short, and a name that is too long, are said so', async ({ newDevice }) => {
	const phone = await newDevice('phone');
	await phone.open('/register');
	await phone.register('alice', 'short');
	await expect(phone.page.getByText(/too short/i).first()).toBeVisible();
	await expect(phone.page.getByLabel('Username')).toHaveValue('alice');
	await expect(phone.page.getByLabel('Password', { exact: true })).toHaveValue('short');
	await phone.register('a'.repeat(60), 'wool and long walks');
	await expect(phone.page.getByText(/too long/i).first()).toBeVisible();
	await expect(phone.page.getByLabel('Username')).toHaveValue('a'.repeat(60));
});

test('a wrong password is said so, and what was typed stays', async ({ people, newDevice }) => {
	await people.register('alice');
	const phone = await newDevice('phone');
	await phone.open('/login');
	await phone.fillLogin('alice', 'not her password');
	await expect(phone.page.getByText(/do not match/i).first()).toBeVisible();
	await expect(phone.page.getByLabel('Username')).toHaveValue('alice');
	await expect(phone.page.getByLabel('Password', { exact: true })).toHaveValue('not her password');
});

test('two accounts in one browser never see what the other has', async ({ people, newDevice }) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const carol = await people.register('carol');
	await carol.api.call('POST', 'conversations', { kind: 'group', members: [bob.id], name: 'Harbour' });
	const shared = await newDevice('shared tablet');
	await shared.open('/login');
	await shared.logIn(alice);
	await shared.startConversation(['carol']);
	await shared.write('for carol alone');
	await expect(shared).toHaveState('for carol alone', 'sent');
	const aliceAt = new URL(shared.page.url()).pathname;
	await shared.logOut();

	await shared.logIn(bob);
	await expect(shared).toListConversation('Harbour');
	await expect(shared).toHaveSynced();
	await expect(screen.conversationLink(shared.page, 'carol')).toHaveCount(0);
	await shared.goTo(aliceAt);
	await expect(shared.page.getByText('No such conversation')).toBeVisible();
	await expect(shared.page.getByText('for carol alone')).toHaveCount(0);
	expect((await shared.databases()).filter((name) => name.includes(alice.id))).toEqual([]);
});

test('logging out leaves nothing of the account in the browser', async ({ people }) => {
	const alice = await people.register('alice');
	await people.register('bob');
	const [phone] = await alice.devices('phone');
	await phone.startConversation(['bob']);
	await phone.write('hello');
	await expect(phone).toHaveSynced();
	expect((await phone.databases()).filter((name) => name.includes(alice.id))).not.toEqual([]);

	await phone.logOut();
	await expect.poll(() => phone.databases()).toEqual([]);
});

test('logging out with unsent messages warns first, and staying keeps them', async ({ people }) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const [phone] = await alice.devices('phone');
	const [desk] = await bob.devices('desk');
	await phone.startConversation(['bob']);
	await phone.write('hello');
	await expect(phone).toHaveSynced();
	phone.goOffline();
	await phone.write('only here');
	await expect(phone).toHaveState('only here', 'queued');

	await phone.logOut({ sure: false });
	await expect(phone).toHaveState('only here', 'queued');
	phone.goOnline();
	await expect(phone).toHaveState('only here', 'sent');
	await desk.openConversation('alice');
	await expect(desk).toShowOnce('only here');
});

test('a session that ends while offline costs nothing: log in again and the queue flows', async ({
	people,
	relay
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const [phone] = await alice.devices('phone');
	const [desk] = await bob.devices('desk');
	await phone.startConversation(['bob']);
	await phone.write('before');
	await desk.openConversation('alice');
	await expect(phone).toHaveSynced();

	phone.goOffline();
	await phone.write('while away');
	relay.endSessionsOf(alice.id);
	phone.goOnline();
	await expect(phone.page.getByText(/log in to send/i).first()).toBeVisible();
	await expect(phone).toHaveState('while away', 'queued');
	await phone.write('still writing');
	await phone.reload();
	await expect(phone).toShowInOrder(['before', 'while away', 'still writing']);
	await expect(phone).toHaveState('still writing', 'queued');
	// With a network nothing is promised that only a login brings.
	await expect(phone.page.getByText('Waits here until you have logged in again.')).toBeVisible();
	await phone.goTo('/queued');
	await expect(phone.page.getByText('They leave once you have logged in again.')).toBeVisible();
	await expect(phone.page.getByRole('main').getByRole('link', { name: 'Log in' })).toBeVisible();

	await phone.logIn(alice);
	await expect(desk).toShowInOrder(['before', 'while away', 'still writing']);
	await phone.openConversation('bob');
	await expect(phone).toHaveState('still writing', 'sent');
});
