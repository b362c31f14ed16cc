/** People who are no longer members, against a real relay: what they wrote is kept for them and never posted. */
import { describe, expect, it, vi } from 'vitest';
import { ALICE, BOB, CONVERSATION, kept, setup, synced, texts } from './removed.fixture';
import { createMemoryDisk } from '../../src/lib/sync/memoryStorage';

describe('a person who was removed', () => {
	it('has what they wrote offline kept, with all that is needed to write it elsewhere', async () => {
		const { open, remove } = await setup();
		const [alice, bob] = [await open(ALICE), await open(BOB)];
		alice.device.connect();
		bob.device.connect();
		const asked = bob.conversation.send({ text: 'when is low water?' });
		await vi.waitFor(() => expect(texts(alice.conversation)).toEqual(['when is low water?']), 8_000);
		await synced(alice.device);
		alice.device.disconnect();
		const first = alice.conversation.send({ text: 'at noom', replyTo: asked });
		await alice.conversation.edit(first, { text: 'at noon' });
		alice.conversation.send({ text: 'and bring a rope' });
		await alice.conversation.remove(alice.conversation.send({ text: 'never mind' }));
		await alice.conversation.react(asked, '👍', true);
		await remove();

		alice.device.connect();
		await vi.waitFor(() => expect(kept(alice.device)).toEqual(['at noon', 'and bring a rope']), 8_000);
		expect(alice.device.salvaged.all[0]).toMatchObject({
			conversation: CONVERSATION,
			conversationName: 'Kelp survey',
			replyTo: { authorName: 'Bob', text: 'when is low water?' },
			reason: 'removed'
		});
		await vi.waitFor(() => expect(alice.conversation.unsent).toEqual([]));
		expect(texts(alice.conversation)).toEqual(['when is low water?']);
		expect(texts(bob.conversation)).toEqual(['when is low water?']);
	});

	it('has it still after a restart, once, and it is never posted though they are added again', async () => {
		const { open, remove, addAgain } = await setup();
		const disk = createMemoryDisk();
		const [alice, bob] = [await open(ALICE, disk), await open(BOB)];
		bob.device.connect();
		alice.conversation.send({ text: 'too late' });
		await remove();
		alice.device.connect();
		await vi.waitFor(() => expect(kept(alice.device)).toEqual(['too late']), 8_000);
		await vi.waitFor(() => expect(alice.conversation.unsent).toEqual([]));
		await alice.device.close();

		await addAgain();
		const again = await open(ALICE, disk);
		again.device.connect();
		await synced(again.device);
		again.conversation.send({ text: 'back again' });
		await vi.waitFor(() => expect(texts(bob.conversation)).toEqual(['back again']), 8_000);
		expect(kept(again.device)).toEqual(['too late']);
		expect(texts(again.conversation)).toEqual(['back again']);
	});

	it('has it once though the device went down between copy and erasing', async () => {
		const { open, addAgain, remove } = await setup();
		const disk = createMemoryDisk();
		const alice = await open(ALICE, disk);
		alice.conversation.send({ text: 'too late' });
		const before = structuredClone(disk.docs);
		await remove();
		alice.device.connect();
		await vi.waitFor(() => expect(kept(alice.device)).toEqual(['too late']), 8_000);
		await vi.waitFor(() => expect(alice.conversation.unsent).toEqual([]));
		await alice.device.close();
		// The documents as they were: the copy is on disk, the erasing is not.
		disk.docs.clear();
		for (const [room, updates] of before) disk.docs.set(room, updates);
		await addAgain();

		const [again, bob] = [await open(ALICE, disk), await open(BOB)];
		bob.device.connect();
		again.device.connect();
		await synced(again.device);
		again.conversation.send({ text: 'back again' });
		await vi.waitFor(() => expect(texts(bob.conversation)).toEqual(['back again']), 8_000);
		expect(kept(again.device)).toEqual(['too late']);
		expect(texts(again.conversation)).toEqual(['back again']);
	});

	it('finds what stood in the field among it, and what they discard is gone for good', async () => {
		const { open, remove } = await setup();
		const disk = createMemoryDisk();
		const alice = await open(ALICE, disk);
		alice.device.connect();
		await synced(alice.device);
		await alice.device.drafts.set(CONVERSATION, { text: 'half a thou' });
		await alice.device.edits.set(CONVERSATION, { target: '0.1.1', text: 'half an ed', was: 'an edit' });
		await remove();
		await vi.waitFor(() => expect(kept(alice.device)).toEqual(['half a thou', 'half an ed']), 8_000);
		await vi.waitFor(() => expect(alice.device.edits.get(CONVERSATION)).toBeUndefined());
		await vi.waitFor(() => expect(alice.device.drafts.preview(CONVERSATION)).toBe(''));
		for (const text of alice.device.salvaged.all) await alice.device.salvaged.discard(text);
		expect(kept(alice.device)).toEqual([]);
		await alice.device.close();
		const again = await open(ALICE, disk);
		expect(kept(again.device)).toEqual([]);
	});

	it('is told of what they wrote though nobody opens the conversation any more', async () => {
		const { open, openDevice, remove } = await setup();
		const disk = createMemoryDisk();
		const alice = await open(ALICE, disk);
		alice.device.connect();
		await synced(alice.device);
		alice.device.disconnect();
		alice.conversation.send({ text: 'stranded' });
		await vi.waitFor(() => expect(alice.device.summaries.get(CONVERSATION)?.unsent).toBe(1));
		await alice.device.close();
		await remove();
		const again = await openDevice(ALICE, disk);
		again.connect();
		await vi.waitFor(() => expect(kept(again)).toEqual(['stranded']), 8_000);
		await vi.waitFor(() => expect(again.summaries.all.size).toBe(0), 8_000);
	});
});
