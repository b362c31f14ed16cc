/** What ears get of the list and of the messages: the accessibility tree, as a screen reader reads it. */
import { expect, test } from '../kit';
import * as screen from '../kit/screen';

test('the list of conversations says who, what, when and how much is unread, by ear too', async ({
	people
}) => {
	const [alice, bob] = [await people.register('alice'), await people.register('bob')];
	const boats = await alice.startConversation([bob], 'Boats');
	await bob.api.call('POST', 'messages/send', { conversationId: boats, text: 'the grey seal' });
	const [desk] = await alice.devices('desk');
	await expect(desk).toHaveSynced();
	await expect(screen.conversations(desk.page)).toMatchAriaSnapshot(`
    - navigation "Conversations":
      - list:
        - listitem:
          - link /Boats.*\\d+:\\d+.*bob.*the grey seal.*1 unread/
  `);
});

test('each message says by ear whose it is, what became of it, and what it answers', async ({ people }) => {
	const [alice, bob] = [await people.register('alice'), await people.register('bob')];
	const boats = await alice.startConversation([bob], 'Boats');
	await bob.api.call('POST', 'messages/send', { conversationId: boats, text: 'the grey seal' });
	const [desk] = await alice.devices('desk');
	const { page } = desk;
	const { keyboard } = page;
	const say = async (text: string) => {
		await desk.write(text);
		await expect(desk).toHaveState(text, 'sent');
	};
	await desk.openConversation('Boats');
	await screen.message(page, 'the grey seal').focus();
	await keyboard.press('e');
	await expect(page.getByRole('dialog', { name: 'Add a reaction' }).getByRole('textbox')).toBeFocused();
	await keyboard.type('heart');
	await keyboard.press('Enter');
	await expect(screen.message(page, 'the grey seal').getByRole('button', { pressed: true })).toBeVisible();
	await say('at the mole');
	await screen.choose(page, 'at the mole', 'Edit');
	await screen.composer(page).fill('at the north mole');
	await keyboard.press('Enter');
	await expect(desk).toHaveState('at the north mole', 'sent');
	await say('a mistake');
	await screen.choose(page, 'a mistake', 'Delete for everyone');
	await page
		.getByRole('dialog')
		.getByRole('button', { name: /^Delete/ })
		.click();
	await expect(page.getByText('Message deleted')).toBeVisible();
	await screen.message(page, 'the grey seal').focus();
	await keyboard.press('r');
	await say('and her pup');
	desk.goOffline();
	await desk.write('only here');
	await expect(desk).toHaveState('only here', 'queued');
	await expect(screen.log(page)).toMatchAriaSnapshot(`
    - log "Messages":
      - time: Today
      - paragraph: alice started the conversation
      - paragraph: 1 new
      - article:
        - link "bob"
        - time: /\\d+:\\d+/
        - text: the grey seal
        - button "❤️ alice" [pressed]: ❤️ 1
      - article:
        - text: You at the north mole
        - button "edited"
        - text: Sent
        - time: /\\d+:\\d+/
      - article:
        - text: You
        - paragraph: Message deleted
        - time: /\\d+:\\d+/
      - article:
        - text: You
        - button "In reply to bob the grey seal"
        - text: and her pup Sent
        - time: /\\d+:\\d+/
      - article:
        - text: You only here Queued
        - time: /\\d+:\\d+/
  `);
});
