/**
 * People who were put out of a group, and perhaps let in again, before their device knew: against a real relay, by what
 * the relay has and not by clocks.
 */
import { expect, it, vi } from 'vitest';
import { ALICE, BOB, CONVERSATION, hears, kept, setup, synced, texts } from './removed.fixture';
import { createMemoryDisk } from '../../src/lib/sync/memoryStorage';
import { parseEntryId } from '../../src/lib/domain/entry';
import { segmentRoom } from '../../src/lib/protocol/rooms';

const MINUTE_MS = 60_000;

it.each([
	['ran ahead', 4 * MINUTE_MS],
	['was right', 0],
	['was set back', -60 * MINUTE_MS]
])(
	'what a clock that %s wrote before is kept and never posted, though they are in again',
	async (_how, aheadMs) => {
		const { open, remove, addAgain } = await setup();
		let ahead = 0;
		const [alice, bob] = [await open(ALICE, undefined, () => Date.now() + ahead), await open(BOB)];
		for (const { device } of [alice, bob]) device.connect();
		alice.conversation.send({ text: 'in time' });
		await vi.waitFor(() => expect(texts(bob.conversation)).toEqual(['in time']), 8_000);
		await synced(alice.device);
		alice.device.disconnect();
		ahead = aheadMs;
		alice.conversation.send({ text: 'too late' });
		await remove();
		await addAgain();
		alice.conversation.send({ text: 'not told yet' });

		alice.device.connect();
		await vi.waitFor(() => expect(kept(alice.device)).toEqual(['too late', 'not told yet']), 8_000);
		await synced(alice.device);
		alice.conversation.send({ text: 'back again' });
		await vi.waitFor(() => expect(texts(bob.conversation)).toEqual(['in time', 'back again']), 8_000);
		expect(texts(alice.conversation)).toEqual(['in time', 'back again']);
		expect(kept(alice.device)).toEqual(['too late', 'not told yet']);
	}
);

it('what they write once they know is posted, though their clock is set back then', async () => {
	const { open, remove, addAgain } = await setup();
	let ahead = 0;
	const [alice, bob] = [await open(ALICE, undefined, () => Date.now() + ahead), await open(BOB)];
	for (const { device } of [alice, bob]) device.connect();
	await synced(alice.device);
	await remove();
	await hears(alice.device, false);
	await addAgain();
	await hears(alice.device, true);
	alice.device.disconnect();
	ahead = -60 * MINUTE_MS;
	alice.conversation.send({ text: 'back again' });
	alice.device.connect();
	await vi.waitFor(() => expect(texts(bob.conversation)).toEqual(['back again']), 8_000);
	expect(kept(alice.device)).toEqual([]);
});

it.each(['out', 'in again'])(
	'what was taken is not kept as if it were not, though its ack was lost: %s',
	async (end) => {
		const { open, remove, addAgain } = await setup();
		const disk = createMemoryDisk();
		const [alice, bob] = [await open(ALICE, disk), await open(BOB)];
		for (const { device } of [alice, bob]) device.connect();
		alice.conversation.send({ text: 'taken' });
		await vi.waitFor(() => expect(texts(bob.conversation)).toEqual(['taken']), 8_000);
		await vi.waitFor(() => expect(alice.conversation.unsent).toEqual([]), 8_000);
		alice.device.disconnect();
		alice.conversation.send({ text: 'too late' });
		await alice.device.close();
		disk.tables.get('acks')!.delete(segmentRoom(CONVERSATION, 0));
		await remove();
		if (end === 'in again') await addAgain();

		const again = await open(ALICE, disk);
		again.device.connect();
		await vi.waitFor(() => expect(kept(again.device)).toEqual(['too late']), 8_000);
		await vi.waitFor(() => expect(again.conversation.unsent).toEqual([]), 8_000);
		expect(texts(again.conversation)).toEqual(['taken']);
		expect(kept(again.device)).toEqual(['too late']);
		if (end === 'out') await addAgain();
		await hears(again.device, true);
		again.conversation.send({ text: 'back again' });
		await vi.waitFor(() => expect(texts(bob.conversation)).toEqual(['taken', 'back again']), 8_000);
	}
);

