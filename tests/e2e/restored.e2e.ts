import { join } from 'node:path';
import { backUp, restore } from '../../scripts/savedCopies';
import { expect, test } from '../kit';
import { about, confirm, openWide } from '../kit/group';

test('a group begun since the backup that was put back is there again for everybody, with all that was written', async ({
	people,
	relay
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const [phone] = await alice.devices('phone');
	const [desk] = await bob.devices('desk');
	const backup = join(relay.data, 'backup.db');
	backUp(relay.data, backup);
	await phone.startConversation(['bob'], { name: 'Boats' });
	await phone.write('ahoy');
	await desk.openConversation('Boats');
	await desk.write('aye');
	for (const device of [phone, desk]) await expect(device).toShowInOrder(['ahoy', 'aye']);

	await relay.stop();
	phone.goOffline();
	restore(relay.data, backup, 'then');
	await relay.restart();

	const note = desk.page.getByRole('note').filter({ hasText: 'put back to an older copy' });
	await expect(note).toContainText('once an owner of the group has opened Skein');
	await expect(desk).toShowInOrder(['ahoy', 'aye']);
	await desk.write('is anybody here?');
	await expect(desk).toHaveState('is anybody here?', 'queued');
	await desk.reload();
	await expect(note).toBeVisible();
	await expect(desk).toShowInOrder(['ahoy', 'aye', 'is anybody here?']);

	phone.goOnline();
	await expect(desk).toHaveState('is anybody here?', 'sent');
	await expect(note).toHaveCount(0);
	await phone.write('on we go');
	const all = ['ahoy', 'aye', 'is anybody here?', 'on we go'];
	const [laptop] = await bob.devices('laptop');
	await laptop.openConversation('Boats');
	for (const device of [phone, desk, laptop]) {
		await expect(device).toShowInOrder(all);
		await expect(device).toHaveSynced();
	}
});

test('leaving a group that waits for its owner waits too: it says so where it is, and can be taken back', async ({
	people,
	relay
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const [phone] = await alice.devices('phone');
	const [desk] = await bob.devices('desk');
	const backup = join(relay.data, 'backup.db');
	backUp(relay.data, backup);
	await phone.startConversation(['bob'], { name: 'Boats' });
	await phone.write('ahoy');
	await desk.openConversation('Boats');
	await expect(desk).toShow('ahoy');
	await openWide(desk, 'Boats');

	await relay.stop();
	phone.goOffline();
	restore(relay.data, backup, 'then');
	await relay.restart();

	const { page } = desk;
	const note = page.getByRole('note').filter({ hasText: 'put back to an older copy' });
	await expect(note).toContainText('It goes on once an owner');
	const leave = about(desk).getByRole('button', { name: 'Leave group…' });
	await leave.click();
	await confirm(desk, 'Leave');
	await expect(desk).toHaveSynced();
	await desk.openConversation('Boats');
	await expect(note).toContainText('You leave it once an owner');
	await expect(leave).toHaveCount(0);
	await note.getByRole('link', { name: '1 only here' }).click();
	await page.getByRole('button', { name: 'Take back' }).click();
	await desk.openConversation('Boats');
	await expect(note).toContainText('It goes on once an owner');
	await expect(leave).toBeVisible();

	phone.goOnline();
	await expect(note).toHaveCount(0);
	await desk.write('still here');
	await expect(phone).toShow('still here');
	expect([phone.errors, desk.errors]).toEqual([[], []]);
});

test('two whose conversation began since the backup go on as soon as either is there', async ({
	people,
	relay
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const [phone] = await alice.devices('phone');
	const [desk] = await bob.devices('desk');
	const backup = join(relay.data, 'backup.db');
	backUp(relay.data, backup);
	await phone.startConversation(['bob']);
	await phone.write('hello');
	await desk.openConversation('alice');
	await desk.write('hello to you');
	await expect(phone).toShow('hello to you');

	await relay.stop();
	restore(relay.data, backup, 'then');
	await relay.restart();

	await desk.write('still there?');
	const [laptop] = await alice.devices('laptop');
	await laptop.openConversation('bob');
	for (const device of [phone, desk, laptop]) {
		await expect(device).toShowInOrder(['hello', 'hello to you', 'still there?']);
		await expect(device).toHaveSynced();
	}
});
