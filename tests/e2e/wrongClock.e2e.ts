import { expect, test } from '../kit';
import { isOnDisk } from '../kit/disk';
import * as screen from '../kit/screen';
import type { Device } from '../kit/device';

// Browsers are closed and opened again here.
test.use({ ownBrowsers: true });

const DAY_MS = 86_400_000;
/** On the link: the close of a channel with 4409. */
const CLOCK_REFUSED = Buffer.from([4, 0xb9, 0x22]);

const writtenAt = async (device: Device, text: string): Promise<number> =>
	Date.parse(
		(await screen.message(device.page, text).locator('time').first().getAttribute('datetime')) ?? ''
	);

/** Says when the relay has refused a stamp of this page's. */
function hearRefusals(device: Device): () => number {
	let count = 0;
	device.page.on('websocket', (socket) =>
		socket.on('framereceived', ({ payload }) => {
			if (typeof payload !== 'string' && payload.includes(CLOCK_REFUSED)) count += 1;
		})
	);
	return () => count;
}

for (const days of [30, -30]) {
	const wrong = `${Math.abs(days)} days ${days > 0 ? 'ahead' : 'behind'}`;
	test(`a device whose clock is ${wrong} loses and doubles nothing`, async ({ people }) => {
		const alice = await people.register('alice');
		const bob = await people.register('bob');
		const [phone] = await alice.devices('phone');
		const [desk] = await bob.devices('desk');
		await phone.startConversation(['bob']);
		await phone.write('before');
		await expect(phone).toHaveSynced();
		await phone.isInstalled();
		await desk.openConversation('alice');
		await phone.close();

		phone.goOffline();
		phone.setClockAhead(days * DAY_MS);
		await phone.reopen();
		const refusals = hearRefusals(phone);
		await phone.write('first of the wrong time');
		await screen.choose(phone.page, 'first of the wrong time', 'Reply');
		await phone.write('a reply of the wrong time');
		expect(Math.abs((await writtenAt(phone, 'first of the wrong time')) - Date.now())).toBeGreaterThan(
			days > 0 ? 29 * DAY_MS : 0
		);
		await screen.composer(phone.page).fill('begun in the wrong time');
		await expect.poll(() => isOnDisk(phone, 'begun in the wrong time', 'home/')).toBe(true);
		phone.goOnline();

		const all = ['before', 'first of the wrong time', 'a reply of the wrong time'];
		await expect(phone).toHaveState('a reply of the wrong time', 'sent');
		await expect(phone).toHaveSynced();
		if (days > 0) expect(refusals()).toBeGreaterThan(0);
		const laptop = await alice.headless();
		const [conversation] = laptop.device.directory.conversations.keys();
		await expect
			.poll(() => conversation && laptop.device.drafts.preview(conversation))
			.toBe('begun in the wrong time');
		await phone.write('of the right time');
		for (const device of [phone, desk]) {
			await expect(device).toShowInOrder([...all, 'of the right time']);
			await expect(screen.messages(device.page)).toHaveCount(4);
			await expect(screen.message(device.page, 'a reply of the wrong time')).toContainText(
				'first of the wrong time'
			);
			await expect(screen.log(device.page).getByText('Today', { exact: true })).toBeVisible();
			for (const text of all)
				expect(Math.abs((await writtenAt(device, text)) - Date.now())).toBeLessThan(DAY_MS);
		}
		await phone.reload();
		await expect(phone).toShowInOrder([...all, 'of the right time']);
		await expect(screen.messages(phone.page)).toHaveCount(4);
		expect(phone.errors).toEqual([]);
	});
}

test('what is begun in other tabs about what is written again goes on', async ({ people }) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const conversation = await alice.startConversation([bob]);
	const [phone] = await alice.devices('phone');
	await phone.goTo(`/c/${conversation}`);
	await phone.write('before');
	await expect(phone).toHaveSynced();
	await phone.isInstalled();
	await phone.close();
	phone.goOffline();
	phone.setClockAhead(30 * DAY_MS);
	await phone.reopen();
	for (const text of ['low water', 'bring the rope']) await phone.write(text);
	const [replying, editing] = [
		await phone.openTab(`/c/${conversation}`),
		await phone.openTab(`/c/${conversation}`)
	];
	await replying.page.bringToFront();
	await screen.choose(replying.page, 'low water', 'Reply');
	await screen.composer(replying.page).fill('at noon');
	await editing.page.bringToFront();
	await screen.choose(editing.page, 'bring the rope', 'Edit');
	await screen.composer(editing.page).fill('bring no rope');
	await phone.page.bringToFront();
	phone.goOnline();
	await expect(phone).toHaveSynced();

	await replying.page.bringToFront();
	await expect(replying).toHaveSynced();
	await screen.composer(replying.page).press('Enter');
	await expect(screen.message(replying.page, 'at noon')).toContainText('low water');
	await editing.page.bringToFront();
	await expect(editing).toHaveSynced();
	await screen.composer(editing.page).press('Enter');
	await expect(editing).toShowOnce('bring no rope');
	await expect(editing).toShowInOrder(['before', 'low water', 'bring no rope', 'at noon']);
	await expect(screen.messages(editing.page)).toHaveCount(4);
	expect([...phone.errors, ...replying.errors, ...editing.errors]).toEqual([]);
});
