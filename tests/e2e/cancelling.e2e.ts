import { expect, test } from '../kit';
import * as screen from '../kit/screen';
import type { Device } from '../kit/device';
import type { People } from '../kit/people';

test.use({ ownBrowsers: true });

/** One person with two tabs of one browser, and who reads what they write. */
async function twoTabs(people: People) {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	await bob.startConversation([alice]);
	const [phone] = await alice.devices('phone');
	const [desk] = await bob.devices('desk');
	await desk.openConversation('alice');
	await phone.openConversation('bob');
	await phone.write('hello');
	await expect(phone).toHaveSynced();
	const tab = await phone.openTab(new URL(phone.page.url()).pathname);
	await expect(tab).toShow('hello');
	await expect(tab).toHaveSynced();
	return { phone, tab, desk };
}

async function beginEdit(device: Device, text: string, changed: string): Promise<void> {
	await device.page.bringToFront();
	await screen.choose(device.page, text, 'Edit');
	await expect(screen.composer(device.page)).toHaveValue(text);
	await screen.composer(device.page).fill(changed);
}

async function cancel(device: Device, text: string): Promise<void> {
	await device.page.bringToFront();
	await screen.choose(device.page, text, 'Cancel sending');
	await expect(screen.message(device.page, text)).toHaveCount(0);
}

test('what one tab edits while another cancels it is a text in the field, and the message stays cancelled', async ({
	people
}) => {
	const { phone, tab, desk } = await twoTabs(people);
	phone.goOffline();
	await expect(phone).toBeOffline();
	await phone.write('low water at noon');
	await expect(tab).toShow('low water at noon');
	await beginEdit(tab, 'low water at noon', 'low water at one');
	await cancel(phone, 'low water at noon');
	await expect(phone.page.getByText('Message cancelled. It was not sent.')).toBeVisible();

	await tab.page.bringToFront();
	await expect(
		tab.page.getByText('The message was cancelled meanwhile. Your text is in the field.')
	).toBeVisible();
	await expect(screen.composer(tab.page)).toHaveValue('low water at one');
	await expect(screen.messages(tab.page)).toHaveCount(1);
	phone.goOnline();
	await expect(phone).toHaveSynced();
	await phone.write('that was all');
	await expect(desk).toShowInOrder(['hello', 'that was all']);
	await expect(screen.messages(desk.page)).toHaveCount(2);
});

test('what is sent of an edit whose message another tab cancelled on its way outlives the next connections', async ({
	people
}) => {
	const { phone, tab, desk } = await twoTabs(people);
	phone.holdUploads();
	await phone.page.bringToFront();
	await phone.write('low water at noon');
	await expect(phone).toHaveState('low water at noon', 'queued');
	await expect(tab).toShow('low water at noon');
	await beginEdit(tab, 'low water at noon', 'low water at one');
	await cancel(phone, 'low water at noon');
	await expect(
		phone.page.getByText('If it was sent already, it will be deleted for everyone.')
	).toBeVisible();
	await tab.page.bringToFront();
	await expect(tab.page.getByText('The message was cancelled meanwhile.')).toBeVisible();
	await screen.composer(tab.page).press('Enter');
	await expect(tab).toShow('low water at one');

	phone.releaseUploads();
	await expect(desk).toShow('low water at one');
	// The relay had been given the other: it says so at once, and not with the next connection.
	await expect(screen.log(desk.page).getByText('Message deleted')).toHaveCount(1);
	await expect(phone).toHaveSynced();
	phone.goOffline();
	await expect(phone).toBeOffline();
	phone.goOnline();
	await expect(phone).toHaveSynced();
	await phone.write('that was all');
	await expect(desk).toShow('that was all');
	for (const device of [phone, tab, desk]) {
		await expect(device).toShowOnce('low water at one');
		await expect(screen.message(device.page, 'low water at noon')).toHaveCount(0);
	}
});
