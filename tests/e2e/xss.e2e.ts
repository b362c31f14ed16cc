import { expect, test } from '../kit';
import { cleanName, shownText } from '../../src/lib/domain/text';
import { CONVERSATION_NAME_MAX } from '../../src/lib/domain/limits';
import * as screen from '../kit/screen';
import { XSS_CORPUS, xssFound } from '../kit/xssCorpus';

test('text that would run is shown as it was typed: in messages, in the list, and in names of groups', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const id = await alice.startConversation([bob], 'Boats');
	for (const text of XSS_CORPUS) await bob.api.call('POST', 'messages/send', { conversationId: id, text });
	const [desk] = await alice.devices('desk');
	await desk.openConversation('Boats');
	for (const text of XSS_CORPUS) await expect(screen.log(desk.page)).toContainText(shownText(text));
	await expect(screen.conversations(desk.page)).toContainText(shownText(XSS_CORPUS.at(-1)!).slice(0, 40));

	for (const text of XSS_CORPUS) {
		const name = cleanName(text, CONVERSATION_NAME_MAX);
		await alice.api.call('PATCH', `conversations/${id}`, { name });
		await expect(desk.page.getByRole('heading', { level: 1 })).toContainText(name);
		await expect(screen.log(desk.page)).toContainText(`renamed the conversation to “${name}”`);
		expect(await desk.page.title()).toContain(name);
		expect(await xssFound(desk.page)).toEqual([]);
	}
	expect(desk.errors).toEqual([]);
});
