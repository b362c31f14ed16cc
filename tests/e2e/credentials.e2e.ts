/** Getting into one's account, out of others' hands, and out of the account for good. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { SmtpLab } from '../../src/lib/server/mail/smtp.fixture';
import { expect, test } from '../kit';
import * as screen from '../kit/screen';
import type { Device } from '../kit/device';

const NEW = 'a loom beside the window';

const security = (device: Device) => device.goTo('/account/login');
const form = (device: Device, name: string) => device.page.getByRole('form', { name });

async function changePassword(device: Device, password: string): Promise<void> {
	await security(device);
	const fields = form(device, 'Password');
	await fields.getByLabel('Current password').fill(password);
	await fields.getByLabel('New password').fill(NEW);
	await fields.getByRole('button', { name: 'Change password' }).click();
	await expect(fields.getByText('Changed.')).toBeVisible();
}

async function deleteAccount(device: Device, password: string, { erase = false } = {}): Promise<void> {
	await security(device);
	await device.page.getByRole('button', { name: 'Delete for good' }).click();
	const dialog = device.page.getByRole('dialog');
	if (erase) await dialog.getByRole('checkbox').check();
	await dialog.getByLabel('Your password').fill(password);
	await dialog.getByRole('button', { name: 'Delete for good' }).click();
	await expect(device.page.getByText('Your account is deleted.')).toBeVisible();
}

test('a new password ends the other session, keeps its unsent text, and this one goes on', async ({
	people
}) => {
	const alice = await people.register('alice');
	await people.register('bob');
	const [phone, desk] = await alice.devices('phone', 'desk');
	await phone.startConversation(['bob']);
	await phone.write('before');
	await expect(phone).toHaveState('before', 'sent');
	await desk.openConversation('bob');

	await changePassword(phone, alice.password);
	await expect(desk.page.getByRole('link', { name: /log in to send/i })).toBeVisible();
	await desk.write('waits for the new one');
	await expect(desk).toHaveState('waits for the new one', 'queued');

	await phone.openConversation('bob');
	await phone.write('goes on');
	await expect(phone).toHaveState('goes on', 'sent');
	await expect(phone.page.getByRole('link', { name: /log in/i })).toHaveCount(0);

	await desk.page.getByRole('link', { name: /log in to send/i }).click();
	await expect(desk.page.getByLabel('Username')).toHaveValue('alice');
	await desk.fillLogin('alice', alice.password);
	await expect(desk.page.getByText(/do not match/i).first()).toBeVisible();
	await desk.fillLogin('alice', NEW);
	await expect(desk).toHaveState('waits for the new one', 'sent');
	await expect(phone).toShowOnce('waits for the new one');
	expect(phone.errors).toEqual([]);
});

test('a wrong password of now is said beside its field, and nothing is logged out', async ({ people }) => {
	const alice = await people.register('alice');
	const [phone] = await alice.devices('phone');
	await security(phone);
	const fields = form(phone, 'Password');
	await fields.getByLabel('Current password').fill('not hers at all');
	await fields.getByLabel('New password').fill(NEW);
	await fields.getByRole('button', { name: 'Change password' }).click();
	await expect(fields.getByText('This is not your password.')).toBeVisible();
	await expect(fields.getByLabel('New password')).toHaveValue(NEW);
	expect((await alice.api.call<{ sessions: unknown[] }>('GET', 'sessions')).sessions).toHaveLength(2);
});

test('a forgotten password is set by the link of a mail, and the login works with it', async ({
	people,
	relay,
	newDevice
}) => {
	const alice = await people.register('alice');
	const phone = await newDevice('phone');
	const smtp = await SmtpLab.start();
	const PORT = String(relay.port);
	await relay.stop();
	await relay.restart({ ...smtp.env, ORIGIN: phone.address, PORT });
	await phone.openAs(alice);
	await security(phone);
	const address = form(phone, 'E-mail address');
	await address.getByLabel('Address').fill('alice@example.org');
	await address.getByLabel('Your password').fill(alice.password);
	await address.getByRole('button', { name: 'Save address' }).click();
	await expect(address.getByText('Saved')).toBeVisible();
	await phone.logOut();

	await phone.page.getByLabel('Username').fill('alice');
	await phone.page.getByRole('link', { name: 'Forgot your password?' }).click();
	await expect(phone.page.getByLabel('Username or e-mail address')).toHaveValue('alice');
	await phone.page.getByRole('button', { name: 'Send the link' }).click();
	await expect(phone.page.getByRole('heading', { name: 'Check your mail' })).toBeVisible();
	await expect.poll(() => smtp.mails.length).toBe(1);
	const link = /http:\/\/localhost:\d+(\/reset#[\w-]+)/.exec(smtp.mails[0]!.read)?.[1] ?? '';
	await phone.goTo(link);
	await phone.page.getByLabel('New password').fill(NEW);
	await phone.page.getByRole('button', { name: 'Set password' }).click();
	await expect(phone.page.getByText('Your new password is set.')).toBeVisible();
	await phone.fillLogin('alice', NEW);
	await expect(screen.accountButton(phone.page)).toBeVisible();

	await phone.goTo('/');
	await phone.goTo(link);
	await phone.page.getByLabel('New password').fill('another long secret');
	await phone.page.getByRole('button', { name: 'Set password' }).click();
	await expect(phone.page.getByText('This link has been used')).toBeVisible();
	await smtp.stop();
});

test('sessions are listed with “This device”, and ended one by one or all others', async ({ people }) => {
	const alice = await people.register('alice');
	const [phone, desk, tablet] = await alice.devices('phone', 'desk', 'tablet');
	await security(phone);
	const list = phone.page.getByRole('list', { name: 'Sessions' });
	// The devices, and the one that registered.
	await expect(list.getByRole('listitem')).toHaveCount(4);
	await expect(list.getByText('This device')).toHaveCount(1);
	await list.getByRole('button').first().click();
	await expect(list.getByRole('listitem')).toHaveCount(3);
	await phone.page.getByRole('button', { name: 'Log out all others' }).click();
	await expect(list.getByRole('listitem')).toHaveCount(1);
	for (const other of [desk, tablet])
		await expect(other.page.getByRole('link', { name: /log in/i })).toBeVisible();
	await expect(phone).toHaveSynced();
});

test('without a connection the screen says so, and what is typed stays', async ({ people }) => {
	const alice = await people.register('alice');
	const [phone] = await alice.devices('phone');
	await security(phone);
	const fields = form(phone, 'Password');
	await expect(fields).toBeVisible();
	phone.goOffline();
	await fields.getByLabel('Current password').fill(alice.password);
	await fields.getByLabel('New password').fill(NEW);
	await fields.getByRole('button', { name: 'Change password' }).click();
	await expect(fields.getByText('No connection.')).toBeVisible();
	await expect(fields.getByLabel('New password')).toHaveValue(NEW);
	phone.goOnline();
	await fields.getByRole('button', { name: 'Change password' }).click();
	await expect(fields.getByText('Changed.')).toBeVisible();
});

test('opened without a connection, it says calmly that this needs one, and asks once there is one', async ({
	people
}) => {
	const alice = await people.register('alice');
	const [phone] = await alice.devices('phone');
	const { page } = phone;
	await security(phone);
	await expect(form(phone, 'Password')).toBeVisible();
	await phone.isInstalled();
	phone.goOffline();
	await phone.reload();
	await expect(form(phone, 'Password')).toBeVisible();
	await expect(page.getByRole('status').filter({ hasText: 'Try again' })).toBeVisible();
	await expect(phone).toBeOffline();
	await expect(page.getByRole('alert')).toHaveCount(0);
	await expect(page.getByText('No connection.')).toHaveCount(0);
	phone.goOnline();
	await expect(page.getByText('This device', { exact: true })).toBeVisible();
	await expect(page.getByText('No program has a token.')).toBeVisible();
});

test('“Try again” asks for all that the server did not say, though the link never broke', async ({
	people
}) => {
	const alice = await people.register('alice');
	const [phone] = await alice.devices('phone');
	const { page } = phone;
	const asked = /\/api\/(me|sessions|tokens)$/;
	await page.context().route(asked, (route) => route.abort());
	await security(phone);
	const again = page.getByRole('button', { name: 'Try again' });
	await expect(again).toBeVisible();
	await expect(page.getByRole('list', { name: 'Sessions' })).toHaveCount(0);
	await expect(phone).toHaveSynced();
	await page.context().unroute(asked);
	await again.click();
	await expect(page.getByText('This device', { exact: true })).toBeVisible();
	await expect(page.getByText('No program has a token.')).toBeVisible();
	await expect(again).toHaveCount(0);
});

/** Neither in the menu of the message nor by its key. */
async function offersNoReply({ page }: Device, said: string): Promise<void> {
	await screen.message(page, said).focus();
	await page.keyboard.press('r');
	await expect(page.getByText('Replying to')).toHaveCount(0);
	await screen.openMenu(page, said);
	await expect(page.getByRole('menuitem', { name: 'Forward' })).toBeVisible();
	await expect(page.getByRole('menuitem', { name: 'Reply' })).toHaveCount(0);
	await page.keyboard.press('Escape');
}

