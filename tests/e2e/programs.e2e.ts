import { expect, test } from '../kit';
import * as screen from '../kit/screen';
import { barriers } from '../kit/barriers';
import { openWide } from '../kit/group';

test('a token is made, shown once, lets a program in for what it may do, and is revoked', async ({
	people,
	relay
}) => {
	const alice = await people.register('alice');
	const [phone] = await alice.devices('phone');
	await phone.goTo('/account/login');
	const { page } = phone;
	const programs = page.getByRole('region', { name: 'Programs' });
	await programs.getByRole('button', { name: 'Make a token' }).click();
	await programs.getByRole('button', { name: 'Make a token' }).click();
	const name = programs.getByLabel('Name');
	await expect(name).toBeFocused();
	await expect(name).toHaveAccessibleDescription(/^Enter a name/);
	const may = programs.getByRole('group', { name: 'It may' });
	await expect(may).toHaveAccessibleDescription('Allow it something.');
	await name.fill('Weather bot');
	await programs.getByRole('button', { name: 'Make a token' }).click();
	await expect(may.getByRole('checkbox').first()).toBeFocused();
	await programs.getByLabel('see conversations').check();
	await expect(may).toHaveAccessibleDescription('');
	expect(await barriers(page)).toEqual([]);
	await programs.getByRole('button', { name: 'Make a token' }).click();

	const token = await programs.getByRole('textbox', { name: 'Token' }).inputValue();
	const ask = (path: string) =>
		fetch(`http://127.0.0.1:${relay.port}/api/${path}`, { headers: { authorization: `Bearer ${token}` } });
	expect((await ask('conversations')).status).toBe(200);
	expect((await ask('users?search=a')).status).toBe(403);
	expect(await barriers(page)).toEqual([]);

	await phone.reload();
	const listed = programs.getByRole('list', { name: 'Tokens' }).getByRole('listitem');
	await expect(listed).toContainText('Weather bot');
	await expect(programs.getByRole('textbox', { name: 'Token' })).toHaveCount(0);
	await programs.getByRole('button', { name: 'Revoke Weather bot' }).click();
	await expect(listed).toHaveCount(0);
	expect((await ask('conversations')).status).toBe(401);
});

test('without a connection nothing can be filled in about programs, and with one it can', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	await alice.startConversation([bob], 'Harbour watch');
	const [phone] = await alice.devices('phone');
	const { page } = phone;
	await page.setViewportSize({ width: 1440, height: 900 });
	await phone.openConversation('Harbour watch');
	await expect(phone).toHaveSynced();
	await phone.isInstalled();
	phone.goOffline();
	await expect(phone).toBeOffline();
	for (const [opener, title, said, act] of [
		['Webhooks…', 'Webhooks', 'Without a connection nobody can know them.', 'Make a webhook'],
		[
			'Invite by link…',
			'Invite by link',
			'Links can only be shown with a connection.',
			'Make and copy the link'
		]
	] as const) {
		phone.goOffline();
		await expect(phone).toBeOffline();
		await page.getByRole('button', { name: opener }).click();
		const dialog = page.getByRole('dialog', { name: title });
		await expect(dialog.getByText(said)).toBeVisible();
		await expect(dialog.getByRole('button', { name: act })).toBeDisabled();
		phone.goOnline();
		await expect(dialog.getByRole('button', { name: act })).toBeEnabled();
		await page.keyboard.press('Escape');
	}
});

test('a dialog that was opened from another lies over that one', async ({ people }) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	await alice.startConversation([bob], 'Harbour watch');
	const [tablet] = await alice.devices('tablet');
	const { page } = tablet;
	await page.setViewportSize({ width: 820, height: 1180 });
	await tablet.openConversation('Harbour watch');
	await page.getByRole('button', { name: 'About this conversation', exact: true }).click();
	const below = page.getByRole('dialog', { name: 'About this conversation' });
	await below.getByRole('button', { name: 'Webhooks…' }).click();
	await expect(page.getByRole('dialog', { name: 'Webhooks' })).toBeVisible();
	const seen = await page.evaluate(() => {
		const below = document.querySelector('.dialog')!.getBoundingClientRect();
		return document.elementFromPoint(below.left + 4, below.top + 4)?.className;
	});
	expect(seen).toContain('scrim');
});

