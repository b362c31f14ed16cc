import { expect, test } from '../kit';
import { cleanName, shownText } from '../../src/lib/domain/text';
import { CONVERSATION_NAME_MAX } from '../../src/lib/domain/limits';
import * as screen from '../kit/screen';
import { XSS_CORPUS, xssFound } from '../kit/xssCorpus';

/** Wide enough for the pane that tells of the group. */
const WIDE = { width: 1440, height: 900 };

test('text that would run is shown as it was typed: in messages, in the list, in names of groups and what they are about', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const id = await alice.startConversation([bob], 'Boats');
	for (const text of XSS_CORPUS) await bob.api.call('POST', 'messages/send', { conversationId: id, text });
	const [desk] = await alice.devices('desk');
	await desk.page.setViewportSize(WIDE);
	await desk.openConversation('Boats');
	const about = desk.page.getByRole('complementary', { name: 'About this conversation' });
	for (const text of XSS_CORPUS) await expect(screen.log(desk.page)).toContainText(shownText(text));
	await expect(screen.conversations(desk.page)).toContainText(shownText(XSS_CORPUS.at(-1)!).slice(0, 40));

	for (const text of XSS_CORPUS) {
		const name = cleanName(text, CONVERSATION_NAME_MAX);
		await alice.api.call('PATCH', `conversations/${id}`, { name, description: text });
		await expect(desk.page.getByRole('heading', { level: 1 })).toContainText(name);
		await expect(screen.log(desk.page)).toContainText(`renamed the conversation to “${name}”`);
		await expect(about).toContainText(shownText(text));
		expect(await desk.page.title()).toContain(name);
		expect(await xssFound(desk.page)).toEqual([]);
	}
	expect(desk.errors).toEqual([]);
});

test('an invitation shows the group’s name and words as they were typed, and so does the list of who asks', async ({
	people,
	newDevice
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const id = await alice.startConversation([], 'Boats');
	await alice.api.call('PATCH', `conversations/${id}`, { joining: 'request' });
	const { token } = await alice.api.call<{ token: string }>('POST', `conversations/${id}/invites`, {});
	const visitor = await newDevice('visitor');
	await visitor.open('/login');
	const [phone] = await bob.devices('phone');
	for (const text of XSS_CORPUS) {
		const name = cleanName(text, CONVERSATION_NAME_MAX);
		await alice.api.call('PATCH', `conversations/${id}`, { name, description: text });
		await visitor.goTo(`/invite/${token}`);
		await expect(visitor.page.getByRole('heading', { level: 1 })).toContainText(name);
		await expect(visitor.page.getByRole('main')).toContainText(shownText(text));
		expect(await xssFound(visitor.page)).toEqual([]);
	}
	await phone.goTo(`/invite/${token}`);
	await phone.page.getByRole('button', { name: 'Ask to join' }).click();
	const name = cleanName(XSS_CORPUS.at(-1)!, CONVERSATION_NAME_MAX);
	await expect(phone.page.getByRole('heading', { level: 1 })).toContainText(name);
	await expect(screen.conversations(phone.page)).toContainText(name);
	expect(await xssFound(phone.page)).toEqual([]);
	expect([visitor.errors, phone.errors]).toEqual([[], []]);
});
