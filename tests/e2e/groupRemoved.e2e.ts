import { expect, test } from '../kit';
import { about, addPerson, confirm, doWith, openWide, rename } from '../kit/group';
import type { People } from '../kit/people';
import * as screen from '../kit/screen';

interface Noting {
	readonly noteSeen: () => void;
}

const members = (device: Parameters<typeof about>[0]) =>
	about(device).getByRole('list', { name: 'People' }).getByRole('listitem');

/** Bob, an admin of alice's group, with its page open and no network. His device knows carol, whom he can add. */
async function bobOffline(people: People) {
	const [alice, bob, carol] = [
		await people.register('alice'),
		await people.register('bob'),
		await people.register('carol')
	];
	const id = await alice.startConversation([bob], 'Boats');
	await alice.api.call('PATCH', `conversations/${id}/members/${bob.id}`, { role: 'admin' });
	await bob.startConversation([carol]);
	const [phone] = await bob.devices('phone');
	await openWide(phone, 'Boats');
	await expect(phone).toHaveSynced();
	await phone.isInstalled();
	phone.goOffline();
	await expect(phone).toBeOffline();
	return { alice, bob, carol, id, phone };
}

test('who was removed meanwhile is not brought back by an add that waited offline, and that is said', async ({
	people
}) => {
	const { alice, carol, id, phone } = await bobOffline(people);
	await addPerson(phone, 'carol');
	await expect(members(phone)).toHaveCount(3);

	await alice.api.call('POST', `conversations/${id}/members`, { userId: carol.id });
	await alice.api.call('DELETE', `conversations/${id}/members/${carol.id}`);
	phone.goOnline();
	await expect(phone.page.getByText('carol was not added to “Boats”.')).toBeVisible();
	await expect(phone.page.getByText('They have left it or were removed meanwhile.')).toBeVisible();
	await expect(members(phone)).toHaveCount(2);
	// Nothing is held up by it.
	await phone.write('still here');
	await expect(phone).toHaveState('still here', 'sent');
	expect(phone.errors).toEqual([]);
});

test('what one gave offline before one was removed is not done once one is in again, and that is said', async ({
	people
}) => {
	const { alice, bob, id, phone } = await bobOffline(people);
	await rename(phone, 'Ships');
	await alice.api.call('DELETE', `conversations/${id}/members/${bob.id}`);
	await alice.api.call('POST', `conversations/${id}/members`, { userId: bob.id });
	await alice.api.call('PATCH', `conversations/${id}/members/${bob.id}`, { role: 'admin' });

	phone.goOnline();
	await expect(phone.page.getByText('You were out of it since you asked for this.')).toBeVisible();
	await expect(phone.page.getByRole('heading', { name: 'Boats', level: 1 })).toBeVisible();
	await rename(phone, 'Rafts');
	await expect(phone.page.getByRole('heading', { name: 'Rafts', level: 1 })).toBeVisible();
	await expect(phone).toHaveSynced();
	expect(phone.errors).toEqual([]);
});

