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
