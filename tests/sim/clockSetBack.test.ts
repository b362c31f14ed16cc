/** Devices whose clock was ahead, and was set right while no page was open and before the relay had been heard of. */
import { expect, it, vi } from 'vitest';
import { ALICE, BOB } from './cast';
import { CONVERSATION, messages, MONTH_MS, startClocks, texts } from './clocks.fixture';
import { createMemoryDisk } from '../../src/lib/sync/memoryStorage';
import type { Device } from '../../src/lib/sync/device';

const AHEAD = [
	['an hour', 3_600_000],
	['a month', MONTH_MS]
] as const;

const settled = (device: Device) =>
	vi.waitFor(() => {
		expect(device.syncState).toBe('synced');
		expect(device.unsent).toBe(0);
	}, 8_000);

it.each(AHEAD)(
	'of two edits the later holds, though the clock was %s ahead at the first',
	async (_how, aheadMs) => {
		const { open } = await startClocks();
		const bob = await open(BOB);
		bob.device.connect();
		const disk = createMemoryDisk();
		const before = await open(ALICE, 0, disk);
		before.device.connect();
		const id = before.conversation.send({ text: 'first said' });
		await settled(before.device);
		await before.device.close();
		const ahead = await open(ALICE, aheadMs, disk);
		await ahead.conversation.edit(id, { text: 'changed once' });
		await ahead.device.close();
		const right = await open(ALICE, 0, disk);
		await right.conversation.edit(id, { text: 'changed again' });
		expect(texts(right.conversation)).toEqual(['changed again']);
		right.device.connect();
		await settled(right.device);
		await vi.waitFor(() => expect(texts(bob.conversation)).toEqual(['changed again']), 8_000);
		expect(texts(right.conversation)).toEqual(['changed again']);
	}
);

it.each(AHEAD)('what is written stands behind what was written %s ahead', async (_how, aheadMs) => {
	const { open } = await startClocks();
	const bob = await open(BOB);
	bob.device.connect();
	const disk = createMemoryDisk();
	const ahead = await open(ALICE, aheadMs, disk);
	ahead.conversation.send({ text: 'one' });
	await ahead.device.close();
	const right = await open(ALICE, 0, disk);
	right.conversation.send({ text: 'two' });
	expect(texts(right.conversation)).toEqual(['one', 'two']);
	right.device.connect();
	await vi.waitFor(() => expect(texts(bob.conversation)).toEqual(['one', 'two']), 8_000);
	expect(texts(right.conversation)).toEqual(['one', 'two']);
});

it.each(AHEAD)(
	'what was cancelled %s ahead appears nowhere, at the next connections neither',
	async (_how, aheadMs) => {
		const { open } = await startClocks();
		const bob = await open(BOB);
		bob.device.connect();
		const disk = createMemoryDisk();
		const ahead = await open(ALICE, aheadMs, disk);
		const id = ahead.conversation.send({ text: 'never mind' });
		expect(await ahead.conversation.remove(id)).toMatchObject({ done: 'cancelled' });
		await ahead.device.close();
		for (const text of ['one', 'two', 'three']) {
			const right = await open(ALICE, 0, disk);
			right.conversation.send({ text });
			right.device.connect();
			await settled(right.device);
			await right.device.close();
		}
		await vi.waitFor(() => expect(texts(bob.conversation)).toContain('three'), 8_000);
		expect(messages(bob.conversation).map(({ text, deleted }) => [text, deleted])).toEqual([
			['one', false],
			['two', false],
			['three', false]
		]);
	}
);

it('what is begun about a message that is written again under the right time is about that one', async () => {
	const { open } = await startClocks();
	const { device, conversation } = await open(ALICE, MONTH_MS);
	const first = conversation.send({ text: 'low water at noon' });
	await device.drafts.set(CONVERSATION, { text: 'so we', replyTo: first });
	await device.edits.set(CONVERSATION, { target: first, text: 'low water at one', was: 'low water at noon' });
	device.connect();
	await settled(device);
	const now = messages(conversation)[0]?.id;
	expect(now).not.toBe(first);
	expect(device.drafts.get(CONVERSATION)).toMatchObject({ text: 'so we', replyTo: now });
	expect(device.edits.get(CONVERSATION)).toMatchObject({ target: now, text: 'low water at one' });
});
