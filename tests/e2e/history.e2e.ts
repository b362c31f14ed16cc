import { expect, test } from '../kit';
import { line, writeHistory } from '../kit/history';
import {
	driftOfFirstAsMoreComes,
	driftWhileMoreComes,
	holdPlace,
	memory,
	scrollUntil,
	toLatest
} from '../kit/scrolling';
import * as screen from '../kit/screen';

// Browsers are closed and opened again here.
test.use({ ownBrowsers: true });

/** Fills segments 0 and 1, and some of the next. */
const MESSAGES = 2_300;
/** Rows that the screen may have at once (state/rowWindow). */
const ROWS_MAX = 400;
/** What the segments in memory and their rows may differ by, wherever one is. */
const HEAP_SLACK_BYTES = 12_000_000;

test('one scrolls through all segments and back: nothing is missing, nothing piles up', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const conversation = await bob.startConversation([alice]);
	const ids = await writeHistory(bob, { conversation, messages: MESSAGES });
	const [phone] = await alice.devices('phone');
	await phone.goTo(`/c/${conversation}`);
	await toLatest(phone.page, line(MESSAGES - 1));

	await screen.message(phone.page, line(MESSAGES - 1)).focus();
	const up = await scrollUntil(
		phone.page,
		'top',
		(rows) => rows[0] !== undefined && ids.indexOf(rows[0]) < 900
	);
	// The message that had the focus is among those that are let go of: keys still reach the log.
	await expect(screen.log(phone.page)).toBeFocused();
	const midway = await memory(phone.page);
	const further = await scrollUntil(phone.page, 'top', (rows) => rows[0] === ids[0]);
	const above = new Set([...up.met, ...further.met]);
	expect(ids.filter((id) => !above.has(id))).toEqual([]);
	const down = await scrollUntil(phone.page, 'bottom', (rows) => rows.at(-1) === ids.at(-1));
	expect(ids.filter((id) => !down.met.has(id))).toEqual([]);
	expect(Math.max(up.rowsMax, further.rowsMax, down.rowsMax)).toBeLessThanOrEqual(ROWS_MAX);
	const atEnd = await memory(phone.page);
	expect(atEnd.heapBytes).toBeLessThan(midway.heapBytes + HEAP_SLACK_BYTES);
	expect(atEnd.nodes).toBeLessThan(1.5 * midway.nodes);
	expect(phone.errors).toEqual([]);
});

/** Frames in which it was elsewhere. */
const moved = (drift: readonly number[]) => drift.filter((px) => Math.abs(px) > 1);

test('what is being read does not move when more comes before or behind it', async ({ people }) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const conversation = await bob.startConversation([alice]);
	await writeHistory(bob, { conversation, messages: 1_300 });
	const [phone] = await alice.devices('phone');
	await phone.goTo(`/c/${conversation}`);
	await toLatest(phone.page, line(1_299));
	await expect(phone).toHaveSynced();
	// Past the number of rows that are kept: from then on some go at the other end, as more comes.
	for (const end of [...Array<'top'>(8).fill('top'), ...Array<'bottom'>(2).fill('bottom')])
		expect(moved(await driftWhileMoreComes(phone.page, end))).toEqual([]);
});

test('who scrolls on in the moment in which more comes is not put back', async ({ people }) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const conversation = await bob.startConversation([alice]);
	await writeHistory(bob, { conversation, messages: 900 });
	const [phone] = await alice.devices('phone');
	await phone.goTo(`/c/${conversation}`);
	await toLatest(phone.page, line(899));
	for (let i = 0; i < 4; i++) expect(moved(await driftOfFirstAsMoreComes(phone.page))).toEqual([]);
});

