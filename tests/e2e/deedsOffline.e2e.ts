/** What is done without a network with who asks to join, how people come in, a picture, and somebody who was blocked. */
import { expect, test } from '../kit';
import { about, openWide } from '../kit/group';
import { choosePicture, photo, pictures } from '../kit/pictures';
import * as screen from '../kit/screen';

test('a no to who asks, how people come in and that a picture goes are said offline, and hold for everybody afterwards', async ({
	people
}) => {
	// Three browsers, one after the other.
	test.slow();
	const [alice, bob, erin] = [
		await people.register('alice'),
		await people.register('bob'),
		await people.register('erin')
	];
	const id = await alice.startConversation([bob], 'Boats');
	await alice.api.call('PATCH', `conversations/${id}`, { joining: 'request' });
	const { token } = await alice.api.call<{ token: string }>('POST', `conversations/${id}/invites`, {});
	await erin.api.call('POST', `invites/${token}/accept`, {});
	const [phone] = await alice.devices('phone');
	const [desk] = await bob.devices('desk');
	const [tablet] = await erin.devices('tablet');
	for (const device of [phone, desk]) await openWide(device, 'Boats');
	await choosePicture(phone, await photo('teal'));
	const pictured = ({ page }: typeof phone) => pictures(page.locator('main > header'));
	await expect.poll(() => pictured(desk)).toBe(1);
	const requests = phone.page.getByRole('list', { name: 'Join requests' });
	const mustAsk = about(phone).getByLabel('People ask before they join by a link');
	await expect(requests).toContainText('erin');
	await expect(phone).toHaveSynced();
	await phone.isInstalled();
	phone.goOffline();
	await expect(phone).toBeOffline();

	await requests.getByRole('button', { name: 'Refuse erin' }).click();
	await mustAsk.uncheck();
	await about(phone).getByRole('button', { name: 'Remove the picture' }).click();
	const isSo = async () => {
		await expect(requests).toHaveCount(0);
		await expect(mustAsk).not.toBeChecked();
		await expect.poll(() => pictured(phone)).toBe(0);
	};
	await isSo();
	await phone.reload();
	await isSo();
	await expect(tablet.page.getByText('Waiting to be let in')).toBeVisible();

	phone.goOnline();
	for (const said of ['alice lets people join by link at once', 'alice removed the group’s picture'])
		await expect(screen.log(desk.page).getByText(said)).toBeVisible();
	await expect.poll(() => pictured(desk)).toBe(0);
	await expect(tablet.page.getByText('You were not let in')).toBeVisible();
	await expect(phone).toHaveSynced();
	await isSo();
	expect([phone.errors, desk.errors, tablet.errors]).toEqual([[], [], []]);
});

test('whoever is unblocked offline is so on all of one’s devices with the next connection, and writes again', async ({
	people
}) => {
	const [alice, bob] = [await people.register('alice'), await people.register('bob')];
	await alice.api.call('PUT', `blocks/${bob.id}`);
	const [phone, tablet] = await alice.devices('phone', 'tablet');
	const [desk] = await bob.devices('desk');
	for (const device of [phone, tablet]) {
		await device.goTo(`/people/${bob.id}`);
		await expect(device.page.getByRole('button', { name: 'Unblock' })).toBeVisible();
		await expect(device).toHaveSynced();
	}
	await phone.isInstalled();
	phone.goOffline();
	await expect(phone).toBeOffline();
	await phone.page.getByRole('button', { name: 'Unblock' }).click();
	const block = { name: 'Block', exact: true } as const;
	await expect(phone.page.getByRole('button', block)).toBeVisible();
	await phone.reload();
	await expect(phone.page.getByRole('button', block)).toBeVisible();
	await expect(tablet.page.getByRole('button', { name: 'Unblock' })).toBeVisible();

	phone.goOnline();
	await expect(tablet.page.getByRole('button', block)).toBeVisible();
	await desk.startConversation(['alice']);
	await desk.write('here again');
	for (const device of [phone, tablet]) await expect(device).toListConversation('bob');
	expect([phone.errors, tablet.errors, desk.errors]).toEqual([[], [], []]);
});