test('a webhook made in a group posts there as who made it, and every member sees that it is there', async ({
	people,
	relay
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	await alice.startConversation([bob], 'Harbour watch');
	const [phone] = await alice.devices('phone');
	const [desk] = await bob.devices('desk');
	await desk.openConversation('Harbour watch');
	await phone.page.setViewportSize({ width: 1440, height: 900 });
	await phone.openConversation('Harbour watch');
	const { page } = phone;
	await page.getByRole('button', { name: 'Webhooks…' }).click();
	const dialog = page.getByRole('dialog', { name: 'Webhooks' });
	await dialog.getByLabel('Name').fill('Tide gauge');
	await dialog.getByRole('button', { name: 'Make a webhook' }).click();
	const address = new URL(await dialog.getByRole('textbox', { name: 'Address to post to' }).inputValue());
	expect(await barriers(page)).toEqual([]);
	await expect(dialog.getByRole('list', { name: 'Webhooks' })).toContainText('Tide gauge');

	const post = (text: string) =>
		fetch(`http://127.0.0.1:${relay.port}${address.pathname}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ text, key: text })
		});
	expect((await post('Low water at noon')).status).toBe(201);
	await post('Low water at noon');
	await expect(desk).toShowOnce('Low water at noon');
	await expect(screen.message(desk.page, 'Low water at noon')).toContainText('alice');

	await desk.page.setViewportSize({ width: 1440, height: 900 });
	await desk.page.getByRole('button', { name: 'Webhooks…' }).click();
	const seen = desk.page.getByRole('dialog', { name: 'Webhooks' });
	await expect(seen.getByRole('listitem')).toHaveText(/Tide gauge\s*posts as alice/);
	await expect(seen.getByRole('button')).toHaveText(['Close']);

	await dialog.getByLabel('Is told of each message from now on').check();
	await dialog.getByLabel('Name').fill('Log');
	const called = dialog.getByLabel('Address that is called');
	await dialog.getByRole('button', { name: 'Make a webhook' }).click();
	await expect(called).toHaveAccessibleDescription(/^Enter the address/);
	await called.fill('http://127.0.0.1/');
	await dialog.getByRole('button', { name: 'Make a webhook' }).click();
	await expect(called).toHaveAccessibleDescription(/https/);
	await expect(called).toBeFocused();
	expect(await barriers(page)).toEqual([]);
	await dialog.getByRole('button', { name: 'Delete Tide gauge' }).click();
	await expect(dialog).toContainText('There are none.');
	expect((await post('High water at six')).status).toBe(404);
});

test('what a dialog of the details holds is there still when the window gets narrower and wider', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	await alice.startConversation([bob], 'Harbour watch');
	const [desk] = await alice.devices('desk');
	const { page } = desk;
	const dialog = (name: string) => page.getByRole('dialog', { name });
	const details = page.getByRole('complementary', { name: 'About this conversation' });
	const narrow = async () => {
		await page.setViewportSize({ width: 820, height: 900 });
		await expect(details).toBeHidden();
	};
	const wide = async () => {
		await page.setViewportSize({ width: 1440, height: 900 });
		await expect(details.getByRole('heading', { name: 'People' })).toBeVisible();
	};
	await openWide(desk, 'Harbour watch');

	await page.getByRole('button', { name: 'Webhooks…' }).click();
	await dialog('Webhooks').getByLabel('Name').fill('Tide gauge');
	await narrow();
	await expect(dialog('Webhooks').getByLabel('Name')).toHaveValue('Tide gauge');
	await dialog('Webhooks').getByRole('button', { name: 'Make a webhook' }).click();
	const secret = dialog('Webhooks').getByRole('textbox', { name: 'Address to post to' });
	const address = await secret.inputValue();
	await wide();
	await expect(secret).toHaveValue(address);
	await narrow();
	await expect(secret).toHaveValue(address);
	await page.keyboard.press('Escape');
	await expect(dialog('Webhooks')).toHaveCount(0);
	await expect(screen.composer(page)).toBeFocused();
	await wide();

	await page.getByRole('button', { name: 'Add people' }).click();
	await dialog('Add people').getByRole('combobox').fill('some');
	await narrow();
	await expect(dialog('Add people').getByRole('combobox')).toHaveValue('some');
	await page.keyboard.press('Escape');
	await wide();

	await page.getByRole('button', { name: 'Invite by link…' }).click();
	await dialog('Invite by link').getByLabel('It can be used').selectOption('once');
	await narrow();
	await expect(dialog('Invite by link').getByLabel('It can be used')).toHaveValue('1');
	await page.keyboard.press('Escape');
	await wide();

	await page.getByRole('button', { name: 'Leave group…' }).click();
	await narrow();
	await expect(dialog('Leave this group?')).toBeVisible();
	expect(desk.errors).toEqual([]);
});
