import { test, expect } from '../kit';
import { expect as see } from '@playwright/test';
import * as screen from '../kit/screen';
import type { Device } from '../kit/device';

/** Wide enough for the pane that tells of the people. */
const WIDE = { width: 1440, height: 900 };

/** Makes a link, in the dialog for it, and closes that. Returns the path of the link. */
async function inviteLink({ page }: Device, how: { readonly uses?: string } = {}): Promise<URL> {
	await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
	// What was said of a link before is gone.
	await see(page.getByText('Link copied.')).toHaveCount(0);
	await page.getByRole('button', { name: 'Invite by link…' }).click();
	const dialog = page.getByRole('dialog', { name: 'Invite by link' });
	if (how.uses) await dialog.getByLabel('It can be used').selectOption(how.uses);
	await dialog.getByRole('button', { name: 'Make and copy the link' }).click();
	await see(page.getByText('Link copied.')).toBeVisible();
	await dialog.getByRole('button', { name: 'Close' }).click();
	return new URL(await page.evaluate(() => navigator.clipboard.readText()));
}

test('a group that is renamed offline is renamed here at once, and everywhere with the next connection', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const [phone] = await alice.devices('phone');
	const [desk] = await bob.devices('desk');
	await phone.startConversation(['bob'], { name: 'Boats' });
	await phone.write('hello');
	await desk.openConversation('Boats');
	await expect(desk).toShow('hello');
	await phone.page.setViewportSize(WIDE);
	await phone.goOffline();
	const pane = phone.page.getByRole('complementary', { name: 'About this conversation' });
	await pane.getByRole('button', { name: 'Rename' }).click();
	await pane.getByLabel('Group name').fill('Ships');
	await pane.getByRole('button', { name: 'Save' }).click();
	await see(phone.page.getByRole('heading', { name: 'Ships' })).toBeVisible();
	await phone.goOnline();
	await see(desk.page.getByText('alice renamed the conversation to “Ships”')).toBeVisible();
});

test('a member is removed after a question, and is told so', async ({ people }) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const [phone] = await alice.devices('phone');
	const [desk] = await bob.devices('desk');
	await phone.startConversation(['bob'], { name: 'Boats' });
	await phone.write('hello');
	await desk.openConversation('Boats');
	await expect(desk).toShow('hello');
	await phone.page.setViewportSize(WIDE);
	await phone.page.getByRole('button', { name: 'Actions for bob' }).click();
	await phone.page.getByRole('menuitem', { name: 'Remove…' }).click();
	await phone.page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
	await see(phone.page.getByText('alice removed bob')).toBeVisible();
	await see(desk.page.getByText('You are no longer in Boats').first()).toBeVisible();
});

test('a link leads somebody without an account through registering into the group', async ({
	people,
	newDevice
}) => {
	const alice = await people.register('alice');
	await people.register('bob');
	const [phone] = await alice.devices('phone');
	await phone.startConversation(['bob'], { name: 'Boats' });
	await phone.write('hello');
	await phone.page.setViewportSize(WIDE);
	const link = await inviteLink(phone);

	const desk = await newDevice('desk');
	await desk.open(link.pathname);
	await see(desk.page.getByRole('heading', { name: 'You are invited to Boats' })).toBeVisible();
	await desk.page.getByRole('link', { name: 'Create an account to join' }).click();
	await desk.page.getByLabel('Username').fill('carol');
	await desk.page.getByLabel('Password').fill('a long enough secret');
	await desk.page.getByRole('button', { name: 'Create account' }).click();
	await expect(desk).toShow('hello');
	await see(phone.page.getByText('carol joined')).toBeVisible();
});

