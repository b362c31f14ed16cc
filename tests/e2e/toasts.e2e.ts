import { expect, test } from '../kit';
import { seesFocus } from '../kit/keyboard';
import * as screen from '../kit/screen';

test('what was just done is said beside the messages and never over them, where there is a list beside them', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	await alice.startConversation([bob]);
	const [desk] = await alice.devices('desk');
	const { page } = desk;
	await desk.openConversation('bob');
	await desk.write('hello');
	await screen.choose(page, 'hello', 'Copy link');
	const toast = page.locator('.toast');
	// Pointed at, it stays.
	await toast.hover();
	const log = screen.log(page);
	for (const width of [820, 1100, 1440]) {
		await page.setViewportSize({ width, height: 760 });
		await expect(toast).toBeVisible();
		await toast.hover();
		const [said, messages] = [await toast.boundingBox(), await log.boundingBox()];
		expect(said!.x + said!.width, `at ${width} px`).toBeLessThanOrEqual(messages!.x);
	}
});

test('what was just done is said above the field that one writes in, however tall that is, on a phone', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	await alice.startConversation([bob]);
	const [phone] = await alice.devices('phone');
	const { page } = phone;
	await page.setViewportSize({ width: 390, height: 844 });
	await screen.conversationLink(page, 'bob').click();
	await phone.write('hello');
	const field = screen.composer(page);
	const toast = page.locator('.toast');
	await screen.choose(page, 'hello', 'Copy link');
	await toast.hover();
	for (const draft of ['', Array(12).fill('a line').join('\n')]) {
		await field.fill(draft);
		await toast.hover();
		const [said, written] = [await toast.boundingBox(), await page.locator('form.composer').boundingBox()];
		expect(said!.y + said!.height).toBeLessThanOrEqual(written!.y);
	}
});

test('what was just done leaves the way to the newest messages free, on a phone', async ({ people }) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	await alice.startConversation([bob]);
	const [phone] = await alice.devices('phone');
	const { page } = phone;
	await page.setViewportSize({ width: 320, height: 568 });
	await screen.conversationLink(page, 'bob').click();
	for (let at = 0; at < 8; at++) await phone.write(`${at} of the many words of a long message `.repeat(4));
	await phone.write('hello');
	await screen.choose(page, 'hello', 'Copy link');
	const toast = page.locator('.toast');
	await toast.hover();
	await screen.log(page).evaluate((element) => element.scrollTo(0, 0));
	const latest = page.getByRole('button', { name: 'Latest' });
	await expect(latest).toBeVisible();
	await expect(toast).toBeVisible();
	const [said, button] = [(await toast.boundingBox())!, (await latest.boundingBox())!];
	expect(said.y + said.height).toBeLessThanOrEqual(button.y);
});

test('what was just done leaves the buttons of a dialog free, however small the screen', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	await alice.startConversation([bob], 'Boats');
	const [phone] = await alice.devices('phone');
	const { page } = phone;
	await page.setViewportSize({ width: 320, height: 568 });
	await screen.conversationLink(page, 'Boats').click();
	await page.getByRole('button', { name: 'About this conversation', exact: true }).click();
	await page.getByRole('button', { name: 'Invite by link…' }).click();
	const dialog = page.getByRole('dialog', { name: 'Invite by link' });
	await dialog.getByRole('button', { name: 'Make and copy the link' }).click();
	const toast = page.locator('.toast');
	await expect(toast).toBeVisible();
	for (const height of [568, 520, 480, 440, 400]) {
		await page.setViewportSize({ width: 320, height });
		await toast.hover();
		const said = (await toast.boundingBox())!;
		for (const name of ['Make and copy the link', 'Close']) {
			const button = (await dialog.getByRole('button', { name }).boundingBox())!;
			const isFree = said.y + said.height <= button.y || said.y >= button.y + button.height;
			expect(isFree, `${name} at ${height} px`).toBe(true);
		}
	}
});

test('what can be taken back stays until the person is done with it, and keys lead to it', async ({
	people
}) => {
	const alice = await people.register('alice');
	await people.register('bob');
	const [desk] = await alice.devices('desk');
	const { page } = desk;
	await desk.startConversation(['bob']);
	await desk.write('hello');
	await expect(desk).toHaveSynced();
	await desk.isInstalled();
	await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
	desk.goOffline();
	await expect(desk).toBeOffline();
	await desk.write('the first');
	await desk.write('the second');
	await page.getByRole('link', { name: '2 only here' }).click();
	const waiting = page.getByRole('list', { name: 'Messages only on this device' }).getByRole('listitem');
	await waiting.filter({ hasText: 'the first' }).getByRole('button', { name: 'Cancel sending' }).click();
	const back = page.locator('.toast').getByRole('button', { name: 'Copy text' });
	await expect(back).toBeVisible();
	await waiting.getByRole('button', { name: 'Copy text' }).click();
	const copied = page.locator('.toast').filter({ hasText: 'Text copied' });
	await expect(copied).toBeVisible();
	await page.mouse.move(0, 0);
	// What was only told passes in its time, and the other is there still.
	await expect(copied).toHaveCount(0);
	await expect(back).toBeVisible();

	await expect(async () => {
		await page.keyboard.press('F6');
		await expect(back).toBeFocused({ timeout: 500 });
	}).toPass();
	await seesFocus(page);
	await page.keyboard.press('Enter');
	await expect(back).toHaveCount(0);
	expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('the first');
});

test('what this device cannot keep is told where it was typed, which stays, or by words that stay until they are dismissed', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	await alice.startConversation([bob], 'Boats');
	await alice.api.call('PUT', `blocks/${bob.id}`);
	const [desk] = await alice.devices('desk');
	const { page } = desk;
	await page.setViewportSize({ width: 1440, height: 900 });
	await desk.openConversation('Boats');
	await expect(desk).toHaveSynced();
	await page.getByRole('button', { name: 'Rename', exact: true }).click();
	const name = page.getByRole('textbox', { name: 'Group name', exact: true });
	await name.fill('Ships');
	await page.evaluate(() => {
		const refuse = () => {
			throw new DOMException('no space', 'QuotaExceededError');
		};
		Object.assign(IDBObjectStore.prototype, { put: refuse, add: refuse });
	});
	await name.press('Enter');
	await expect(page.getByRole('alert').filter({ hasText: 'This device could not keep that.' })).toBeVisible();
	await expect(name).toHaveValue('Ships');
	await expect(page.locator('.toast')).toHaveCount(0);

	await page.getByRole('button', { name: 'Account' }).click();
	await page.getByRole('menuitem', { name: 'Settings' }).click();
	await page.getByRole('button', { name: 'Unblock bob' }).click();
	const failed = page.locator('.toast').filter({ hasText: 'could not' });
	await expect(failed).toHaveCount(1);
	await expect(page.getByRole('heading', { name: 'Blocked people' })).toBeFocused();
	await expect(async () => {
		await page.keyboard.press('F6');
		await expect(failed.getByRole('button', { name: 'Dismiss' })).toBeFocused({ timeout: 500 });
	}).toPass();
	await page.keyboard.press('Enter');
	await expect(failed).toHaveCount(0);
	await expect.poll(() => page.evaluate(() => document.activeElement === document.body)).toBe(false);
});
