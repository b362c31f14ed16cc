import { expect, test } from '../kit';
import { about, addPerson, confirm, doWith, openWide, rename } from '../kit/group';
import * as screen from '../kit/screen';

test('whoever is made an admin may rename the group at once, and no more once they are a member again', async ({
	people
}) => {
	const [alice, bob] = [await people.register('alice'), await people.register('bob')];
	await alice.startConversation([bob], 'Boats');
	const [phone] = await alice.devices('phone');
	const [desk] = await bob.devices('desk');
	for (const device of [phone, desk]) await openWide(device, 'Boats');
	await expect(about(desk).getByRole('button', { name: 'Leave group…' })).toBeVisible();
	await expect(about(desk).getByRole('button', { name: 'Rename' })).toHaveCount(0);

	await doWith(phone, 'bob', 'Make admin');
	await expect(screen.log(desk.page).getByText('alice made bob an admin')).toBeVisible();
	await rename(desk, 'Ships');
	await expect(phone.page.getByRole('heading', { name: 'Ships', level: 1 })).toBeVisible();

	await doWith(phone, 'bob', 'Make member');
	await expect(screen.log(desk.page).getByText('alice made bob a member')).toBeVisible();
	await expect(about(desk).getByRole('button', { name: 'Rename' })).toHaveCount(0);
	expect([phone.errors, desk.errors]).toEqual([[], []]);
});

test('the last owner cannot leave, hands the group over, and can leave then', async ({ people }) => {
	const [alice, bob] = [await people.register('alice'), await people.register('bob')];
	await alice.startConversation([bob], 'Boats');
	const [phone] = await alice.devices('phone');
	const [desk] = await bob.devices('desk');
	for (const device of [phone, desk]) await openWide(device, 'Boats');
	await about(phone).getByRole('button', { name: 'Leave group…' }).click();
	const question = phone.page.getByRole('dialog', { name: 'Leave this group?' });
	await expect(question).toContainText('You are the only owner');
	await expect(question.getByRole('button', { name: 'Leave', exact: true })).toHaveCount(0);
	await question.getByRole('button', { name: 'Close' }).click();

	await doWith(phone, 'bob', 'Hand over the group…');
	await confirm(phone, 'Hand over');
	for (const device of [phone, desk])
		await expect(screen.log(device.page).getByText('alice handed the group over to bob')).toBeVisible();
	await expect(about(desk).getByRole('button', { name: 'Actions for alice' })).toBeVisible();

	await about(phone).getByRole('button', { name: 'Leave group…' }).click();
	await confirm(phone, 'Leave');
	await expect(screen.log(desk.page).getByText('alice left')).toBeVisible();
	await expect(screen.conversationLink(phone.page, 'Boats')).toHaveCount(0);
	await expect(about(desk).getByRole('list', { name: 'People' }).getByRole('listitem')).toHaveCount(1);
});

test('where history begins at joining, who is added reads what is written from then on, and nothing before', async ({
	people
}) => {
	const [alice, bob, carol] = [
		await people.register('alice'),
		await people.register('bob'),
		await people.register('carol')
	];
	await alice.startConversation([bob], 'Boats');
	const [phone] = await alice.devices('phone');
	const [desk] = await bob.devices('desk');
	const [tablet] = await carol.devices('tablet');
	for (const device of [phone, desk]) await openWide(device, 'Boats');
	await about(phone).getByLabel('New members read only what is written after they join').check();
	await expect(screen.log(desk.page).getByText('only what is written after they join')).toBeVisible();
	await phone.write('among us two');
	await expect(desk).toShow('among us two');

	await addPerson(phone, 'carol');
	await expect(screen.log(desk.page).getByText('alice added carol')).toBeVisible();
	await tablet.openConversation('Boats');
	await expect(tablet.page.getByText('Nothing written since you joined')).toBeVisible();
	await phone.write('welcome');
	await tablet.write('glad to be here');
	for (const device of [phone, desk])
		await expect(device).toShowInOrder(['among us two', 'welcome', 'glad to be here']);
	await expect(tablet).toShowInOrder(['welcome', 'glad to be here']);
	await expect(tablet).toHaveSynced();
	await expect(screen.message(tablet.page, 'among us two')).toHaveCount(0);
	await tablet.reload();
	await expect(tablet).toShowInOrder(['welcome', 'glad to be here']);
	await expect(screen.message(tablet.page, 'among us two')).toHaveCount(0);
});

