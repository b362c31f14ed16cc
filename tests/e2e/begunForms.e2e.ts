import { about, openWide } from '../kit/group';
import { expect, test } from '../kit';
import * as screen from '../kit/screen';

const heading = { level: 1 } as const;
const BEGUN = 'skein.begun/';

test('what was typed and not sent is there again after a reload, also without a network, and gone once sent', async ({
	people
}) => {
	const mira = await people.register('mira');
	await people.register('tomas', 'Tomás Ferreira');
	const [phone] = await mira.devices('phone');
	const { page } = phone;
	const kept = () =>
		page.evaluate((prefix) => Object.keys(sessionStorage).filter((key) => key.startsWith(prefix)), BEGUN);
	await phone.goTo('/begin');
	await page.getByLabel('Your name').fill('Mira Solheim');
	await page.getByRole('combobox', { name: 'People' }).fill('tom');
	await page.getByRole('option', { name: /Tomás/ }).click();
	await page.getByRole('combobox', { name: 'People' }).fill('som');
	await phone.isInstalled();
	phone.goOffline();
	await phone.reload();
	await expect(page.getByLabel('Your name')).toHaveValue('Mira Solheim');
	await expect(page.getByRole('combobox', { name: 'People' })).toHaveValue('som');
	await expect(page.getByRole('button', { name: /Tomás Ferreira/ })).toBeVisible();
	phone.goOnline();

	await phone.goTo('/account/profile');
	await page.getByRole('textbox', { name: 'About' }).fill('Mostly at sea.');
	await phone.reload();
	await expect(page.getByRole('textbox', { name: 'About' })).toHaveValue('Mostly at sea.');
	await page.getByRole('button', { name: 'Save' }).click();
	await expect(page.getByText('Saved', { exact: true })).toBeVisible();

	await phone.goTo('/begin');
	await page.getByRole('combobox', { name: 'People' }).fill('');
	await page.getByRole('button', { name: 'Write', exact: true }).click();
	await expect(page.getByRole('heading', { ...heading, name: 'Tomás Ferreira' })).toBeVisible();
	expect(await kept()).toEqual([]);
	expect(phone.errors).toEqual([]);
});

test('who logs out leaves nothing in the window of what they had begun', async ({ people }) => {
	const mira = await people.register('mira');
	const [phone] = await mira.devices('phone');
	const { page } = phone;
	await phone.goTo('/account/profile');
	await page.getByRole('textbox', { name: 'About' }).fill('Mostly at sea.');
	await expect.poll(() => page.evaluate(() => JSON.stringify(sessionStorage))).toContain('Mostly at sea.');
	await phone.logOut();
	expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain('Mostly at sea.');
});

test('what another device changes is in the field of the profile that nothing was typed into, also after a reload', async ({
	people
}) => {
	const mira = await people.register('mira');
	const [phone] = await mira.devices('phone');
	const { page } = phone;
	const name = page.getByLabel('Display name');
	const about = page.getByRole('textbox', { name: 'About' });
	await phone.goTo('/account/profile');
	await about.fill('Mostly at sea.');
	await mira.api.call('PATCH', 'me', { displayName: 'Mira Solheim', about: 'Ashore.' });
	await expect(name).toHaveValue('Mira Solheim');
	await expect(about).toHaveValue('Mostly at sea.');
	await mira.api.call('PATCH', 'me', { displayName: 'Mira S.' });
	await expect(name).toHaveValue('Mira S.');
	await phone.reload();
	await expect(name).toHaveValue('Mira S.');
	await expect(about).toHaveValue('Mostly at sea.');

	await about.fill('');
	await page.getByRole('button', { name: 'Save' }).click();
	await expect(page.getByText('Saved', { exact: true })).toBeVisible();
	await expect
		.poll(async () => (await mira.api.call<{ user: { about?: string } }>('GET', 'me')).user.about)
		.toBeUndefined();
	await mira.api.call('PATCH', 'me', { about: 'In port.' });
	await expect(about).toHaveValue('In port.');
	expect(phone.errors).toEqual([]);
});

