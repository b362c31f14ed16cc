import { expect, test } from '../kit';
import { about, confirm, doWith, openWide, rename } from '../kit/group';
import * as screen from '../kit/screen';
import type { Device } from '../kit/device';

const role = (device: Device, name: string) =>
	about(device)
		.getByRole('list', { name: 'People' })
		.getByRole('listitem')
		.filter({ has: device.page.getByRole('link', { name, exact: true }) });

async function handOver(device: Device, name: string): Promise<void> {
	await doWith(device, name, 'Hand over the group…');
	await confirm(device, 'Hand over');
}

test('a group that is handed over offline has its new owner on the screen at once, and for everybody afterwards', async ({
	people
}) => {
	const [alice, bob] = [await people.register('alice'), await people.register('bob')];
	await alice.startConversation([bob], 'Boats');
	const [phone, tablet] = await alice.devices('phone', 'tablet');
	const [desk] = await bob.devices('desk');
	for (const device of [phone, tablet, desk]) await openWide(device, 'Boats');
	await expect(phone).toHaveSynced();
	await phone.isInstalled();
	phone.goOffline();
	await expect(phone).toBeOffline();
	await handOver(phone, 'bob');
	await expect(role(phone, 'bob')).toContainText('owner');
	await expect(role(phone, 'alice')).toContainText('admin');
	await phone.reload();
	await expect(role(phone, 'bob')).toContainText('owner');
	await expect(role(desk, 'bob')).not.toContainText('owner');

	phone.goOnline();
	for (const device of [phone, tablet, desk]) {
		await expect(screen.log(device.page).getByText('alice handed the group over to bob')).toBeVisible();
		await expect(role(device, 'bob')).toContainText('owner');
		await expect(role(device, 'alice')).toContainText('admin');
	}
	await expect(phone).toHaveSynced();
	expect([phone.errors, tablet.errors, desk.errors]).toEqual([[], [], []]);
});

test('a group that is handed over offline to somebody who left meanwhile stays with its owner, who is told, and nothing is held up', async ({
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
	await expect(phone).toHaveSynced();
	phone.goOffline();
	await expect(phone).toBeOffline();
	await handOver(phone, 'bob');
	// As the admin that one is then.
	await rename(phone, 'Ships');
	await about(desk).getByRole('button', { name: 'Leave group…' }).click();
	await confirm(desk, 'Leave');
	await expect(screen.log(tablet.page).getByText('bob left')).toBeVisible();

	phone.goOnline();
	const told = phone.page.getByRole('alert').filter({ hasText: 'was not handed over to bob' });
	await expect(told).toContainText('They are not in it any more.');
	await expect(role(phone, 'alice')).toContainText('owner');
	await expect(role(phone, 'bob')).toHaveCount(0);
	await expect(tablet.page.getByRole('heading', { name: 'Ships', level: 1 })).toBeVisible();
	await expect(phone).toHaveSynced();
	await handOver(phone, 'carol');
	await expect(role(tablet, 'carol')).toContainText('owner');
	expect([phone.errors, desk.errors, tablet.errors]).toEqual([[], [], []]);
});
