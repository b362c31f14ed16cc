import { readFile } from 'node:fs/promises';
import { expect, test } from '../kit';
import { isAnywhereOnDisk } from '../kit/disk';
import * as screen from '../kit/screen';

test('what exists only on a device is told, and saved as a file with no network', async ({ people }) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	await alice.startConversation([bob]);
	const [phone] = await alice.devices('phone');
	const { page } = phone;
	await phone.openConversation('bob');
	await phone.write('sent long ago');
	await expect(phone).toHaveState('sent long ago', 'sent');
	await phone.isInstalled();
	await phone.goTo('/account/storage');
	await expect(
		page.getByRole('heading', { name: /^Skein uses .+ of the .+ that this browser allows$/ })
	).toBeVisible();
	await expect(page.getByText('Nothing. All that you wrote is with the server too.')).toBeVisible();
	await page.goBack();

	phone.goOffline();
	await phone.write('low water at noon');
	await phone.goTo('/account/storage');
	await expect(page.getByText('1 message exists only on this device.')).toBeVisible();
	const saving = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Save as a file' }).click();
	const file = await saving;
	expect(file.suggestedFilename()).toMatch(/^skein-\d{4}-\d\d-\d\d\.txt$/);
	const content = await readFile(await file.path(), 'utf8');
	expect(content).toMatch(/## bob\n\n\[.+\] low water at noon\n$/);
	expect(content).not.toContain('sent long ago');

	phone.goOnline();
	await expect(page.getByText('Nothing. All that you wrote is with the server too.')).toBeVisible();
});

test('a draft is told as only on a device while no other one can have it, and no longer', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	await alice.startConversation([bob]);
	const [phone, desk] = await alice.devices('phone', 'desk');
	const { page } = phone;
	await phone.openConversation('bob');
	await phone.isInstalled();
	phone.goOffline();
	await screen.composer(page).fill('low water at');
	await expect(screen.conversationLink(page, 'bob')).toContainText('Draft: low water at');
	await phone.goTo('/account/storage');
	await expect(page.getByText('1 draft exists only on this device.')).toBeVisible();
	await page.getByRole('link', { name: 'Show them' }).click();
	const drafts = page.getByRole('region', { name: 'Drafts on this device alone' });
	await expect(drafts.getByRole('listitem')).toContainText('low water at');
	await drafts.getByRole('link', { name: 'bob' }).click();
	await expect(screen.composer(page)).toHaveValue('low water at');

	phone.goOnline();
	// A draft of another device is gone on from where a conversation is opened.
	await expect(screen.conversationLink(desk.page, 'bob')).toContainText('Draft: low water at');
	await desk.openConversation('bob');
	await expect(screen.composer(desk.page)).toHaveValue('low water at');
	for (const device of [phone, desk]) {
		await device.goTo('/account/storage');
		await expect(device.page.getByText('Nothing. All that you wrote is with the server too.')).toBeVisible();
		await device.goTo('/queued');
		await expect(device.page.getByText('Nothing waits here')).toBeVisible();
	}
	// With nothing to lose there is nothing to ask.
	await phone.logOut({ sure: false });
	await expect(page.getByRole('button', { name: 'Log in' })).toBeVisible();
	expect([...phone.errors, ...desk.errors]).toEqual([]);
});

test('a browser that deletes everything under an open page gets it back: message, draft, command, and who one is', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	await alice.startConversation([bob]);
	const [phone] = await alice.devices('phone');
	const { page } = phone;
	await phone.openConversation('bob');
	await phone.write('sent long ago');
	await expect(phone).toHaveSynced();
	await phone.isInstalled();
	phone.goOffline();
	await expect(phone).toBeOffline();
	await phone.write('low water at noon');
	await screen.composer(page).fill('and the to');
	await phone.startConversation(['bob'], { name: 'Kelp survey' });
	await phone.openConversation('bob');

	const browser = await page.context().newCDPSession(page);
	await browser.send('Storage.clearDataForOrigin', { origin: phone.address, storageTypes: 'indexeddb' });
	await screen.composer(page).fill('and the tower');
	await phone.write('and this after');
	await screen.composer(page).fill('and the tower');
	// The two messages, and the group.
	await expect(page.getByRole('link', { name: '3 only here' })).toBeVisible();
	await expect.poll(async () => (await phone.databases()).length).toBeGreaterThan(3);
	await expect.poll(() => isAnywhereOnDisk(phone, 'and the tower')).toBe(true);
	await phone.reload();
	await expect(phone).toShowInOrder(['sent long ago', 'low water at noon', 'and this after']);
	await expect(screen.composer(page)).toHaveValue('and the tower');
	await expect(page.getByRole('alert').filter({ hasText: 'keep anything' })).toHaveCount(0);
	await expect(phone).toListConversation('Kelp survey');

	phone.goOnline();
	await expect(phone).toHaveSynced();
	const desk = await bob.headless();
	await expect.poll(() => desk.device.directory.conversations.size).toBe(2);
	// y-indexeddb leaves it unheard that the browser refused to open a database while it cleared them.
	expect(phone.errors.filter((error) => !error.includes('AbortError'))).toEqual([]);
});
