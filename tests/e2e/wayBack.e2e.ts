/** The device's own back button, and the app's, on a phone. */
import { expect, test } from '../kit';
import * as screen from '../kit/screen';

const PHONE = { width: 390, height: 844 };

test('the way back to the list leaves no step behind that would open the conversation again', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const id = await alice.startConversation([bob]);
	const [phone] = await alice.devices('phone');
	const { page } = phone;
	await page.setViewportSize(PHONE);
	const steps = () => page.evaluate(() => navigation.currentEntry?.index);
	const back = page.getByRole('main').getByRole('link', { name: 'Back', exact: true });
	await expect(screen.conversationLink(page, 'bob')).toBeVisible();
	const atList = await steps();

	await screen.conversationLink(page, 'bob').click();
	await expect(screen.composer(page)).toBeVisible();
	await back.click();
	await expect(screen.conversations(page)).toBeVisible();
	expect(await steps()).toBe(atList);

	// From deeper, to the same place.
	await screen.conversationLink(page, 'bob').click();
	await page.getByRole('heading', { level: 1 }).getByRole('link').click();
	await expect(page).toHaveURL(/\/people\//);
	await back.click();
	await expect(screen.conversations(page)).toBeVisible();
	expect(await steps()).toBe(atList);

	// Opened by an address alone: the list takes its place.
	const tab = await phone.openTab(`/c/${id}`);
	await tab.page.setViewportSize(PHONE);
	await expect(screen.composer(tab.page)).toBeVisible();
	const atTalk = await tab.page.evaluate(() => navigation.currentEntry?.index);
	await tab.page.getByRole('main').getByRole('link', { name: 'Back', exact: true }).click();
	await expect(screen.conversations(tab.page)).toBeVisible();
	expect(await tab.page.evaluate(() => navigation.currentEntry?.index)).toBe(atTalk);
});

test('on a phone a way back stands where nothing does, as it does in a conversation', async ({ people }) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	await alice.startConversation([bob]);
	const [phone] = await alice.devices('phone');
	const { page } = phone;
	await page.setViewportSize(PHONE);
	for (const path of ['/c/nonsense', '/nope']) {
		await phone.goTo(path);
		await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toBeVisible();
		await expect(phone).toHaveSynced();
		const [back, mark] = [
			page.getByRole('main').getByRole('link', { name: 'Back', exact: true }),
			screen.syncStatus(page).locator('svg')
		];
		const [way, state] = [(await back.boundingBox())!, (await mark.boundingBox())!];
		// In one line, at either end of it.
		expect(Math.abs(way.y + way.height / 2 - state.y - state.height / 2), path).toBeLessThan(4);
		expect(state.x, path).toBeGreaterThan(PHONE.width / 2);
		await back.click();
		await expect(screen.conversationLink(page, 'bob')).toBeVisible();
	}
});

test('back closes a dialog before it leaves the page beneath', async ({ people }) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	await alice.startConversation([bob]);
	const [phone] = await alice.devices('phone');
	const { page } = phone;
	await page.setViewportSize(PHONE);
	await screen.conversationLink(page, 'bob').click();
	await expect(screen.composer(page)).toBeVisible();
	await page.goBack();
	await expect(screen.conversations(page)).toBeVisible();
	await page.goForward();
	await page.getByRole('link', { name: 'Back', exact: true }).click();
	await page.getByRole('button', { name: 'New conversation' }).first().click();
	await expect(page.getByRole('dialog')).toBeVisible();
	await page.evaluate(() => history.forward());
	await expect(page.getByRole('dialog')).toHaveCount(0);
	await expect(screen.conversations(page)).toBeVisible();
	await expect(page).toHaveURL(/\/$/);
});

test('back closes the dialog on top alone, then the one below it', async ({ people }) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	await alice.startConversation([bob], 'Boats');
	const [phone] = await alice.devices('phone');
	const { page } = phone;
	await page.setViewportSize(PHONE);
	await screen.conversationLink(page, 'Boats').click();
	await page.getByRole('button', { name: 'About this conversation', exact: true }).click();
	await page.getByRole('button', { name: 'Add people' }).click();
	await expect(page.getByRole('dialog', { name: 'Add people' })).toBeVisible();
	await page.evaluate(() => history.back());
	await expect(page.getByRole('dialog', { name: 'Add people' })).toHaveCount(0);
	await expect(page.getByRole('dialog', { name: 'About this conversation' })).toBeVisible();
	await page.evaluate(() => history.back());
	await expect(page.getByRole('dialog')).toHaveCount(0);
	await expect(screen.composer(page)).toBeVisible();
	expect(phone.errors).toEqual([]);
});

test('the cross of the settings leads out, however one has moved within them', async ({ people }) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	await alice.startConversation([bob]);
	const [desk] = await alice.devices('desk');
	const { page } = desk;
	await desk.openConversation('bob');
	await screen.accountButton(page).click();
	await page.getByRole('menuitem', { name: 'Settings' }).click();
	const contents = page.getByRole('navigation', { name: 'Parts of the settings' });
	for (const name of ['Appearance and keys', 'Keyboard shortcuts']) {
		await contents.getByRole('link', { name }).press('Enter');
		await expect(page.getByRole('heading', { level: 2, name })).toBeFocused();
	}
	await expect(page).toHaveURL(/#shortcuts$/);
	await page.getByRole('main').getByRole('button', { name: 'Close' }).click();
	await expect(screen.composer(page)).toBeVisible();
});
