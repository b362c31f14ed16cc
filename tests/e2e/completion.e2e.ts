import { expect, test } from '../kit';
import { barriers } from '../kit/barriers';
import * as screen from '../kit/screen';

test('an emoji is completed from a colon and two letters of a word that finds it, without a network too', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	await alice.startConversation([bob]);
	const [desk] = await alice.devices('desk');
	const { page } = desk;
	await desk.openConversation('bob');
	const field = screen.composer(page);
	const offered = page.getByRole('listbox', { name: 'Which emoji' });
	await field.pressSequentially('at 10:30, ship it :fir');
	await expect(offered.getByRole('option').first()).toContainText('🔥');
	expect(await barriers(page)).toEqual([]);
	await page.keyboard.press('Enter');
	await expect(field).toHaveValue('at 10:30, ship it 🔥 ');
	desk.goOffline();
	await field.pressSequentially(':part');
	await offered.getByRole('option', { name: '🎉' }).click();
	await expect(field).toHaveValue('at 10:30, ship it 🔥 🎉 ');
	await field.pressSequentially('not this :tha');
	await expect(offered).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(offered).toBeHidden();
	await page.keyboard.press('Enter');
	await expect(screen.message(page, 'at 10:30, ship it 🔥 🎉 not this :tha')).toHaveCount(1);
	expect(desk.errors).toEqual([]);
});

test('in a window that is not high enough each of what is offered comes before the eyes as it is chosen', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	await alice.startConversation([bob]);
	const [phone] = await alice.devices('phone');
	const { page } = phone;
	await page.setViewportSize({ width: 320, height: 256 });
	await screen.conversationLink(page, 'bob').click();
	await screen.composer(page).pressSequentially(':he');
	const options = page.getByRole('listbox', { name: 'Which emoji' }).getByRole('option');
	await expect(options).toHaveCount(6);
	for (const at of [0, 1, 2, 3, 4, 5]) {
		await expect(options.nth(at)).toHaveAttribute('aria-selected', 'true');
		// Parts of a pixel aside.
		await expect(options.nth(at)).toBeInViewport({ ratio: 0.98 });
		await page.keyboard.press('ArrowDown');
	}
	await expect(options.first()).toBeInViewport({ ratio: 0.98 });
});