for (const reducedMotion of ['no-preference', 'reduce'] as const)
	test(`what is being read does not move when late messages are merged in, heights change or the window does, motion: ${reducedMotion}`, async ({
		people
	}) => {
		const alice = await people.register('alice');
		const bob = await people.register('bob');
		const carol = await people.register('carol');
		const conversation = await alice.startConversation([bob, carol], 'Kelp survey');
		const [boat, desk] = [await bob.headless(), await carol.headless()];
		await boat.write(conversation, ['leaving now']);
		await boat.sent();
		boat.goOffline();
		await boat.write(conversation, ['seal at the mole', 'two more behind it']);
		await desk.write(
			conversation,
			Array.from({ length: 80 }, (_, at) => line(at))
		);
		const [phone] = await alice.devices('phone');
		const { page } = phone;
		await page.emulateMedia({ reducedMotion });
		await phone.goTo(`/c/${conversation}`);
		await toLatest(phone.page, line(79));

		const beside = await holdPlace(page, { end: 'bottom', px: 600 });
		await boat.goOnline();
		await expect(page.getByRole('region', { name: 'Arrived in earlier history' })).toBeVisible();
		await expect(screen.message(page, 'seal at the mole')).toHaveCount(1);
		expect(moved(await beside.drift())).toEqual([]);

		const taller = await holdPlace(page);
		// As a picture does when it has come, and a font: one row above what is visible, and one below it.
		for (const row of [line(2), line(79)])
			await screen.message(page, row).evaluate((row) => (row.style.paddingBottom = '90px'));
		await screen.log(page).evaluate((log) => log.style.setProperty('letter-spacing', '2px'));
		expect(moved(await taller.drift())).toEqual([]);

		const narrower = await holdPlace(page);
		await page.setViewportSize({ width: 420, height: 700 });
		await page.setViewportSize({ width: 1_100, height: 760 });
		// In between it is laid out anew for a phone: it comes back to where it was.
		expect(moved((await narrower.drift()).slice(-1))).toEqual([]);
		expect(phone.errors).toEqual([]);
	});

test('a message has an address: far back, on a device that never was there, offline too, and back to the latest', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const conversation = await bob.startConversation([alice]);
	const ids = await writeHistory(bob, { conversation, messages: MESSAGES });
	const [phone] = await alice.devices('phone');
	await expect(phone).toHaveSynced();
	await phone.isInstalled();
	const far = screen.messageById(phone.page, ids[1_234] ?? '');
	const address = `/c/${conversation}?m=${ids[1_234]}`;

	await phone.goTo(address);
	await expect(far).toBeFocused();
	await expect(far).toBeInViewport();
	await expect(far).toContainText(line(1_234));
	await toLatest(phone.page, line(MESSAGES - 1));
	await expect(phone).toHaveSynced();

	await phone.close();
	phone.goOffline();
	await phone.open(address);
	const again = screen.messageById(phone.page, ids[1_234] ?? '');
	await expect(again).toBeFocused();
	await expect(again).toBeInViewport();
	await expect(phone).toBeOffline();
	await toLatest(phone.page, line(MESSAGES - 1));
	const { met } = await scrollUntil(phone.page, 'top', (rows) => rows.includes(ids[1_234] ?? ''));
	expect(ids.slice(1_234).filter((id) => !met.has(id))).toEqual([]);
	expect(phone.errors).toEqual([]);
});

test('two devices fill the segment while apart and begin the next: both show one timeline', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const conversation = await bob.startConversation([alice]);
	await writeHistory(bob, { conversation, messages: 998 });
	const [phone] = await alice.devices('phone');
	const [desk] = await bob.devices('desk');
	for (const device of [phone, desk]) {
		await device.goTo(`/c/${conversation}`);
		await toLatest(device.page, line(997));
		await expect(device).toHaveSynced();
		device.goOffline();
		await expect(device).toBeOffline();
	}
	const turns = Array.from({ length: 4 }, (_, i) => [`phone ${i}`, `desk ${i}`]).flat();
	for (const text of turns) await (text.startsWith('phone') ? phone : desk).write(text);
	for (const device of [phone, desk]) {
		expect((await screen.messageIds(device.page)).filter((id) => id.startsWith('1.'))).toHaveLength(2);
		device.goOnline();
	}
	// Whose clock is a little ahead is not for a test to know: all is there once, each one's own in order, alike on both.
	const own = (name: string) => turns.filter((text) => text.startsWith(name));
	for (const device of [phone, desk]) {
		await expect(device).toHaveSynced();
		for (const name of ['phone', 'desk']) await expect(device).toShowInOrder([line(997), ...own(name)]);
	}
	const timeline = await screen.textsInOrder(phone.page, turns);
	expect(timeline).toHaveLength(turns.length);
	await expect(desk).toShowInOrder([line(997), ...timeline]);
	await phone.write('after all');
	await expect(desk).toShowInOrder([...timeline, 'after all']);
	await phone.reload();
	await expect(phone).toShowInOrder([line(997), ...timeline, 'after all']);
	expect([...phone.errors, ...desk.errors]).toEqual([]);
});