test('a deleted account leaves its messages under “Deleted user”, and its devices empty', async ({
	people
}) => {
	// The first of them administers the server, and is asked for more.
	const bob = await people.register('bob');
	const alice = await people.register('alice');
	const [phone, tablet] = await alice.devices('phone', 'tablet');
	const [desk] = await bob.devices('desk');
	await phone.startConversation(['bob']);
	await phone.write('I was here');
	await expect(phone).toHaveState('I was here', 'sent');
	await desk.openConversation('alice');
	await expect(desk).toShowOnce('I was here');
	await screen.composer(desk.page).fill('begun too late');
	const carol = await people.register('carol');
	await carol.startConversation([alice]);
	const [laptop] = await carol.devices('laptop');
	await laptop.openConversation('alice');

	await deleteAccount(phone, alice.password);
	await expect(screen.conversationLink(desk.page, 'Deleted user')).toBeVisible();
	const note = desk.page.getByRole('note').filter({ hasText: 'This account was deleted.' });
	await expect(note).toContainText('begun too late');
	await expect(screen.composer(desk.page)).toHaveCount(0);
	await expect(laptop.page.getByRole('heading', { name: 'Nothing was written here' })).toBeVisible();
	await expect(laptop.page.getByText('The first message is yours.')).toHaveCount(0);
	await expect(desk).toShowOnce('I was here');
	await offersNoReply(desk, 'I was here');
	await expect(desk.page.getByText('alice', { exact: true })).toHaveCount(0);
	await expect(tablet.page.getByText('Your account is deleted.')).toBeVisible();
	for (const device of [phone, tablet]) await expect.poll(() => device.databases()).toEqual([]);
	await phone.fillLogin('alice', alice.password);
	await expect(phone.page.getByText(/do not match/i).first()).toBeVisible();
});

