import { test, expect } from '../kit';
import { expect as see } from '@playwright/test';

/** Wide enough for the pane that tells of the people. */
const WIDE = { width: 1440, height: 900 };

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
	await phone.page.getByRole('button', { name: 'Do with bob' }).click();
	await phone.page.getByRole('menuitem', { name: 'Remove…' }).click();
	await phone.page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
	await see(phone.page.getByText('alice removed bob')).toBeVisible();
	await see(desk.page.getByText('You are no longer in this conversation').first()).toBeVisible();
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
	await phone.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
	await phone.page.getByRole('button', { name: 'Copy an invite link' }).click();
	await see(phone.page.getByText('Link copied. It holds for 7 days.')).toBeVisible();
	const link = new URL(await phone.page.evaluate(() => navigator.clipboard.readText()));

	const desk = await newDevice('desk');
	await desk.open(link.pathname);
	await see(desk.page.getByRole('heading', { name: 'You are invited to Boats' })).toBeVisible();
	await desk.page.getByRole('link', { name: 'Create an account to join' }).click();
	await desk.page.getByLabel('Username').fill('carol');
	await desk.page.getByLabel('Password').fill('a long enough secret');
	await desk.page.getByRole('button', { name: 'Create account' }).click();
	await desk.page.getByRole('button', { name: 'Join' }).click();
	await expect(desk).toShow('hello');
	await see(phone.page.getByText('carol joined')).toBeVisible();
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
	await phone.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
	await phone.page.getByRole('button', { name: 'Copy an invite link' }).click();
	await see(phone.page.getByText('Link copied. It holds for 7 days.')).toBeVisible();
	const link = new URL(await phone.page.evaluate(() => navigator.clipboard.readText()));

	await desk.page.goto(new URL(link.pathname, desk.page.url()).href);
	await desk.page.getByRole('button', { name: 'Ask to join' }).click();
	await see(desk.page.getByText('You have asked to join.')).toBeVisible();
	await phone.page.getByRole('button', { name: 'Let carol in' }).click();
	await see(phone.page.getByText('alice added carol')).toBeVisible();

	await phone.page.getByRole('button', { name: 'Add people' }).click();
	const dialog = phone.page.getByRole('dialog');
	await dialog.getByRole('combobox', { name: 'People' }).fill('dave');
	await phone.page.getByRole('option').filter({ hasText: 'dave' }).first().click();
	await dialog.getByRole('button', { name: 'Add', exact: true }).click();
	await see(phone.page.getByText('alice added dave')).toBeVisible();
	await tablet.openConversation('Boats');
	await expect(tablet).toShow('hello');
});
