import { expect, test } from '../kit';
import { line, writeHistory } from '../kit/history';
import { toLatest } from '../kit/scrolling';
import * as screen from '../kit/screen';
import type { Device } from '../kit/device';

const listed = (device: Device, name: string) => screen.conversationLink(device.page, name);
const late = (device: Device) => device.page.getByRole('region', { name: 'Arrived in earlier history' });

test('what arrives late into earlier history is counted, offered and stepped through', async ({ people }) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const carol = await people.register('carol');
	await alice.startConversation([bob, carol], 'Harbour');
	const conversation = await alice.startConversation([bob, carol], 'Kelp survey');
	const [boat, desk] = [await bob.headless(), await carol.headless()];
	const [phone, laptop] = await alice.devices('phone', 'laptop');
	await boat.write(conversation, ['leaving now']);
	await boat.sent();
	boat.goOffline();
	await boat.write(conversation, ['seal at the mole', 'two more behind it']);
	await desk.write(
		conversation,
		Array.from({ length: 60 }, (_, i) => `on time ${i}`)
	);
	await phone.openConversation('Kelp survey');
	await expect(phone).toShow('on time 59');
	await phone.page.getByRole('button', { name: /new messages|Latest/ }).click();
	await expect(listed(laptop, 'Kelp survey')).not.toContainText('unread');
	await expect(late(phone)).toHaveCount(0);

	await boat.goOnline();
	await expect(listed(laptop, 'Kelp survey')).toContainText('2 arrived late');
	await expect(listed(laptop, 'Kelp survey')).toContainText('2 unread');
	await expect(late(phone)).toContainText('2 arrived in earlier history');
	await expect(late(phone)).toContainText('from bob');
	await expect(screen.message(phone.page, 'seal at the mole')).not.toBeInViewport();

	await late(phone).getByRole('button', { name: 'Next one' }).click();
	await expect(screen.message(phone.page, 'seal at the mole')).toBeFocused();
	await expect(screen.message(phone.page, 'seal at the mole')).toBeInViewport();
	await expect(late(phone)).toContainText('1 of 2');
	await late(phone).getByRole('button', { name: 'Next one' }).click();
	await expect(screen.message(phone.page, 'two more behind it')).toBeFocused();
	await late(phone).getByRole('button', { name: 'Done' }).click();
	await expect(late(phone)).toHaveCount(0);
	await expect(listed(laptop, 'Kelp survey')).not.toContainText('unread');
	await expect(listed(laptop, 'Kelp survey')).not.toContainText('late');
	await expect(phone).toShowInOrder(['leaving now', 'seal at the mole', 'two more behind it', 'on time 0']);
});

test('what arrives late segments back is counted and offered too, after a reload and on other devices as well', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const conversation = await bob.startConversation([alice]);
	let then: number | undefined;
	const boat = await bob.headless({ now: () => then ?? Date.now() });
	await boat.conversation(conversation);
	boat.goOffline();
	const ids = await writeHistory(bob, { conversation, messages: 2_300 });
	then = Date.now() - 2_200 * 60_000;
	boat.device.clock.refused({ relayMs: then, newest: { ms: 0, counter: 0 } });
	await boat.write(conversation, ['seal at the mole', 'two more behind it']);
	then = undefined;
	const [phone, laptop] = await alice.devices('phone', 'laptop');
	for (const device of [phone, laptop]) {
		await expect(device).toHaveSynced();
		// The segments in between come with the way there.
		await device.goTo(`/c/${conversation}?m=${ids[50]}`);
		await expect(screen.messageById(device.page, ids[50]!)).toBeFocused();
		await toLatest(device.page, line(2_299));
	}
	await expect(listed(laptop, 'bob')).not.toContainText('unread');
	await laptop.goTo('/');
	await expect(laptop).toHaveSynced();

	await boat.goOnline();
	for (const device of [phone, laptop]) {
		await expect(listed(device, 'bob')).toContainText('2 arrived late');
		await expect(listed(device, 'bob')).toContainText('2 unread');
	}
	await expect(late(phone)).toContainText('2 arrived in earlier history');
	await phone.reload();
	await expect(late(phone)).toContainText('2 arrived in earlier history');
	await expect(screen.message(phone.page, 'seal at the mole')).toHaveCount(0);

	await late(phone).getByRole('button', { name: 'Next one' }).click();
	await expect(screen.message(phone.page, 'seal at the mole')).toBeFocused();
	await expect(screen.message(phone.page, 'seal at the mole')).toBeInViewport();
	for (const device of [phone, laptop]) await expect(listed(device, 'bob')).not.toContainText('unread');
	expect([...phone.errors, ...laptop.errors]).toEqual([]);
});

