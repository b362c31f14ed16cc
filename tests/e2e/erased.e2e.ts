/** What was erased is on no device's disk any more: it is searched for in the rows, not in what is shown. */
import { expect, test } from '../kit';
import { isAnywhereOnDisk, isOnDisk } from '../kit/disk';
import * as screen from '../kit/screen';

// Browsers are closed and killed here.
test.use({ ownBrowsers: true });

test('a message that was deleted for everyone is soon in no row of a device, nor of one that was killed at once', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const [phone] = await alice.devices('phone');
	const [desk] = await bob.devices('desk');
	await desk.startConversation(['alice']);
	await desk.write('secretkumquat');
	await desk.write('and this stays');
	await phone.openConversation('bob');
	await expect(phone).toShow('and this stays');
	await expect.poll(() => isOnDisk(phone, 'secretkumquat', 'c/')).toBe(true);

	await screen.choose(desk.page, 'secretkumquat', 'Delete for everyone…');
	await desk.page.getByRole('button', { name: 'Delete', exact: true }).click();
	await expect(screen.message(phone.page, 'secretkumquat')).toHaveCount(0);
	await expect(desk).toHaveSynced();
	await phone.kill();
	await expect.poll(() => isAnywhereOnDisk(desk, 'secretkumquat')).toBe(false);

	await phone.reopen();
	await expect(phone).toShow('and this stays');
	await expect.poll(() => isAnywhereOnDisk(phone, 'secretkumquat')).toBe(false);
	expect(await isOnDisk(phone, 'and this stays', 'c/')).toBe(true);
});

test('a message that was cancelled before it left is in no row, and its draft neither', async ({
	people
}) => {
	const alice = await people.register('alice');
	await people.register('bob');
	const [phone] = await alice.devices('phone');
	await phone.startConversation(['bob']);
	await phone.write('hello');
	await expect(phone).toHaveSynced();
	await phone.isInstalled();
	phone.goOffline();
	await expect(phone).toBeOffline();
	await screen.composer(phone.page).fill('secretkumquat');
	await expect.poll(() => isOnDisk(phone, 'secretkumquat', 'home/')).toBe(true);
	await screen.composer(phone.page).press('Enter');
	await expect.poll(() => isOnDisk(phone, 'secretkumquat', 'c/')).toBe(true);
	await screen.choose(phone.page, 'secretkumquat', 'Cancel sending');
	await expect(screen.message(phone.page, 'secretkumquat')).toHaveCount(0);
	await expect.poll(() => isAnywhereOnDisk(phone, 'secretkumquat')).toBe(false);
	await expect(phone).toShow('hello');
});
