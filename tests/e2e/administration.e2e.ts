import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '../kit';
import { barriers } from '../kit/barriers';
import * as screen from '../kit/screen';
import type { Device } from '../kit/device';

const section = ({ page }: Device, name: string) => page.getByRole('region', { name });

async function confirm({ page }: Device, title: string, go: string): Promise<void> {
	const dialog = page.getByRole('dialog', { name: title });
	await dialog.getByRole('button', { name: go, exact: true }).click();
	await expect(dialog).toBeHidden();
}

test('an administrator reads a report, settles it, suspends who it is about, and readmits them', async ({
	people
}) => {
	const root = await people.register('root');
	const [alice, bob] = [await people.register('alice'), await people.register('bob')];
	const group = await alice.startConversation([bob], 'Boats');
	const say = (text: string) =>
		bob.api.call<{ message: { id: string } }>('POST', 'messages/send', { conversationId: group, text });
	const { message } = await say('nobody wants you');
	const shown = [{ id: message.id, text: 'nobody wants you' }];
	await alice.api.call('POST', 'reports', {
		reason: 'harassment',
		words: 'Each day.',
		conversationId: group,
		message: message.id,
		shown
	});
	await alice.api.call('POST', 'reports', { reason: 'spam', userId: root.id });
	const [desk] = await root.devices('desk');
	const [phone] = await bob.devices('phone');
	await expect(phone).toHaveSynced();

	await screen.accountButton(desk.page).click();
	await desk.page.getByRole('menuitem', { name: 'Administration' }).click();
	const report = desk.page.getByRole('article', { name: 'About bob' });
	await expect(report).toContainText('Insults or harassment');
	await expect(report).toContainText('Reported by alice');
	await expect(report).toContainText('nobody wants you');
	await expect(report).toContainText('as it was written');
	await expect(desk.page.getByRole('article', { name: 'About root' })).toContainText(
		'Who did is not told to you'
	);
	const { violations } = await new AxeBuilder({ page: desk.page })
		.withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
		.analyze();
	expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join()}`)).toEqual([]);

	await report.getByRole('button', { name: 'Find the account' }).click();
	const accounts = section(desk, 'People').getByRole('listitem');
	await expect(accounts).toHaveCount(1);
	await expect(accounts).toContainText('0 MB stored');
	await desk.page.getByRole('button', { name: 'Suspend: bob' }).click();
	await confirm(desk, 'Suspend bob?', 'Suspend');
	await expect(accounts).toContainText('Suspended');
	await expect(phone.page.getByText('log in', { exact: false }).first()).toBeVisible();
	await desk.page.getByRole('button', { name: 'Readmit: bob' }).click();
	await expect(accounts).not.toContainText('Suspended');

	await report.getByRole('button', { name: 'Settle' }).click();
	await confirm(desk, 'Settle this report?', 'Settle');
	await expect(report).toHaveCount(0);
	await desk.page.getByRole('radio', { name: 'Settled' }).check();
	await expect(report).toContainText('Something was done');
	await expect(report).not.toContainText('nobody wants you');
	const log = section(desk, 'Audit log').getByRole('listitem');
	await expect(log.first()).toContainText('root settled a report about bob. Something was done');
	await expect(log).toHaveCount(3);
	const [file] = await Promise.all([
		desk.page.waitForEvent('download'),
		desk.page.getByRole('button', { name: 'Download all of it (JSON)' }).click()
	]);
	expect(file.suggestedFilename()).toBe('skein-audit.json');
	expect(desk.errors).toEqual([]);
});

test('to everybody else there is nothing at the address of the administration', async ({ people }) => {
	await people.register('root');
	const bob = await people.register('bob');
	const [phone] = await bob.devices('phone');
	await phone.goTo('/admin');
	await expect(phone.page.getByRole('heading', { level: 1 })).toHaveText('There is nothing at this address.');
	await phone.goTo('/');
	await screen.accountButton(phone.page).click();
	await expect(phone.page.getByRole('menuitem', { name: 'Log out' })).toBeVisible();
	await expect(phone.page.getByRole('menuitem', { name: 'Administration' })).toHaveCount(0);
});

test('somebody who has forgotten the password sets it by a link that an administrator gives them', async ({
	people,
	newDevice
}) => {
	const root = await people.register('root');
	await people.register('bob');
	const [desk] = await root.devices('desk');
	await desk.goTo('/admin');
	await desk.page.getByRole('button', { name: 'New password link: bob' }).click();
	await confirm(desk, 'Make a link for a new password of bob?', 'New password link');
	const link = new URL(await section(desk, 'People').getByText('/reset#').innerText());
	const phone = await newDevice('phone');
	await phone.open(`${link.pathname}${link.hash}`);
	await phone.page.getByLabel('New password').fill('quite another secret');
	await phone.page.getByRole('button', { name: 'Set password' }).click();
	await phone.fillLogin('bob', 'quite another secret');
	await expect(phone).toHaveSynced();
	await desk.reload();
	await expect(section(desk, 'People')).toContainText('bob');
	await expect(desk.page.getByText('/reset#')).toHaveCount(0);
});

test('the link for somebody far down in the list of accounts stays in sight, and each page is shown once', async ({
	people
}) => {
	const root = await people.register('root');
	for (let n = 10; n < 34; n++) await people.register(`person${n}`);
	const [desk] = await root.devices('desk');
	await desk.goTo('/admin');
	const accounts = section(desk, 'People');
	await accounts.getByRole('button', { name: 'Show more' }).dblclick();
	await expect(accounts.getByRole('listitem')).toHaveCount(25);
	const last = accounts.getByRole('listitem').last();
	await last.getByRole('button', { name: /^New password link/ }).click();
	const dialog = desk.page.getByRole('dialog');
	await dialog.getByRole('button', { name: 'New password link', exact: true }).click();
	await expect(last.getByText('/reset#')).toBeVisible();
	await expect(accounts.getByRole('listitem')).toHaveCount(25);
	expect(desk.errors).toEqual([]);
});

test('where people come by invitation, an invite link admits a newcomer into its group, and without one nobody', async ({
	people,
	newDevice
}) => {
	const root = await people.register('root');
	const group = await root.startConversation([], 'Boats');
	const { token } = await root.api.call<{ token: string }>('POST', `conversations/${group}/invites`, {});
	const [desk] = await root.devices('desk');
	await desk.goTo('/admin');
	await desk.page.getByRole('radio', { name: 'People with an invite link into a group' }).check();
	await expect(section(desk, 'Who may make an account').getByText('Saved')).toBeVisible();

	const phone = await newDevice('phone');
	await phone.open('/register');
	await phone.register('newcomer', 'a long enough secret');
	await expect(phone.page.getByText('by invitation only')).toBeVisible();
	await phone.goTo(`/invite/${token}`);
	await phone.page.getByRole('link', { name: 'Create an account to join' }).click();
	await phone.register('newcomer', 'a long enough secret');
	await expect(phone.page).toHaveURL(/\/c\//);
	await expect(screen.log(phone.page)).toBeVisible();
});

test('an administrator is told why what a deleted user wrote is not erased, and when it is tried again', async ({
	relay,
	people
}) => {
	const root = await people.register('root');
	const alice = await people.register('alice');
	await alice.startConversation([root], 'Boats');
	const [desk] = await root.devices('desk');
	await desk.goTo('/admin');
	await expect(section(desk, 'People')).toBeVisible();
	await relay.stop();
	// A relay by itself that is not there: nothing listens on the first port.
	await relay.restart({ RELAY_URL: 'http://127.0.0.1:1' });
	await alice.api.call('DELETE', 'me', { password: alice.password, erase: true });
	await desk.reload();
	await desk.page.getByRole('button', { name: 'Try again' }).click();
	const erased = section(desk, 'Being erased').getByRole('listitem');
	await expect(erased).toContainText('Not erased yet: the relay does not answer');
	await expect(erased).toContainText(/Tried again at \d/);

	await relay.stop();
	await relay.restart();
	await expect(desk).toHaveSynced();
	await expect(section(desk, 'Being erased')).toHaveCount(0);
});

test('how much a person may store is set on the page, holds at once, and stands in the audit log', async ({
	people
}) => {
	const root = await people.register('root');
	const bob = await people.register('bob');
	const [desk] = await root.devices('desk');
	await desk.goTo('/admin');
	const limits = section(desk, 'Limits');
	const store = limits.getByLabel('Megabytes that one person may store', { exact: true });
	await expect(limits.getByText('Empty: 1,000').first()).toBeVisible();
	await expect(limits.getByText('People in a group')).toBeVisible();
	await store.fill('none');
	await limits.getByRole('button', { name: 'Save limits' }).click();
	await expect(limits.getByText('A whole number from 1 to 1,000,000, or nothing.')).toBeVisible();
	await expect(store).toBeFocused();
	await store.fill('1');
	await limits.getByLabel('Accounts on this server').fill('2');
	await limits.getByRole('button', { name: 'Save limits' }).click();
	await expect(limits.getByText('Saved')).toBeVisible();

	const log = section(desk, 'Audit log').getByRole('listitem');
	await expect(log).toHaveCount(2);
	await expect(log.first()).toContainText('root set a limit. Accounts on this server: 2');
	await expect(log.nth(1)).toContainText('root set a limit. Megabytes that one person may store: 1');

	await expect(people.register('carol')).rejects.toThrow(/403/);
	const fill = () => bob.api.call('POST', 'messages/send', { userId: root.id, text: 'x'.repeat(15_000) });
	await expect(async () => {
		for (let n = 0; n < 80; n++) await fill();
	}).rejects.toThrow(/507/);
	expect(desk.errors).toEqual([]);
});

test('the audit log shows what others do when it is looked at again, and is saved whole with its names', async ({
	people
}) => {
	const root = await people.register('root');
	const [desk] = await root.devices('desk');
	await desk.goTo('/admin');
	const audit = section(desk, 'Audit log');
	await expect(audit.getByText('Nothing yet.')).toBeVisible();
	// From another of their devices.
	const turn = (mode: string) => root.api.call('PUT', 'admin/registration', { mode });
	await turn('invitation');
	await audit.getByRole('button', { name: 'Look again' }).click();
	await expect(audit.getByRole('listitem')).toHaveText([/root let people register by invitation alone/]);
	await expect(audit.getByRole('status')).toHaveText('1 new entry');

	for (let n = 0; n < 120; n++) await turn(n % 2 === 0 ? 'open' : 'invitation');
	await audit.getByRole('button', { name: 'Look again' }).click();
	await expect(audit.getByRole('listitem')).toHaveCount(100);
	const [file] = await Promise.all([
		desk.page.waitForEvent('download'),
		audit.getByRole('button', { name: 'Download all of it (JSON)' }).click()
	]);
	const saved = JSON.parse(await readFile((await file.path()) ?? '', 'utf8')) as { said: string }[];
	expect(saved).toHaveLength(121);
	expect(saved.at(-1)).toMatchObject({
		action: 'registration-by-invitation',
		actor: root.id,
		said: 'root let people register by invitation alone'
	});
});

test('the audit log and reports tell people apart by their usernames, whatever they call themselves', async ({
	people
}) => {
	const root = await people.register('root');
	const bob = await people.register('bob', 'root');
	const alice = await people.register('alice');
	await alice.api.call('POST', 'reports', { reason: 'spam', userId: bob.id });
	await root.api.call('PATCH', `admin/users/${bob.id}`, { suspended: true });
	const [desk] = await root.devices('desk');
	await desk.goTo('/admin');
	await expect(desk.page.getByRole('article', { name: 'About root (bob)', exact: true })).toBeVisible();
	const log = section(desk, 'Audit log').getByRole('listitem');
	await expect(log).toHaveText([/root suspended root \(bob\)/]);
});

test('an administrator who deletes the account is told to name who comes after, who administers then', async ({
	people
}) => {
	const root = await people.register('root');
	const carol = await people.register('carol');
	await people.register('carola');
	const [desk] = await root.devices('desk');
	const [phone] = await carol.devices('phone');
	await desk.goTo('/account/login');
	await desk.page.getByRole('button', { name: 'Delete for good' }).click();
	const dialog = desk.page.getByRole('dialog');
	const field = dialog.getByRole('combobox', { name: 'Who administers this server after you' });
	await dialog.getByLabel('Your password').fill(root.password);
	await dialog.getByRole('button', { name: 'Delete for good' }).click();
	await expect(
		dialog.getByText('You administer this server. Name somebody who does after you.')
	).toBeVisible();
	await field.fill('car');
	await dialog.getByRole('button', { name: 'Delete for good' }).click();
	await expect(dialog.getByText('“car” is not chosen yet.')).toBeVisible();
	// One alone: who is chosen next takes the place of the other.
	for (const name of ['carola', 'carol']) {
		await field.fill(name);
		await dialog.getByRole('option', { name, exact: true }).click();
	}
	await expect(dialog.getByRole('button', { name: /^Remove/ })).toHaveCount(1);
	expect(await barriers(desk.page)).toEqual([]);
	await dialog.getByRole('button', { name: 'Delete for good' }).click();
	await expect(desk.page.getByText('Your account is deleted.')).toBeVisible();
	await phone.goTo('/admin');
	await expect(section(phone, 'People')).toBeVisible();
	await expect(phone.page.getByText('Deleted user left the administration to carol')).toBeVisible();
	expect([desk.errors, phone.errors]).toEqual([[], []]);
});

test('somebody made an administrator finds the page when they look at it again, and it goes when it is taken back', async ({
	people
}) => {
	const root = await people.register('root');
	const bob = await people.register('bob');
	const [desk] = await root.devices('desk');
	const [phone] = await bob.devices('phone');
	await phone.goTo('/admin');
	const nothing = phone.page.getByText('There is nothing at this address.');
	await expect(nothing).toBeVisible();
	await desk.goTo('/admin');
	await desk.page.getByRole('button', { name: 'Make administrator: bob' }).click();
	await confirm(desk, 'Make bob an administrator?', 'Make administrator');
	const may = (act: string) => expect(desk.page.getByRole('button', { name: `${act}: bob` })).toBeVisible();
	await may('Take administration away');
	const lookThere = () => phone.page.evaluate(() => void window.dispatchEvent(new Event('focus')));
	await lookThere();
	await expect(section(phone, 'People')).toBeVisible();
	await expect(phone.page.getByText('root made bob an administrator')).toBeVisible();
	expect(await barriers(desk.page)).toEqual([]);

	await desk.page.getByRole('button', { name: 'Take administration away: bob' }).click();
	await confirm(desk, 'Take the administration from bob?', 'Take administration away');
	await may('Make administrator');
	await lookThere();
	await expect(nothing).toBeVisible();
	await expect(phone).toHaveSynced();
	const log = section(desk, 'Audit log').getByRole('listitem');
	await expect(log.first()).toContainText('root took the administration from bob');

	await desk.page.getByRole('button', { name: 'Take administration away: root' }).click();
	await confirm(desk, 'Give up the administration?', 'Take administration away');
	await expect(desk.page.getByText('Nobody else administers this server.')).toBeVisible();
	expect([desk.errors, phone.errors]).toEqual([[], []]);
});

test('what is refused of the account that the environment names is not offered', async ({
	people,
	relay
}) => {
	const root = await people.register('root');
	await people.register('bob');
	await relay.stop();
	await relay.restart({ SKEIN_ADMIN: 'root' });
	const [desk] = await root.devices('desk');
	await desk.goTo('/admin');
	await expect(section(desk, 'People')).toContainText('Administrator, by the settings of the server');
	await expect(desk.page.getByRole('button', { name: 'Make administrator: bob' })).toBeVisible();
	await expect(desk.page.getByRole('button', { name: 'End sessions: root' })).toBeVisible();
	await expect(desk.page.getByRole('button', { name: 'Take administration away: root' })).toBeHidden();
	expect(desk.errors).toEqual([]);
});