test('a rename that somebody else was faster with says so, leaves theirs, and holds up nothing', async ({
	people
}) => {
	const [alice, bob] = [await people.register('alice'), await people.register('bob')];
	const id = await alice.startConversation([bob], 'Boats');
	await alice.api.call('PATCH', `conversations/${id}/members/${bob.id}`, { role: 'admin' });
	const [phone] = await alice.devices('phone');
	const [desk] = await bob.devices('desk');
	for (const device of [phone, desk]) await openWide(device, 'Boats');
	await expect(about(desk).getByRole('button', { name: 'Rename' })).toBeVisible();
	phone.goOffline();
	await expect(phone).toBeOffline();
	await rename(phone, 'Ships');
	await expect(phone.page.getByRole('heading', { name: 'Ships', level: 1 })).toBeVisible();
	await rename(desk, 'Rafts');
	await expect(screen.log(desk.page).getByText('renamed the conversation to “Rafts”')).toBeVisible();

	phone.goOnline();
	const told = phone.page.getByRole('alert').filter({ hasText: 'was not renamed to “Ships”' });
	await expect(told).toContainText('Somebody else has changed it meanwhile.');
	await expect(phone.page.getByRole('heading', { name: 'Rafts', level: 1 })).toBeVisible();
	await told.getByRole('button', { name: 'Dismiss' }).click();
	await expect(told).toHaveCount(0);
	await rename(phone, 'Ships');
	await expect(desk.page.getByRole('heading', { name: 'Ships', level: 1 })).toBeVisible();
	expect([phone.errors, desk.errors]).toEqual([[], []]);
});

test('a role that somebody else was faster to change stays as they made it, and that is said', async ({
	people
}) => {
	const [alice, bob, carol] = [
		await people.register('alice'),
		await people.register('bob'),
		await people.register('carol')
	];
	const id = await alice.startConversation([bob, carol], 'Boats');
	const give = (who: { readonly id: string }, role: string) =>
		alice.api.call('PATCH', `conversations/${id}/members/${who.id}`, { role });
	await give(bob, 'owner');
	const [phone] = await bob.devices('phone');
	await openWide(phone, 'Boats');
	await expect(phone).toHaveSynced();
	await phone.isInstalled();
	phone.goOffline();
	await expect(phone).toBeOffline();
	await doWith(phone, 'carol', 'Make admin');
	await give(carol, 'owner');
	phone.goOnline();
	await expect(phone.page.getByText('The role of carol in “Boats” was not changed.')).toBeVisible();
	await expect(phone.page.getByText('Somebody else has changed it meanwhile.')).toBeVisible();
	const members = about(phone).getByRole('list', { name: 'People' });
	await expect(members.getByText('owner', { exact: true })).toHaveCount(3);
	await expect(phone).toHaveSynced();
	expect(phone.errors).toEqual([]);
});

test('what one wrote before one knew of being removed is kept to copy, and never posted, also when added again', async ({
	people
}) => {
	const [alice, bob, carol] = [
		await people.register('alice'),
		await people.register('bob'),
		await people.register('carol')
	];
	await alice.startConversation([bob, carol], 'Boats');
	const [phone] = await alice.devices('phone');
	const [desk] = await bob.devices('desk');
	for (const device of [phone, desk]) await openWide(device, 'Boats');
	await phone.write('hello');
	await expect(desk).toShow('hello');
	desk.goOffline();
	await expect(desk).toBeOffline();
	await desk.write('too late');
	await doWith(phone, 'bob', 'Remove…');
	await confirm(phone, 'Remove');
	await expect(screen.log(phone.page).getByText('alice removed bob')).toBeVisible();

	desk.goOnline();
	await desk.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
	const kept = desk.page.getByRole('region', { name: 'Not sent' });
	await expect(kept).toContainText('too late');
	await expect(desk.page.getByRole('heading', { name: 'You are no longer in Boats' })).toBeVisible();
	await kept.getByRole('button', { name: 'Copy text' }).click();
	await expect.poll(() => desk.page.evaluate(() => navigator.clipboard.readText())).toBe('too late');

	await addPerson(phone, 'bob');
	await expect(screen.log(phone.page).getByText('alice added bob')).toBeVisible();
	await expect(screen.composer(desk.page)).toBeVisible();
	await desk.write('back again');
	await expect(phone).toShow('back again');
	await expect(kept).toContainText('too late');
	await desk.reload();
	await expect(kept).toContainText('too late');
	await expect(desk).toHaveSynced();
	for (const device of [phone, desk]) await expect(screen.message(device.page, 'too late')).toHaveCount(0);
	await expect(kept.getByText('too late')).toBeVisible();
});

test('an owner makes another owner beside them, who is asked for nothing, and may leave the group to them then', async ({
	people
}) => {
	const [alice, bob] = [await people.register('alice'), await people.register('bob')];
	await alice.startConversation([bob], 'Boats');
	const [phone] = await alice.devices('phone');
	await openWide(phone, 'Boats');
	await doWith(phone, 'bob', 'Make owner…');
	await expect(phone.page.getByRole('dialog', { name: 'Make bob an owner?' })).toContainText('beside you');
	await confirm(phone, 'Make owner');
	await expect(screen.log(phone.page).getByText('alice made bob an owner')).toBeVisible();
	const owners = about(phone).getByRole('listitem').filter({ hasText: 'owner' });
	await expect(owners).toHaveCount(2);
	await about(phone).getByRole('button', { name: 'Leave group…' }).click();
	await confirm(phone, 'Leave');
	await expect(screen.conversationLink(phone.page, 'Boats')).toHaveCount(0);
	expect(phone.errors).toEqual([]);
});
