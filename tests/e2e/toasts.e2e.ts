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