test('with all that was written, nothing of it is left with others, nor in the relay’s file', async ({
	people,
	relay
}) => {
	// The first of them administers the server, and is asked for more.
	const bob = await people.register('bob');
	const alice = await people.register('alice');
	const [phone] = await alice.devices('phone');
	const [desk, away] = await bob.devices('desk', 'tablet');
	await phone.startConversation(['bob']);
	await phone.write('TEXT-THAT-GOES');
	await expect(phone).toHaveState('TEXT-THAT-GOES', 'sent');
	for (const device of [desk, away]) {
		await device.openConversation('alice');
		await expect(device).toShowOnce('TEXT-THAT-GOES');
	}
	await desk.write('mine stays');
	away.goOffline();

	await deleteAccount(phone, alice.password, { erase: true });
	await expect(screen.message(desk.page, 'TEXT-THAT-GOES')).toHaveCount(0);
	away.goOnline();
	await expect(screen.message(away.page, 'TEXT-THAT-GOES')).toHaveCount(0);
	await expect(away).toShowOnce('mine stays');
	const inFiles = () =>
		readdirSync(relay.data).some(
			(file) => file.startsWith('skein.db') && readFileSync(join(relay.data, file)).includes('TEXT-THAT-GOES')
		);
	await expect.poll(inFiles, { timeout: 30_000 }).toBe(false);
});

test('a device with unsent text of a deleted account offers it to be copied before it erases', async ({
	people
}) => {
	await people.register('bob');
	const alice = await people.register('alice');
	const [phone, tablet] = await alice.devices('phone', 'tablet');
	await phone.startConversation(['bob']);
	await phone.write('hello');
	await tablet.openConversation('bob');
	tablet.goOffline();
	await tablet.write('only here');
	await expect(tablet).toHaveState('only here', 'queued');
	await deleteAccount(phone, alice.password);
	tablet.goOnline();
	const dialog = tablet.page.getByRole('dialog');
	await expect(dialog.getByText('Some of it exists only here.')).toBeVisible();
	await expect(dialog.getByRole('button', { name: 'Copy the text' })).toBeVisible();
	await dialog.getByRole('button', { name: 'Erase and go on' }).click();
	await expect(tablet.page.getByText('Your account is deleted.')).toBeVisible();
	await expect.poll(() => tablet.databases()).toEqual([]);
});

test('where the server gives no answer, it is not said to be asked beside that it cannot be reached', async ({
	people
}) => {
	const alice = await people.register('alice');
	const [phone] = await alice.devices('phone');
	const { page } = phone;
	await expect(phone).toHaveSynced();
	await page.route('**/api/me', (route) => route.abort());
	await page.route('**/api/sessions', (route) => route.abort());
	await security(phone);
	await expect(page.getByText('The server cannot be reached now.')).toBeVisible();
	await expect(page.getByText('They are listed once there is a connection.')).toBeVisible();
	await expect(page.getByText('Asking the server…')).toHaveCount(0);
});