test('a link leads somebody who has only to log in straight into the group, and to asking where one has to', async ({
	people,
	newDevice
}) => {
	const [alice, bob, carol] = [
		await people.register('alice'),
		await people.register('bob'),
		await people.register('carol')
	];
	const id = await alice.startConversation([bob], 'Boats');
	const { token } = await alice.api.call<{ token: string }>('POST', `conversations/${id}/invites`, {});
	const desk = await newDevice('desk');
	await desk.open(`/invite/${token}`);
	await desk.page.getByRole('link', { name: 'Log in to join' }).click();
	await desk.fillLogin('carol', carol.password);
	await expect(desk).toListConversation('Boats');
	await see(screen.log(desk.page).getByText('carol joined')).toBeVisible();

	const dave = await people.register('dave');
	await alice.api.call('PATCH', `conversations/${id}`, { joining: 'request' });
	const tablet = await newDevice('tablet');
	await tablet.open(`/invite/${token}`);
	await tablet.page.getByRole('link', { name: 'Log in to ask to join' }).click();
	await tablet.fillLogin('dave', dave.password);
	await see(tablet.page.getByRole('button', { name: 'Ask to join' })).toBeVisible();
});

test('where people have to ask, a link asks, and an owner lets in whom they like', async ({ people }) => {
	const alice = await people.register('alice');
	await people.register('bob');
	const carol = await people.register('carol');
	const dave = await people.register('dave');
	const [phone] = await alice.devices('phone');
	const [desk] = await carol.devices('desk');
	const [tablet] = await dave.devices('tablet');
	await phone.startConversation(['bob'], { name: 'Boats' });
	await phone.write('hello');
	await phone.page.setViewportSize(WIDE);
	await phone.page.getByLabel('People ask before they join by a link').check();
	await see(phone.page.getByText('alice has people ask before they join')).toBeVisible();
	const link = await inviteLink(phone);

	await desk.page.goto(new URL(link.pathname, desk.page.url()).href);
	await desk.page.getByRole('button', { name: 'Ask to join' }).click();
	await see(desk.page.getByRole('heading', { name: 'You have asked to join Boats' })).toBeVisible();
	await phone.page.getByRole('button', { name: 'Let carol in' }).click();
	await see(phone.page.getByText('alice added carol')).toBeVisible();
	await expect(desk).toShow('hello');

	await phone.page.getByRole('button', { name: 'Add people' }).click();
	const dialog = phone.page.getByRole('dialog');
	await dialog.getByRole('combobox', { name: 'People' }).fill('dave');
	await phone.page.getByRole('option').filter({ hasText: 'dave' }).first().click();
	await dialog.getByRole('button', { name: 'Add', exact: true }).click();
	await see(phone.page.getByText('alice added dave')).toBeVisible();
	await tablet.openConversation('Boats');
	await expect(tablet).toShow('hello');
});

test('a link that may be used once lets one person in, and one that is revoked nobody, on a phone too', async ({
	people
}) => {
	const alice = await people.register('alice');
	await people.register('bob');
	const carol = await people.register('carol');
	const dave = await people.register('dave');
	const [phone] = await alice.devices('phone');
	const [desk] = await carol.devices('desk');
	const [tablet] = await dave.devices('tablet');
	await phone.startConversation(['bob'], { name: 'Boats' });
	await phone.write('hello');
	await phone.page.setViewportSize({ width: 390, height: 844 });
	await phone.page.getByRole('button', { name: 'About this conversation', exact: true }).click();
	const once = await inviteLink(phone, { uses: 'once' });
	await desk.page.goto(new URL(once.pathname, desk.page.url()).href);
	await desk.page.getByRole('button', { name: 'Join' }).click();
	await expect(desk).toShow('hello');
	await desk.page.goto(new URL(once.pathname, desk.page.url()).href);
	await see(desk.page.getByRole('link', { name: 'Open the group' })).toBeVisible();
	await tablet.page.goto(new URL(once.pathname, tablet.page.url()).href);
	await see(tablet.page.getByText('This invitation does not exist or has expired.')).toBeVisible();

	const other = await inviteLink(phone);
	await phone.page.getByRole('button', { name: 'Invite by link…' }).click();
	const dialog = phone.page.getByRole('dialog', { name: 'Invite by link' });
	const holding = dialog.getByRole('list', { name: 'Active links' });
	await see(holding.getByRole('listitem')).toHaveCount(1);
	const usedUp = dialog.getByRole('list', { name: 'Links that are used up' });
	await see(usedUp.getByRole('listitem')).toContainText('1 of 1');
	await holding.getByRole('button', { name: 'Revoke' }).click();
	await see(dialog.getByText('No active links.')).toBeVisible();
	await usedUp.getByRole('button', { name: 'Dismiss' }).click();
	await see(usedUp).toHaveCount(0);
	await tablet.page.goto(new URL(other.pathname, tablet.page.url()).href);
	await see(tablet.page.getByText('This invitation does not exist or has expired.')).toBeVisible();
});