test('what is written while one reads far back is counted, and its way offered', async ({ people }) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const conversation = await bob.startConversation([alice]);
	const ids = await writeHistory(bob, { conversation, messages: 2_300 });
	const [phone] = await alice.devices('phone');
	await phone.goTo(`/c/${conversation}`);
	await toLatest(phone.page, line(2_299));
	await expect(listed(phone, 'bob')).not.toContainText('unread');
	await phone.goTo(`/c/${conversation}?m=${ids[50]}`);
	await expect(screen.messageById(phone.page, ids[50]!)).toBeFocused();

	await (await bob.headless()).write(conversation, ['are you there']);
	await expect(listed(phone, 'bob')).toContainText('are you there');
	await expect(listed(phone, 'bob')).toContainText('1 unread');
	await expect(screen.messageById(phone.page, ids[50]!)).toBeInViewport();
	await phone.page.getByRole('button', { name: '1 new message' }).click();
	await expect(screen.message(phone.page, 'are you there')).toBeInViewport();
	await expect(listed(phone, 'bob')).not.toContainText('unread');
});

test('"mark unread from here" agrees on all devices of a person, and reading on clears it on all', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const conversation = await bob.startConversation([alice]);
	const desk = await bob.headless();
	await desk.write(conversation, ['one', 'two', 'three', 'four']);
	const [phone, laptop] = await alice.devices('phone', 'laptop');
	await expect(listed(phone, 'bob')).toContainText('4 unread');
	await phone.openConversation('bob');
	for (const device of [phone, laptop]) await expect(listed(device, 'bob')).not.toContainText('unread');

	await screen.choose(phone.page, 'two', 'Mark unread from here');
	for (const device of [phone, laptop]) await expect(listed(device, 'bob')).toContainText('3 unread');
	await expect(phone.page.getByText('3 new', { exact: true })).toBeVisible();
	await phone.goTo('/');
	await expect(listed(phone, 'bob')).toContainText('3 unread');

	await laptop.openConversation('bob');
	await expect(laptop.page.getByText('3 new', { exact: true })).toBeVisible();
	for (const device of [phone, laptop]) await expect(listed(device, 'bob')).not.toContainText('unread');
});

test('what is marked unread on one device is not read at once by another that shows it', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const conversation = await bob.startConversation([alice]);
	const desk = await bob.headless();
	await desk.write(conversation, ['one', 'two', 'three']);
	const [phone, laptop] = await alice.devices('phone', 'laptop');
	for (const device of [phone, laptop]) await device.openConversation('bob');
	for (const device of [phone, laptop]) await expect(listed(device, 'bob')).not.toContainText('unread');

	await screen.choose(phone.page, 'two', 'Mark unread from here');
	await expect(laptop.page.getByText('2 new', { exact: true })).toBeVisible();
	await desk.write(conversation, ['four']);
	await expect(laptop).toShow('four');
	for (const device of [phone, laptop]) await expect(listed(device, 'bob')).toContainText('3 unread');
	await laptop.goTo('/');
	await laptop.openConversation('bob');
	for (const device of [phone, laptop]) await expect(listed(device, 'bob')).not.toContainText('unread');
});

