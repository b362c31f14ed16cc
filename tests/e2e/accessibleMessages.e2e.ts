import { expect, test } from '../kit';
import { barriers } from '../kit/barriers';
import { cutOff } from '../kit/reflow';
import { eachPart, writeForParts } from '../kit/messageParts';
import * as screen from '../kit/screen';
import type { Device } from '../kit/device';

async function openBoats(device: Device): Promise<void> {
	await device.page.emulateMedia({ reducedMotion: 'reduce' });
	await device.startConversation(['bob'], { name: 'Boats' });
	await writeForParts(device);
}

for (const colorScheme of ['light', 'dark'] as const)
	test(`what can be done with messages can be done by everybody, ${colorScheme}`, async ({ people }) => {
		const alice = await people.register('alice');
		await people.register('bob');
		const [desk] = await alice.devices('desk');
		await openBoats(desk);
		await desk.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		await eachPart(desk, async (name) => expect(await barriers(desk.page), name).toEqual([]));
		expect(desk.errors).toEqual([]);
	});

test('the menu of a conversation, and logging out with something unsent, can be used by everybody', async ({
	people
}) => {
	const alice = await people.register('alice');
	await people.register('bob');
	const [desk] = await alice.devices('desk');
	const { page } = desk;
	await page.emulateMedia({ reducedMotion: 'reduce' });
	await desk.startConversation(['bob'], { name: 'Boats' });
	await screen.conversationLink(page, 'Boats').hover();
	await page.getByRole('button', { name: 'More about Boats' }).click();
	await expect(page.getByRole('menu')).toBeVisible();
	expect(await barriers(page)).toEqual([]);
	await page.keyboard.press('Escape');
	desk.goOffline();
	await desk.write('only here');
	await screen.accountButton(page).click();
	await page.getByRole('menuitem', { name: 'Log out' }).click();
	await expect(page.getByRole('dialog').getByRole('button', { name: 'Stay' })).toBeVisible();
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		expect(await barriers(page), colorScheme).toEqual([]);
	}
	expect(desk.errors).toEqual([]);
});

test('where colours are forced, all that floats has an edge: shadows are not drawn there', async ({
	people
}) => {
	const alice = await people.register('alice');
	await people.register('bob');
	const [desk] = await alice.devices('desk');
	const { page } = desk;
	await openBoats(desk);
	await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
	const edge = (role: 'dialog' | 'menu' | 'listbox') =>
		page.getByRole(role).evaluate((part) => parseFloat(getComputedStyle(part).borderTopWidth));
	await eachPart(desk, async (name) => {
		expect(await edge((await page.getByRole('menu').count()) > 0 ? 'menu' : 'dialog'), name).toBeGreaterThan(
			0
		);
	});
	await screen.composer(page).pressSequentially('@b');
	await expect(page.getByRole('listbox')).toBeVisible();
	expect(await edge('listbox')).toBeGreaterThan(0);
});

test('nothing of what can be done with messages is cut off at 320 × 512', async ({ people }) => {
	const alice = await people.register('alice');
	await people.register('bob');
	const [phone] = await alice.devices('phone');
	await openBoats(phone);
	await phone.page.setViewportSize({ width: 320, height: 512 });
	await eachPart(phone, async (name) => expect(await cutOff(phone.page), name).toEqual([]));
	expect(phone.errors).toEqual([]);
});

test('on a phone the mark of the connection stands beside the tools of a conversation, not on one', async ({
	people
}) => {
	const alice = await people.register('alice');
	await people.register('bob');
	const [phone] = await alice.devices('phone');
	const { page } = phone;
	await openBoats(phone);
	await page.setViewportSize({ width: 390, height: 844 });
	await expect(phone).toHaveSynced();
	const mark = (await screen.syncStatus(page).locator('svg').boundingBox())!;
	const tools = page.getByRole('main').locator('header').first().getByRole('button');
	await expect(tools).toHaveCount(3);
	for (const tool of await tools.all()) {
		const box = (await tool.boundingBox())!;
		expect(mark.x + mark.width <= box.x || mark.x >= box.x + box.width).toBe(true);
	}
	await page.getByRole('button', { name: '1 pinned message' }).click();
	await expect(page.getByRole('dialog', { name: 'Pinned messages' })).toBeVisible();
});
