import { expect, test } from '../kit';
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
