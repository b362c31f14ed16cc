import { expect, test } from '../kit';
import { about, addPerson, confirm, doWith, openWide, rename, sayOtherwise } from '../kit/group';
import type { People } from '../kit/people';
import * as screen from '../kit/screen';

test('all that is done with a group offline shows at once, waits through a restart, and holds for everybody afterwards', async ({
	people
}) => {
	const [alice, bob, carol, dave, erin] = [
		await people.register('alice'),
		await people.register('bob'),
		await people.register('carol'),
		await people.register('dave'),
		await people.register('erin')
	];
	const id = await alice.startConversation([bob, carol], 'Boats');
	// Somebody whom the device knows can be added offline.
	await alice.startConversation([dave]);
	await alice.api.call('PATCH', `conversations/${id}`, { joining: 'request' });
	const { token } = await alice.api.call<{ token: string }>('POST', `conversations/${id}/invites`, {});
	await erin.api.call('POST', `invites/${token}/accept`, {});
	const [phone] = await alice.devices('phone');
	const [desk] = await bob.devices('desk');
	for (const device of [phone, desk]) await openWide(device, 'Boats');
	await expect(phone.page.getByRole('list', { name: 'Join requests' })).toContainText('erin');
	await expect(phone).toHaveSynced();
	await phone.isInstalled();
	phone.goOffline();
	await expect(phone).toBeOffline();

	await sayOtherwise(phone, {
		opener: 'Add a description',
		field: 'Description',
		value: 'Whose turn it is'
	});
	await about(phone).getByLabel('New members read only what is written after they join').check();
	await addPerson(phone, 'dave');
	await phone.page.getByRole('button', { name: 'Let erin in' }).click();
	await doWith(phone, 'carol', 'Remove…');
	await confirm(phone, 'Remove');
	await doWith(phone, 'bob', 'Make admin');
	const members = (device: typeof phone) => about(device).getByRole('list', { name: 'People' });
	const shows = async (device: typeof phone) => {
		await expect(about(device)).toContainText('Whose turn it is');
		for (const name of ['alice', 'bob', 'dave', 'erin'])
			await expect(members(device).getByRole('link', { name, exact: true })).toHaveCount(1);
		await expect(members(device).getByRole('listitem')).toHaveCount(4);
		await expect(members(device).getByText('admin', { exact: true })).toHaveCount(1);
	};
	await shows(phone);
	await phone.reload();
	await shows(phone);
	await phone.goTo('/queued');
	const waiting = phone.page.getByRole('list', { name: 'Changes only on this device' });
	await expect(waiting.getByRole('listitem')).toHaveCount(6);
	await expect(members(desk).getByRole('listitem')).toHaveCount(3);

	phone.goOnline();
	await shows(desk);
	await expect(waiting).toHaveCount(0);
	await openWide(phone, 'Boats');
	await shows(phone);
	await expect(about(phone).getByLabel('New members read only')).toBeChecked();
	await expect(screen.log(desk.page).getByText('alice removed carol')).toBeVisible();
	expect([phone.errors, desk.errors]).toEqual([[], []]);
});

test('a conversation that is muted offline is muted on all of one’s devices afterwards', async ({
	people
}) => {
	const [alice, bob] = [await people.register('alice'), await people.register('bob')];
	await alice.startConversation([bob], 'Boats');
	const [phone, tablet] = await alice.devices('phone', 'tablet');
	await phone.openConversation('Boats');
	await expect(tablet).toListConversation('Boats');
	await expect(phone).toHaveSynced();
	const muted = ({ page }: typeof phone) => screen.conversationLink(page, 'Boats').getByTitle('Muted');
	// What menus are made of is on the device once it is installed.
	await phone.isInstalled();
	phone.goOffline();
	await expect(phone).toBeOffline();
	await phone.page.getByRole('main').getByRole('button', { name: 'More about this conversation' }).click();
	await phone.page.getByRole('menuitem', { name: 'Mute' }).click();
	await expect(muted(phone)).toBeVisible();
	await expect(muted(tablet)).toHaveCount(0);
	phone.goOnline();
	await expect(muted(tablet)).toBeVisible();
});