test('who was removed by somebody offline never reads what they wrote then, and the others do', async ({
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
	const [tablet] = await carol.devices('tablet');
	for (const device of [phone, desk, tablet]) await openWide(device, 'Boats');
	await phone.write('for all of us');
	for (const device of [desk, tablet]) await expect(device).toShow('for all of us');
	await phone.isInstalled();
	phone.goOffline();
	await expect(phone).toBeOffline();
	await doWith(phone, 'bob', 'Remove…');
	await confirm(phone, 'Remove');
	await phone.write('not for bob');
	await phone.reload();
	await expect(phone).toHaveState('not for bob', 'queued');

	// Not even seen for a moment.
	let seen = false;
	await desk.page.exposeFunction('noteSeen', () => (seen = true));
	await desk.page.evaluate(() => {
		const look = (): void => {
			if (document.body.innerText.includes('not for bob')) (globalThis as unknown as Noting).noteSeen();
		};
		new MutationObserver(look).observe(document.body, {
			childList: true,
			characterData: true,
			subtree: true
		});
	});
	phone.goOnline();
	await expect(tablet).toShow('not for bob');
	await expect(desk.page.getByRole('heading', { name: 'You are no longer in Boats' })).toBeVisible();
	await expect(phone).toHaveState('not for bob', 'sent');
	expect(seen).toBe(false);
	await expect(screen.log(tablet.page).getByText('alice removed bob')).toBeVisible();
	expect([phone.errors, tablet.errors]).toEqual([[], []]);
});

test('what was changed and written offline in a group that one was removed from is told of by the name that it has', async ({
	people
}) => {
	const { alice, bob, id, phone } = await bobOffline(people);
	await rename(phone, 'Ships');
	await addPerson(phone, 'carol');
	await phone.write('to nobody any more');
	await alice.api.call('DELETE', `conversations/${id}/members/${bob.id}`);

	phone.goOnline();
	await expect(phone.page.getByText('“Boats” was not renamed to “Ships”.')).toBeVisible();
	await expect(phone.page.getByText('carol was not added to “Boats”.')).toBeVisible();
	await phone.goTo('/queued');
	const kept = phone.page.getByRole('list', { name: 'Messages that can no longer be sent' });
	await expect(kept).toContainText('to nobody any more');
	await expect(kept).toContainText('Boats');
	// Nothing is held up by it.
	await phone.openConversation('carol');
	await phone.write('just us, then');
	await expect(phone).toHaveState('just us, then', 'sent');
	expect(phone.errors).toEqual([]);
});

test('who was removed is not offered to plain members, and comes back by an admin', async ({ people }) => {
	const [alice, bob, carol] = [
		await people.register('alice'),
		await people.register('bob'),
		await people.register('carol')
	];
	const id = await alice.startConversation([bob, carol], 'Boats');
	await alice.api.call('DELETE', `conversations/${id}/members/${carol.id}`);
	const [phone] = await bob.devices('phone');
	await openWide(phone, 'Boats');
	await expect(phone).toHaveSynced();
	await phone.page.getByRole('button', { name: 'Add people' }).click();
	const dialog = phone.page.getByRole('dialog');
	await dialog.getByRole('combobox', { name: 'People' }).fill('carol');
	await expect(dialog).toContainText('Owners and admins alone bring back who was removed.');
	await expect(phone.page.getByRole('option')).toHaveCount(0);
	await dialog.getByRole('button', { name: 'Cancel' }).click();

	await alice.api.call('PATCH', `conversations/${id}/members/${bob.id}`, { role: 'admin' });
	await expect(about(phone).getByRole('button', { name: 'Rename' })).toBeVisible();
	await addPerson(phone, 'carol');
	await expect(members(phone)).toHaveCount(3);
	await expect(phone).toHaveSynced();
	expect(phone.errors).toEqual([]);
});

test('what a device keeps of a group goes from its disk once its user was removed, and comes back with them', async ({
	people
}) => {
	const [alice, bob] = [await people.register('alice'), await people.register('bob')];
	const id = await alice.startConversation([bob], 'Boats');
	const [phone] = await bob.devices('phone');
	await phone.openConversation('Boats');
	await phone.write('ahoy');
	await expect(phone).toHaveState('ahoy', 'sent');
	const kept = async () => (await phone.databases()).filter((name) => name.includes(id));
	expect((await kept()).length).toBeGreaterThan(1);

	await alice.api.call('DELETE', `conversations/${id}/members/${bob.id}`);
	await expect(phone.page.getByText('You are no longer in Boats')).toBeVisible();
	await phone.goTo('/');
	await expect.poll(kept, { timeout: 40_000 }).toEqual([]);

	await alice.api.call('POST', `conversations/${id}/members`, { userId: bob.id });
	await phone.openConversation('Boats');
	await expect(phone).toShow('ahoy');
	await phone.write('ahoy again');
	await expect(phone).toHaveState('ahoy again', 'sent');
	expect(phone.errors).toEqual([]);
});
