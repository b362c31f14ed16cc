/** Somebody is added without a network, to a group in which one reads what is written after one joined. */
import { expect, test } from '../kit';
import { about, addPerson, openWide } from '../kit/group';
import * as screen from '../kit/screen';
import type { People } from '../kit/people';

/** Alice is offline and wide, in a group with bob; she knows carol. */
async function aliceAway(people: People) {
	const [alice, bob, carol] = [
		await people.register('alice'),
		await people.register('bob'),
		await people.register('carol')
	];
	const id = await alice.startConversation([bob], 'Boats');
	await alice.api.call('PATCH', `conversations/${id}`, { history: 'joining' });
	await alice.startConversation([carol]);
	const [phone] = await alice.devices('phone');
	const [desk] = await bob.devices('desk');
	const [tablet] = await carol.devices('tablet');
	for (const device of [phone, desk]) await openWide(device, 'Boats');
	await phone.write('among us two');
	await expect(desk).toShow('among us two');
	await expect(phone).toHaveSynced();
	await phone.isInstalled();
	phone.goOffline();
	await expect(phone).toBeOffline();
	return { alice, carol, phone, desk, tablet };
}

const members = (device: Parameters<typeof about>[0]) =>
	about(device).getByRole('list', { name: 'People' }).getByRole('listitem');

test('who is added offline reads what was written behind that, over a restart too, and nothing from before', async ({
	people
}) => {
	const { phone, desk, tablet } = await aliceAway(people);
	await phone.write('not for carol');
	await addPerson(phone, 'carol');
	await expect(members(phone)).toHaveCount(3);
	await phone.write('welcome carol');
	await screen.choose(phone.page, 'welcome carol', 'Reply');
	await phone.write('to all of us');
	await phone.reload();
	for (const text of ['not for carol', 'to all of us']) await expect(phone).toHaveState(text, 'queued');
	const why = 'Leaves once this is done: Add carol';
	await expect(screen.message(phone.page, 'to all of us')).toContainText(why);
	await phone.page.getByRole('link', { name: '4 only here' }).click();
	const waiting = phone.page
		.getByRole('list', { name: 'Messages only on this device' })
		.getByRole('listitem');
	await expect(waiting.filter({ hasText: why })).toHaveCount(3);
	await expect(members(desk)).toHaveCount(2);

	phone.goOnline();
	await tablet.openConversation('Boats');
	await expect(tablet).toShowInOrder(['welcome carol', 'to all of us']);
	await expect(
		screen.message(tablet.page, 'to all of us').getByRole('button', { name: 'welcome carol' })
	).toBeVisible();
	await expect(desk).toShowInOrder(['among us two', 'not for carol', 'welcome carol', 'to all of us']);
	await openWide(phone, 'Boats');
	await expect(phone).toShowInOrder(['among us two', 'not for carol', 'welcome carol', 'to all of us']);
	await expect(phone).toHaveSynced();
	await expect(phone.page.getByText(why)).toHaveCount(0);
	for (const text of ['among us two', 'not for carol'])
		await expect(screen.message(tablet.page, text)).toHaveCount(0);
	for (const device of [phone, desk])
		await expect(screen.log(device.page).getByText('Message deleted')).toHaveCount(0);
	await tablet.write('glad to be here');
	for (const device of [phone, desk]) await expect(device).toShow('glad to be here');
	expect([phone.errors, desk.errors, tablet.errors]).toEqual([[], [], []]);
});

test('who was added offline and may not be is told of to who added them, and what was written goes to the others', async ({
	people
}) => {
	const { alice, carol, phone, desk, tablet } = await aliceAway(people);
	await addPerson(phone, 'carol');
	await phone.write('welcome carol');
	await expect(phone).toHaveState('welcome carol', 'queued');
	await carol.api.call('PUT', `blocks/${alice.id}`);
	phone.goOnline();
	await expect(phone.page.getByText('carol was not added to “Boats”.')).toBeVisible();
	await expect(desk).toShow('welcome carol');
	await expect(phone).toHaveState('welcome carol', 'sent');
	await expect(members(phone)).toHaveCount(2);
	await expect(screen.conversationLink(tablet.page, 'Boats')).toHaveCount(0);
	expect([phone.errors, desk.errors, tablet.errors]).toEqual([[], [], []]);
});
