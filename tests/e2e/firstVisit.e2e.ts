import { expect, test } from '../kit';
import * as screen from '../kit/screen';

const heading = { level: 1 } as const;

test('who comes to the front without an account is told what this is, and ends with a first message', async ({
	people,
	newDevice
}) => {
	await people.register('tomas', 'Tomás Ferreira');
	const laptop = await newDevice('laptop');
	await laptop.open('/');
	const { page } = laptop;
	await expect(page.getByRole('heading', heading)).toContainText('Write now.');
	await page.getByRole('link', { name: 'Create account' }).click();
	await laptop.register('mira', 'warp and weft of it');

	await expect(page.getByRole('heading', { ...heading, name: 'Write your first message' })).toBeVisible();
	// Beside it the list says that there are none, and leaves the way on to this.
	await expect(page.getByRole('heading', { name: 'No conversations yet' })).toBeVisible();
	await expect(page.getByRole('link', { name: 'Write your first message' })).toHaveCount(0);
	// What a screen reader is told of having come here.
	await expect(page.locator('#svelte-announcer')).toHaveText('Skein');
	await page.getByRole('link', { name: 'Begin' }).click();
	await page.getByLabel('Your name').fill('Mira Solheim');
	await page.getByRole('button', { name: 'Write', exact: true }).click();
	await expect(page.getByText('Choose at least one person.')).toBeVisible();
	await page.getByRole('combobox', { name: 'People' }).fill('tom');
	await page.getByRole('option', { name: /Tomás/ }).click();
	await page.getByRole('button', { name: 'Write', exact: true }).click();
	await expect(page.getByRole('heading', { ...heading, name: 'Tomás Ferreira' })).toBeVisible();
	await laptop.write('hello from the first day');
	await expect(laptop).toShow('hello from the first day');
	await laptop.goTo('/account/profile');
	await expect(page.getByLabel('Display name')).toHaveValue('Mira Solheim');
});

test('who knows nobody here begins with a group, writes in it, and invites from there', async ({
	people
}) => {
	const mira = await people.register('mira');
	const [phone] = await mira.devices('phone');
	const { page } = phone;
	await page.setViewportSize({ width: 390, height: 844 });
	await page.getByRole('link', { name: 'Write your first message' }).click();
	await page.getByRole('radio', { name: /invite people by a link/ }).check();
	await page.getByRole('button', { name: 'Write', exact: true }).click();
	await expect(page.getByText('Give the group a name.')).toBeVisible();
	await page.getByLabel('Group name').fill('Boats');
	await page.getByRole('button', { name: 'Write', exact: true }).click();
	await expect(page.getByRole('heading', { ...heading, name: 'Boats' })).toBeVisible();
	await page.getByRole('button', { name: 'Invite by link…' }).click();
	await page.getByRole('button', { name: 'Make and copy the link' }).click();
	await expect(page.getByRole('dialog').getByRole('button', { name: 'Revoke' })).toBeVisible();
	await page.keyboard.press('Escape');
	await screen.composer(page).fill('who comes along?');
	await page.getByRole('button', { name: 'Send' }).click();
	await expect(screen.message(page, 'who comes along?')).toHaveCount(1);
});

test('a link to a message leads there after the login', async ({ people, newDevice }) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const id = await alice.startConversation([bob]);
	const said = await alice.api.call<{ message: { id: string } }>('POST', 'messages/send', {
		conversationId: id,
		text: 'low water at noon'
	});
	const phone = await newDevice('phone');
	await phone.open(`/c/${id}?m=${said.message.id}`);
	await phone.fillLogin('bob', bob.password);
	await expect(screen.messageById(phone.page, said.message.id)).toBeFocused();
});

test('changing the language before one is logged in keeps what is typed', async ({ newDevice }) => {
	const phone = await newDevice('phone');
	await phone.open('/register');
	const { page } = phone;
	await page.getByLabel('Username').fill('mira');
	await page.getByLabel('Password', { exact: true }).fill('warp and weft of it');
	await page.getByLabel('E-mail address').fill('mira@example.org');
	const german = page.getByRole('button', { name: 'Deutsch' });
	await german.focus();
	await german.press('Enter');
	await expect(page.locator('html')).toHaveAttribute('lang', 'de');
	await expect(page.getByLabel('Benutzername')).toHaveValue('mira');
	await expect(page.getByLabel('Passwort', { exact: true })).toHaveValue('warp and weft of it');
	await expect(page.getByLabel('E-Mail-Adresse')).toHaveValue('mira@example.org');
	await expect(german).toBeFocused();
});

test.describe('once it is installed', () => {
	test.use({ ownBrowsers: true });

	test('what Skein is can be read without a network, and a deep link still leads to the login', async ({
		newDevice
	}) => {
		const phone = await newDevice('phone');
		await phone.open('/');
		await phone.isInstalled();
		phone.goOffline();
		await phone.close();
		await phone.open('/');
		await expect(phone.page.getByRole('heading', heading)).toContainText('Write now.');
		await phone.goTo('/c/somewhere');
		await expect(phone.page.getByRole('button', { name: 'Log in' })).toBeVisible();
	});
});
