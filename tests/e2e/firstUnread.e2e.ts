import { expect, test } from '../kit';
import * as screen from '../kit/screen';
import { toLatest } from '../kit/scrolling';
import { writeHistory } from '../kit/history';
import type { Device } from '../kit/device';

// Browsers are closed and opened again here.
test.use({ ownBrowsers: true });

const numbered = (from: number, to: number) =>
	Array.from({ length: to - from }, (_, i) => `number ${from + i}`);

test('who goes to the end past unread messages finds back to the first of them, by keyboard too', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const conversation = await bob.startConversation([alice]);
	const desk = await bob.headless();
	await desk.write(conversation, numbered(0, 90));
	const [phone] = await alice.devices('phone');
	await phone.openConversation('bob');
	await expect(screen.message(phone.page, 'number 0')).toBeInViewport();
	const back = phone.page.getByRole('button', { name: /^Jump to first unread/ });
	await expect(back).toHaveCount(0);

	await phone.page.getByRole('button', { name: /new messages|Latest/ }).click();
	await expect(screen.message(phone.page, 'number 89')).toBeInViewport();
	await back.focus();
	await phone.page.keyboard.press('Enter');
	// What is before the eyes when the conversation opens is read: the first that is not stands a screen below.
	await expect(phone.page.locator('[data-message-id]:focus')).toContainText(/\bnumber [12]\d\b/);
	await expect(back).toHaveCount(0);
});

test('reading goes on where it stopped, though that is segments back', async ({ people }) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const conversation = await bob.startConversation([alice]);
	const desk = await bob.headless();
	await desk.write(conversation, numbered(0, 10));
	const [phone] = await alice.devices('phone');
	await phone.openConversation('bob');
	await expect(phone).toShow('number 9');
	await expect(screen.conversationLink(phone.page, 'bob')).not.toContainText('unread');
	await expect(phone).toHaveSynced();
	await phone.close();
	const ids = await desk.write(conversation, numbered(10, 2_300));
	await desk.sent();

	await phone.open('/');
	await expect(phone).toHaveSynced();
	await phone.openConversation('bob');
	await expect(screen.message(phone.page, 'number 10')).toBeInViewport();
	await phone.close();

	// By a link one is elsewhere: the way to the first unread leads back through the segments.
	await phone.open(`/c/${conversation}?m=${ids.at(-1)!}`);
	await expect(screen.message(phone.page, 'number 2299')).toBeInViewport();
	await phone.page.getByRole('button', { name: /^Jump to first unread/ }).click();
	await expect(phone.page.locator('[data-message-id]:focus')).toContainText(/\bnumber \d\d\b/);
});

test('a link into what is unread reads nothing that stands before it, nor does one that leads nowhere', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const conversation = await bob.startConversation([alice]);
	const desk = await bob.headless();
	const ids = await desk.write(conversation, numbered(0, 60));
	const [phone, tablet] = await alice.devices('phone', 'tablet');
	const listed = ({ page }: typeof phone) => screen.conversationLink(page, 'bob');
	const gone = ids[40]!.replace(/\d+$/, '4000');
	for (const [nth, link] of [ids[40]!, gone].entries()) {
		await phone.goTo(`/c/${conversation}?m=${link}`);
		await expect(screen.log(phone.page)).toHaveAttribute('aria-busy', 'false');
		if (link === gone)
			await expect(phone.page.getByText('This message is not on this device yet')).toBeVisible();
		else await expect(screen.messageById(phone.page, link)).toBeFocused();
		await desk.write(conversation, [`one more ${nth}`]);
		await expect(listed(phone)).toContainText(`one more ${nth}`);
		await expect(listed(phone)).toContainText(`${61 + nth} unread`);
	}
	await tablet.openConversation('bob');
	await expect(screen.message(tablet.page, 'number 0')).toBeInViewport();
	await phone.goTo(`/c/${conversation}`);
	await phone.page.getByRole('button', { name: /new messages|Latest/ }).click();
	for (const device of [phone, tablet]) await expect(listed(device)).not.toContainText('unread');
});

test('who joins an old group begins to read at the joining, and what was written before is none of it', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const carol = await people.register('carol');
	const conversation = await alice.startConversation([bob], 'Kelp survey');
	await writeHistory(bob, { conversation, messages: 1_100 });
	await alice.api.call('POST', `conversations/${conversation}/members`, {
		userId: carol.id
	});
	const [phone, laptop] = await carol.devices('phone', 'laptop');
	const listed = (device: Device) => screen.conversationLink(device.page, 'Kelp survey');
	await expect(phone).toHaveSynced();
	await expect(listed(phone)).not.toContainText('unread');
	await (await bob.headless()).write(conversation, numbered(0, 60));
	for (const device of [phone, laptop]) await expect(listed(device)).toContainText('60 unread');

	await phone.openConversation('Kelp survey');
	await expect(phone.page.getByText('60 new', { exact: true })).toBeVisible();
	await expect(screen.message(phone.page, 'number 0')).toBeInViewport();
	await toLatest(phone.page, 'number 59');
	for (const device of [phone, laptop]) await expect(listed(device)).not.toContainText('unread');
});
