/** People who are no longer members, against a real relay: what they wrote is kept for them and never posted. */
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createHeadlessDevice } from '../../src/lib/sync/headlessDevice';
import { createMemoryDisk, type MemoryDisk } from '../../src/lib/sync/memoryStorage';
import { directConversationId } from '../../src/lib/domain/ids';
import { directoryFacts } from '../../src/lib/domain/directory';
import { directoryRoom, infoRoom } from '../../src/lib/protocol/rooms';
import { infoFacts } from '../../src/lib/domain/info';
import { startRelay } from '../../sync-server/relay.fixture';
import type { ConversationSync } from '../../src/lib/sync/conversationSync';
import type { Device } from '../../src/lib/sync/device';
import type { RelayAccess } from '../../sync-server/ports';

process.setMaxListeners(0);

const person = (letter: string, displayName: string) => ({
	id: letter.repeat(16),
	username: letter,
	displayName
});
const [ALICE, BOB] = [person('a', 'Alice'), person('b', 'Bob')];
const CONVERSATION = directConversationId(ALICE.id, BOB.id);

async function setup() {
	let isMember = true;
	const access: Partial<RelayAccess> = {
		access: async (user, room) => {
			if (room.type === 'home') return 'write';
			if (room.type === 'directory') return 'read';
			if (user === ALICE.id && !isMember) return 'none';
			return room.type === 'segment' ? 'write' : 'read';
		},
		conversationsOf: async () => [CONVERSATION]
	};
	const { relay, url } = await startRelay({ access, now: Date.now });
	const origin = url.replace(/^ws(.*)\/sync$/, 'http$1');
	const people = new Map([ALICE, BOB].map((each) => [each.id, each]));
	const members = new Map([...people.keys()].map((id) => [id, 'member' as const]));
	await relay.project(
		infoRoom(CONVERSATION),
		infoFacts({ kind: 'group', name: 'Kelp survey', live: 0, members, people })
	);
	const list = async (self: typeof ALICE, isListed: boolean) => {
		const id = CONVERSATION;
		const conversations = new Map(isListed ? [[id, { id, kind: 'group' as const }]] : []);
		const facts = directoryFacts({ self, conversations });
		if (!isListed) facts.set(`conversation/${id}`, null);
		await relay.project(directoryRoom(self.id), facts);
	};
	await list(ALICE, true);
	await list(BOB, true);

	async function openDevice(self: typeof ALICE, disk: MemoryDisk = createMemoryDisk()) {
		const device = await createHeadlessDevice({ self, origin, token: `${self.id}-phone`, disk });
		onTestFinished(() => device.close());
		return device;
	}
	async function open(self: typeof ALICE, disk?: MemoryDisk) {
		const device = await openDevice(self, disk);
		const conversation = device.conversations.use(CONVERSATION).sync;
		await conversation.whenLoaded;
		return { device, conversation };
	}
	return {
		open,
		openDevice,
		/** Alice is out, as the server does it: membership, what is open, and the list. */
		async remove() {
			isMember = false;
			relay.dropMember(CONVERSATION, ALICE.id);
			await list(ALICE, false);
		},
		async addAgain() {
			isMember = true;
			await list(ALICE, true);
		}
	};
}

const texts = ({ items }: ConversationSync) =>
	items.flatMap((item) => (item.type === 'message' ? [item.text] : []));
const kept = ({ salvaged }: Device) => salvaged.all.map(({ text }) => text);
const synced = (device: Device) => vi.waitFor(() => expect(device.syncState).toBe('synced'), 8_000);

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
		await alice.conversation.edit(first, { text: 'at noon', replyTo: asked });
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
