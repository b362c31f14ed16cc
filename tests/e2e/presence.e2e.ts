import { expect, test } from '../kit';

test('one sees who is here and who is writing, and no longer when they go', async ({ people }) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const [phone] = await alice.devices('phone');
	const [desk] = await bob.devices('desk');
	await phone.startConversation(['bob']);
	await desk.openConversation('alice');
	const header = desk.page.locator('main > header');

	await expect(header).toContainText('Here now');
	await phone.page.getByRole('textbox', { name: 'Message', exact: true }).pressSequentially('on my way');
	await expect(header).toContainText('Writing…');
	await phone.page.keyboard.press('Enter');
	await expect(desk).toShow('on my way');
	await expect(header).toContainText('Here now');
	await phone.close();
	await expect(header).not.toContainText('Here now');
});

test('one who is blocked no longer sees who blocked them, and does again once unblocked', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const [phone] = await alice.devices('phone');
	const [desk] = await bob.devices('desk');
	await phone.startConversation(['bob']);
	await desk.openConversation('alice');
	const header = desk.page.locator('main > header');
	await expect(header).toContainText('Here now');
	await alice.api.call('PUT', `blocks/${bob.id}`);
	await expect(header).not.toContainText('Here now');
	// She goes on being here and doing things.
	await phone.page.getByRole('button', { name: 'Account' }).click();
	await phone.page.getByRole('menuitem', { name: 'Settings' }).click();
	await desk.write('are you there?');
	await expect(desk).toHaveState('are you there?', 'sent');
	await expect(header).not.toContainText('Here now');
	await alice.api.call('DELETE', `blocks/${bob.id}`);
	await expect(header).toContainText('Here now');
});

test('one who keeps presence to themselves is not seen, and still sees others', async ({ people }) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const [phone] = await alice.devices('phone');
	const [desk] = await bob.devices('desk');
	await phone.startConversation(['bob']);
	await desk.openConversation('alice');
	await expect(desk.page.locator('main > header')).toContainText('Here now');

	await phone.page.getByRole('button', { name: 'Account' }).click();
	await phone.page.getByRole('menuitem', { name: 'Settings' }).click();
	await phone.page.getByLabel('Tell others when I am here or writing').uncheck();
	await phone.page.getByRole('button', { name: 'Close' }).click();
	await expect(desk.page.locator('main > header')).not.toContainText('Here now');
	await phone.page.getByRole('textbox', { name: 'Message', exact: true }).pressSequentially('hello');
	await expect(phone.page.locator('main > header')).toContainText('Here now');
	await expect(desk.page.locator('main > header')).not.toContainText('Writing');
});