it('what a moderator deleted of theirs does not wait to leave, once they are in again', async () => {
	const { open, remove, addAgain, moderate } = await setup();
	const alice = await open(ALICE);
	alice.device.connect();
	const rude = alice.conversation.send({ text: 'rude' });
	await vi.waitFor(() => expect(alice.conversation.unsent).toEqual([]), 8_000);
	await moderate(rude);
	const source = () => {
		const item = alice.conversation.items.find(({ id }) => id === rude);
		return item?.type === 'message' && item.deleted ? parseEntryId(item.source) : undefined;
	};
	await vi.waitFor(() => expect(source()).toBeDefined(), 8_000);
	alice.device.disconnect();
	alice.conversation.send({ text: 'too late' });
	await remove();
	alice.device.connect();
	await vi.waitFor(() => expect(kept(alice.device)).toEqual(['too late']), 8_000);
	expect(alice.conversation.isSent(source()!)).toBe(true);
	await addAgain();
	await hears(alice.device, true);
	expect(alice.conversation.isSent(source()!)).toBe(true);
});

it('what is kept of theirs bears the name that the group has, and not one that they have given it alone', async () => {
	const { open, remove } = await setup();
	const alice = await open(ALICE);
	alice.device.connect();
	await synced(alice.device);
	alice.device.disconnect();
	const was = { name: 'Kelp survey' };
	await alice.device.outbox.add({
		type: 'change-group',
		conversation: CONVERSATION,
		change: { name: 'Eelgrass' },
		was
	});
	alice.conversation.send({ text: 'too late' });
	expect(alice.conversation.info?.name).toBe('Eelgrass');
	await remove();
	alice.device.connect();
	await vi.waitFor(() => expect(kept(alice.device)).toEqual(['too late']), 8_000);
	expect(alice.device.salvaged.all).toMatchObject([{ conversationName: 'Kelp survey' }]);
});

it('what they write first in a further segment once they are in again is posted', async () => {
	const { open, remove, addAgain } = await setup({ segmentMessagesMax: 2, segmentEntriesMax: 10_000 });
	const [alice, bob] = [await open(ALICE), await open(BOB)];
	for (const { device } of [alice, bob]) device.connect();
	await synced(alice.device);
	await remove();
	await hears(alice.device, false);
	await addAgain();
	await hears(alice.device, true);
	const said = ['one', 'two', 'three', 'four', 'five'];
	for (const text of said) alice.conversation.send({ text });
	await vi.waitFor(() => expect(alice.conversation.unsent).toEqual([]), 8_000);
	expect(kept(alice.device)).toEqual([]);
	await vi.waitFor(() => expect(texts(bob.conversation)).toEqual(expect.arrayContaining(['five'])), 8_000);
});

it('what they wrote in a further segment before they knew is kept, though nothing of the one before it was taken', async () => {
	const { open, remove, addAgain } = await setup({ segmentMessagesMax: 2, segmentEntriesMax: 10_000 });
	const [alice, bob] = [await open(ALICE), await open(BOB)];
	for (const { device } of [alice, bob]) device.connect();
	await synced(alice.device);
	alice.device.disconnect();
	const said = ['one', 'two', 'three', 'four', 'five'];
	for (const text of said) alice.conversation.send({ text });
	await remove();
	await addAgain();
	alice.device.connect();
	await vi.waitFor(() => expect(new Set(kept(alice.device))).toEqual(new Set(said)), 8_000);
	expect(kept(alice.device)).toHaveLength(said.length);
	await vi.waitFor(() => expect(alice.conversation.unsent).toEqual([]), 8_000);
	expect(texts(bob.conversation)).toEqual([]);
});
