import { expect, test } from '../kit';
import * as screen from '../kit/screen';

const MESSAGES = 120;
const MIDST = 60;

test('who goes on past unread messages is told of none of them that they came late', async ({ people }) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const carol = await people.register('carol');
	const conversation = await bob.startConversation([alice, carol], 'Boats');
	const authors = [await bob.headless(), await carol.headless()];
	const ids: string[] = [];
	for (let i = 0; i < MESSAGES; i++) {
		const author = authors[i % 2]!;
		ids.push(...(await author.write(conversation, [`number ${i}`])));
		await author.sent();
	}
	const [phone, laptop] = await alice.devices('phone', 'laptop');
	const listed = screen.conversationLink(laptop.page, 'Boats');
	await expect(listed).toContainText('unread');

	await phone.goTo(`/c/${conversation}?m=${ids[MIDST]!}`);
	await expect(screen.message(phone.page, `number ${MIDST}`)).toBeInViewport();
	await phone.page.getByRole('button', { name: /new messages|Latest/ }).click();
	// What stands before has been passed over, on all devices.
	await expect(listed).not.toContainText('unread');
	await expect(listed).not.toContainText('arrived late');
	await expect(phone.page.getByRole('region', { name: 'Arrived in earlier history' })).toHaveCount(0);

	await laptop.openConversation('Boats');
	await expect(screen.message(laptop.page, `number ${MESSAGES - 1}`)).toBeInViewport();
	await expect(laptop.page.getByRole('region', { name: 'Arrived in earlier history' })).toHaveCount(0);
});
