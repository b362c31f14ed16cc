import { expect, test } from '../kit';
import { isAnywhereOnDisk, isOnDisk } from '../kit/disk';
import * as screen from '../kit/screen';
import type { Device } from '../kit/device';

// Browsers are closed and opened again here.
test.use({ ownBrowsers: true });

/** Has been in use for a while: Chromium brings cookies and who is logged in to disk only with time. */
async function settle(device: Device): Promise<void> {
	await device.isInstalled();
	await device.close();
	await device.reopen();
	await expect(screen.composer(device.page)).toBeVisible();
}

test('the browser is killed right after a message is on its disk: it is there, and leaves by itself', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const [phone] = await alice.devices('phone');
	await phone.startConversation(['bob']);
	await phone.write('before');
	await expect(phone).toHaveState('before', 'sent');
	await settle(phone);

	phone.goOffline();
	await phone.write('only on this disk');
	await expect(phone).toHaveState('only on this disk', 'queued');
	await expect.poll(() => isOnDisk(phone, 'only on this disk', 'c/')).toBe(true);
	await phone.kill();
	await phone.reopen();
	await expect(phone).toShowInOrder(['before', 'only on this disk']);
	await expect(phone).toHaveState('only on this disk', 'queued');
	await expect(screen.composer(phone.page)).toHaveValue('');

	phone.goOnline();
	await expect(phone).toHaveState('only on this disk', 'sent');
	await phone.kill();
	const [desk] = await bob.devices('desk');
	await desk.openConversation('alice');
	await expect(desk).toShowInOrder(['before', 'only on this disk']);
});

test('the browser is killed in the moment of sending: the text is there, as a message or still in the field', async ({
	people
}) => {
	const alice = await people.register('alice');
	await people.register('bob');
	const [phone] = await alice.devices('phone');
	await phone.startConversation(['bob']);
	await phone.write('before');
	await expect(phone).toHaveState('before', 'sent');
	await settle(phone);
	phone.goOffline();
	await expect(phone).toBeOffline();
	await screen.composer(phone.page).fill('typed and sent');
	await expect(screen.conversationLink(phone.page, 'bob')).toContainText('Draft: typed and sent');
	await expect.poll(() => isAnywhereOnDisk(phone, 'typed and sent')).toBe(true);
	await phone.page.keyboard.press('Enter');
	await phone.kill();

	await phone.reopen();
	await expect(phone).toShow('before');
	const texts = async () => [
		...(await screen.textsInOrder(phone.page, ['typed and sent'])),
		await screen.composer(phone.page).inputValue()
	];
	await expect.poll(async () => (await texts()).filter((text) => text === 'typed and sent')).toHaveLength(1);
});

test('what was sent when the browser was killed is neither lost nor doubled', async ({ people }) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const [phone] = await alice.devices('phone');
	const [desk] = await bob.devices('desk');
	await phone.startConversation(['bob']);
	await settle(phone);
	const texts = Array.from({ length: 5 }, (_, i) => `message ${i}`);
	for (const text of texts) await phone.write(text);
	await expect(phone).toHaveState('message 4', 'sent');
	await phone.kill();

	await desk.openConversation('alice');
	await expect(desk).toShowInOrder(texts);
	await phone.reopen();
	await expect(phone).toShowInOrder(texts);
	await phone.write('after');
	await expect(desk).toShowInOrder([...texts, 'after']);
	await expect(screen.messages(desk.page)).toHaveCount(6);
});