test('reading advances only while the window is visible and has the focus', async ({ people }) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const conversation = await bob.startConversation([alice]);
	const desk = await bob.headless();
	const [phone] = await alice.devices('phone');
	/** What the page asks the browser: one test has no windows to put before another. */
	const look = (how: { readonly focused: boolean; readonly visible: boolean }) =>
		phone.page.evaluate(({ focused, visible }) => {
			document.hasFocus = () => focused;
			Object.defineProperty(document, 'visibilityState', {
				configurable: true,
				get: () => (visible ? 'visible' : 'hidden')
			});
			dispatchEvent(new Event(focused ? 'focus' : 'blur'));
			document.dispatchEvent(new Event('visibilitychange'));
		}, how);
	await phone.openConversation('bob');
	for (const [i, away] of [
		{ focused: false, visible: true },
		{ focused: true, visible: false }
	].entries()) {
		await look(away);
		await desk.write(conversation, [`before nobody's eyes ${i}`]);
		await expect(phone).toShow(`before nobody's eyes ${i}`);
		await expect(listed(phone, 'bob')).toContainText('1 unread');
		await expect(phone.page.getByText('1 new', { exact: true })).toBeVisible();
		await look({ focused: true, visible: true });
		await expect(listed(phone, 'bob')).not.toContainText('unread');
		await expect(phone.page.getByText('1 new', { exact: true })).toBeVisible();
		await phone.goTo('/');
		await phone.openConversation('bob');
	}
});

test('a conversation that is not on this device yet says so, and never that it is empty', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const [phone] = await alice.devices('phone');
	await expect(phone).toHaveSynced();
	await phone.isInstalled();
	// It hears that there is a conversation, and cannot ask for what was written in it.
	phone.holdUploads();
	const conversation = await bob.startConversation([alice]);
	await (await bob.headless()).write(conversation, ['here at last']);
	await expect(listed(phone, 'bob')).toContainText('Not on this device yet');
	await phone.openConversation('bob');
	await expect(phone.page.getByText('Not here yet')).toBeVisible();
	await expect(phone.page.getByText('Nothing written yet')).toHaveCount(0);
	phone.releaseUploads();
	await expect(phone).toShow('here at last');
	await expect(phone.page.getByText('Not here yet')).toHaveCount(0);
});

test('who has read is said, unless the reader keeps it to themselves', async ({ people }) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const carol = await people.register('carol');
	const conversation = await alice.startConversation([bob, carol], 'Kelp survey');
	const [phone] = await alice.devices('phone');
	const [desk] = await bob.devices('desk');
	const [tablet] = await carol.devices('tablet');
	await screen.accountButton(tablet.page).click();
	await tablet.page.getByRole('menuitem', { name: 'Settings' }).click();
	const told = tablet.page.getByRole('checkbox', { name: 'Tell others what I have read' });
	await told.uncheck();
	await tablet.page.getByRole('button', { name: 'Close' }).click();
	await phone.goTo(`/c/${conversation}`);
	await phone.write('low water at noon');

	await expect(listed(tablet, 'Kelp survey')).toContainText('1 unread');
	await tablet.openConversation('Kelp survey');
	await expect(listed(tablet, 'Kelp survey')).not.toContainText('unread');
	// Carol has read before Bob: were hers told, it would be here before his.
	await desk.openConversation('Kelp survey');
	await expect(phone).toHaveState('low water at noon', 'read');
	const mark = screen.message(phone.page, 'low water at noon').getByText(/^Read by/);
	await expect(mark).toHaveText('Read by 1');
	await expect(mark).toHaveAttribute('title', 'Read by bob');

	await screen.accountButton(tablet.page).click();
	await tablet.page.getByRole('menuitem', { name: 'Settings' }).click();
	await told.check();
	await tablet.page.getByRole('button', { name: 'Close' }).click();
	await phone.write('bring the rope');
	await expect(screen.message(phone.page, 'bring the rope').getByText(/^Read by/)).toHaveText('Read by 2');
});