test('what a group is about is told to all, and what is unsent when one leaves arrives before one is gone', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const [phone] = await alice.devices('phone');
	const [desk] = await bob.devices('desk');
	await phone.startConversation(['bob'], { name: 'Boats' });
	await phone.write('hello');
	await desk.openConversation('Boats');
	await phone.page.setViewportSize(WIDE);
	await desk.page.setViewportSize(WIDE);
	const pane = phone.page.getByRole('complementary', { name: 'About this conversation' });
	await pane.getByRole('button', { name: 'Add a description' }).click();
	await pane.getByLabel('Description').fill('Whose turn it is at the pump');
	await pane.getByRole('button', { name: 'Save' }).click();
	const told = desk.page.getByRole('complementary', { name: 'About this conversation' });
	await see(told.getByText('Whose turn it is at the pump')).toBeVisible();

	desk.goOffline();
	await desk.write('the pump is yours');
	await expect(desk).toHaveState('the pump is yours', 'queued');
	await told.getByRole('button', { name: 'Leave group…' }).click();
	const question = desk.page.getByRole('dialog', { name: 'Leave this group?' });
	await see(question).toContainText('1 message that you wrote here has not been sent');
	await question.getByRole('button', { name: 'Leave', exact: true }).click();
	desk.goOnline();
	await see(phone.page.getByText('bob left')).toBeVisible();
	await see(screen.message(phone.page, 'the pump is yours')).toHaveCount(1);
	await desk.goTo('/queued');
	await see(desk.page.getByText('Nothing waits here')).toBeVisible();
});

test('a field that opens at the end of the details is in sight with its buttons', async ({ people }) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	await alice.startConversation([bob], 'Boats');
	const [desk] = await alice.devices('desk');
	const { page } = desk;
	await page.setViewportSize({ width: 1440, height: 400 });
	await desk.openConversation('Boats');
	const opener = page.getByRole('button', { name: 'Add a description' });
	// At the very end of what is seen of them.
	await opener.evaluate((button) => button.scrollIntoView({ block: 'end' }));
	await opener.press('Enter');
	await see(page.getByLabel('Description')).toBeFocused();
	await see(page.getByRole('button', { name: 'Save' })).toBeInViewport({ ratio: 1 });
});

test('who is looked for and is there already is not said to be nobody', async ({ people }) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	await alice.startConversation([bob], 'Boats');
	const [desk] = await alice.devices('desk');
	const { page } = desk;
	await page.setViewportSize(WIDE);
	await desk.openConversation('Boats');
	await page.getByRole('button', { name: 'Add people' }).click();
	const field = page.getByRole('dialog').getByRole('combobox', { name: 'People' });
	await field.fill('bob');
	await see(field).toHaveAccessibleDescription('Whoever was found is there already.');
	await field.fill('nobody of that name');
	await see(field).toHaveAccessibleDescription('Nobody found for “nobody of that name”.');
});

test('details that were opened in a narrow window stand there once when it is widened', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	await alice.startConversation([bob], 'Boats');
	const [desk] = await alice.devices('desk');
	const { page } = desk;
	await page.setViewportSize({ width: 820, height: 900 });
	await desk.openConversation('Boats');
	await page.getByRole('button', { name: 'About this conversation', exact: true }).click();
	const dialog = page.getByRole('dialog', { name: 'About this conversation' });
	await see(dialog.getByRole('list', { name: 'People' })).toBeVisible();
	await page.setViewportSize(WIDE);
	const pane = page.getByRole('complementary', { name: 'About this conversation' });
	await see(pane.getByRole('list', { name: 'People' })).toBeVisible();
	await see(dialog).toHaveCount(0);
	expect(desk.errors).toEqual([]);
});