/** Wide, with a group that was begun without a network: bob is in it, and dave is somebody whom the device knows. */
async function begunOffline(people: People) {
	const [alice, bob, dave] = [
		await people.register('alice'),
		await people.register('bob'),
		await people.register('dave')
	];
	for (const person of [bob, dave]) await alice.startConversation([person]);
	const [phone] = await alice.devices('phone');
	const [desk] = await bob.devices('desk');
	await expect(phone).toHaveSynced();
	await phone.isInstalled();
	phone.goOffline();
	await expect(phone).toBeOffline();
	await phone.page.setViewportSize({ width: 1440, height: 900 });
	await phone.startConversation(['bob'], { name: 'Boats' });
	return { alice, bob, phone, desk };
}

test('a group that was begun offline can be renamed, described and filled before the server has it, and all have it so afterwards', async ({
	people
}) => {
	const { phone, desk } = await begunOffline(people);
	await rename(phone, 'Ships');
	await sayOtherwise(phone, {
		opener: 'Add a description',
		field: 'Description',
		value: 'Whose turn it is'
	});
	await addPerson(phone, 'dave');
	await phone.write('who is in?');
	const isAsWanted = async (device: typeof phone) => {
		await expect(device.page.getByRole('main').getByRole('heading', { name: 'Ships' })).toBeVisible();
		await expect(about(device)).toContainText('Whose turn it is');
		await expect(about(device).getByRole('list', { name: 'People' }).getByRole('listitem')).toHaveCount(3);
	};
	await isAsWanted(phone);
	await phone.reload();
	await isAsWanted(phone);

	phone.goOnline();
	await expect(phone).toHaveSynced();
	await openWide(desk, 'Ships');
	await isAsWanted(desk);
	await expect(desk).toShow('who is in?');
	await isAsWanted(phone);
	expect([phone.errors, desk.errors]).toEqual([[], []]);
});

test('a group that was begun offline can be discarded: what was written in it is kept to copy, and nobody hears of it', async ({
	people
}) => {
	const { alice, bob, phone } = await begunOffline(people);
	await phone.write('who is in?');
	await about(phone).getByRole('button', { name: 'Discard group…' }).click();
	await confirm(phone, 'Discard');
	await expect(screen.conversationLink(phone.page, 'Boats')).toHaveCount(0);
	await expect(screen.syncStatus(phone.page).getByRole('link', { name: '1 not sent' })).toBeVisible();
	await phone.goTo('/queued');
	await expect(phone.page.getByRole('list', { name: 'Messages that can no longer be sent' })).toContainText(
		'who is in?'
	);
	await phone.openConversation('bob');
	await phone.write('just us, then');
	await phone.page.setViewportSize({ width: 820, height: 1180 });
	const [waiting, refused] = ['1 only here', '1 not sent'].map((name) =>
		screen.syncStatus(phone.page).getByRole('link', { name })
	);
	for (const link of [waiting!, refused!])
		expect(await link.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
	phone.goOnline();
	await expect(phone).toHaveSynced();
	for (const { api } of [alice, bob]) {
		const { conversations } = await api.call<{ conversations: { kind: string }[] }>('GET', 'conversations');
		expect(conversations.filter(({ kind }) => kind === 'group')).toEqual([]);
	}
	expect(phone.errors).toEqual([]);
});

test('a conversation that the server will not make says so and why, keeps what was written, and can be started anew', async ({
	people
}) => {
	const { alice, bob, phone, desk } = await begunOffline(people);
	await phone.write('who is in?');
	await bob.api.call('PUT', `blocks/${alice.id}`);
	phone.goOnline();
	const main = phone.page.getByRole('main');
	await expect(main.getByRole('heading', { name: 'This conversation was not created' })).toBeVisible();
	await expect(main).toContainText('“Boats” could not be created. Somebody in it is out of reach for you.');
	await expect(main.getByRole('listitem')).toContainText('who is in?');
	await bob.api.call('DELETE', `blocks/${alice.id}`);
	await main.getByRole('button', { name: 'Start it anew' }).click();
	await expect(desk).toListConversation('Boats');
	await expect(main.getByRole('heading', { name: 'Boats' })).toBeVisible();
	await expect(phone.page.getByRole('alert').filter({ hasText: 'could not be created' })).toHaveCount(0);
});
