/** A group whose history begins at joining, and that many have joined one after the other: each join opens a segment. */
import Database from 'better-sqlite3';
import { join } from 'node:path';
import { expect, test } from '../kit';
import { openWide } from '../kit/group';
import { addPeople, userName } from '../kit/manyPeople';
import * as screen from '../kit/screen';

const JOINED = 40;
const SAID = 30;

test('behind more people who joined than fit a screen, what was said before can be read back to its beginning', async ({
	people,
	relay
}) => {
	const [alice, bob] = [await people.register('alice'), await people.register('bob')];
	const db = new Database(join(relay.data, 'skein.db'));
	addPeople(db, JOINED);
	db.close();
	const group = await alice.startConversation([bob], 'Boats');
	await alice.api.call('PATCH', `conversations/${group}`, { history: 'joining' });
	for (let n = 0; n < SAID; n++)
		await alice.api.call('POST', 'messages/send', { conversationId: group, text: `said ${n}.` });
	for (let n = 0; n < JOINED; n++)
		await alice.api.call('POST', `conversations/${group}/members`, { userId: userName(n) });
	const [phone] = await alice.devices('phone');
	const [desk] = await bob.devices('desk');
	await expect(screen.conversationLink(desk.page, 'Boats')).toContainText(`said ${SAID - 1}.`);
	await openWide(phone, 'Boats');
	const log = screen.log(phone.page);
	const events = log.getByText(/^alice added Person \d+$/);
	await expect(events.last()).toHaveText(`alice added Person ${JOINED - 1}`);
	await log.hover();
	await expect(async () => {
		await phone.page.mouse.wheel(0, -2_000);
		await expect(log.getByText('said 0.', { exact: true })).toBeInViewport({ timeout: 500 });
	}).toPass();
	await expect(events).toHaveText(Array.from({ length: JOINED }, (_, n) => `alice added Person ${n}`));
	await expect(log.getByText('said 0.', { exact: true })).toBeInViewport();
});
