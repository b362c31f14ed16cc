import { expect, test } from '../kit';
import * as screen from '../kit/screen';

const MESSAGES = 120;
const MIDST = 60;

test('who reads on in the midst of unread messages is told of none of those before that they came late', async ({
	people
}) => {
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
	// What stands before has been passed over, on all devices.
	await expect(listed).toContainText(/[1-5]\d unread/);
	await expect(listed).not.toContainText('arrived late');
	await expect(phone.page.getByRole('region', { name: 'Arrived in earlier history' })).toHaveCount(0);

	await laptop.openConversation('Boats');
	await expect(screen.message(laptop.page, 'number 75')).toHaveCount(1);
	await expect(screen.message(laptop.page, 'number 0')).toHaveCount(0);
	await expect(laptop.page.getByRole('region', { name: 'Arrived in earlier history' })).toHaveCount(0);
});