test('what was begun in a dialog or a field of a group is there again after a reload, until it is sent or given up', async ({
	people
}) => {
	const mira = await people.register('mira');
	const tomas = await people.register('tomas', 'Tomás Ferreira');
	const boats = await mira.startConversation([tomas], 'Boats');
	await tomas.api.call('POST', 'messages/send', { conversationId: boats, text: 'buy my boat' });
	const [desk] = await mira.devices('desk');
	const { page } = desk;
	const dialog = page.getByRole('dialog');
	await openWide(desk, 'Boats');
	await about(desk).getByRole('button', { name: 'Add a description' }).click();
	await about(desk).getByLabel('Description').fill('All that floats');
	await screen.choose(page, 'buy my boat', 'Report…');
	await dialog.getByRole('radio', { name: 'Spam' }).check();
	await dialog.getByRole('textbox').fill('Each day anew');
	await page.keyboard.press('Escape');
	await page.getByRole('button', { name: 'New conversation' }).first().click();
	await dialog.getByRole('combobox', { name: 'People' }).fill('tom');
	await page.getByRole('option', { name: /Tomás/ }).click();
	await dialog.getByLabel('Group name').fill('Ropes');

	await desk.reload();
	await page.getByRole('button', { name: 'New conversation' }).first().click();
	await expect(dialog.getByLabel('Group name')).toHaveValue('Ropes');
	await expect(dialog.getByRole('button', { name: /Tomás Ferreira/ })).toBeVisible();
	await dialog.getByRole('button', { name: 'Start conversation' }).click();
	await expect(page.getByRole('heading', { ...heading, name: 'Ropes' })).toBeVisible();

	await desk.openConversation('Boats');
	await expect(about(desk).getByLabel('Description')).toHaveValue('All that floats');
	await about(desk).getByRole('button', { name: 'Save' }).click();
	await expect(about(desk).getByText('All that floats')).toBeVisible();
	await screen.choose(page, 'buy my boat', 'Report…');
	await expect(dialog.getByRole('radio', { name: 'Spam' })).toBeChecked();
	await expect(dialog.getByRole('textbox')).toHaveValue('Each day anew');
	await dialog.getByRole('button', { name: 'Cancel' }).click();
	await expect(dialog).toHaveCount(0);
	expect(await page.evaluate((prefix) => JSON.stringify(sessionStorage).includes(prefix), BEGUN)).toBe(false);
	expect(desk.errors).toEqual([]);
});

test('who was picked to be added to a group is picked still when the dialog was closed, until they are added', async ({
	people
}) => {
	const mira = await people.register('mira');
	const tomas = await people.register('tomas', 'Tomás Ferreira');
	const amina = await people.register('amina', 'Amina Haddad');
	await mira.startConversation([tomas], 'Boats');
	await mira.startConversation([amina]);
	const [desk] = await mira.devices('desk');
	const { page } = desk;
	const dialog = page.getByRole('dialog', { name: 'Add people' });
	const picked = dialog.getByRole('button', { name: /Amina Haddad/ });
	const add = () => about(desk).getByRole('button', { name: 'Add people' }).click();
	await openWide(desk, 'Boats');
	await add();
	await dialog.getByRole('combobox', { name: 'People' }).fill('ami');
	await page.getByRole('option', { name: /Amina/ }).click();
	await expect(picked).toBeVisible();
	await page.keyboard.press('Escape');
	await page.keyboard.press('Escape');
	await expect(dialog).toHaveCount(0);

	await add();
	await expect(picked).toBeVisible();
	await dialog.getByRole('button', { name: 'Add', exact: true }).click();
	await expect(screen.log(page).getByText('mira added Amina Haddad')).toBeVisible();
	await add();
	await expect(dialog).toBeVisible();
	await expect(picked).toHaveCount(0);
	expect(desk.errors).toEqual([]);
});
