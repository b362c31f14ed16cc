/** Who has switched off on one device that others hear what they read, against a real relay: no device tells any more. */
import { expect, it, onTestFinished, vi } from 'vitest';
import { ALICE, BOB } from './cast';
import { createHeadlessDevice } from '../../src/lib/sync/headlessDevice';
import { createMemoryDisk, type MemoryDisk } from '../../src/lib/sync/memoryStorage';
import { directConversationId } from '../../src/lib/domain/ids';
import { KIND } from '../../src/lib/domain/entry';
import { RECEIPTS_OFF } from '../../src/lib/sync/reading';
import { startRelay } from '../../sync-server/relay.fixture';
import type { ConversationSync } from '../../src/lib/sync/conversationSync';
import type { Person } from '../../src/lib/domain/people';

process.setMaxListeners(0);

const CONVERSATION = directConversationId(ALICE.id, BOB.id);
const PATIENCE = { timeout: 8_000 };

const messages = ({ items }: ConversationSync) =>
	items.flatMap((item) => (item.type === 'message' ? [item] : []));
/** Whatever of receipts has come here, be it erased since. */
const receipts = (conversation: ConversationSync) =>
	conversation.entriesOf(0).filter(({ kind }) => kind === KIND.receipt);

async function lab() {
	const { url } = await startRelay({
		access: { access: async () => 'write', conversationsOf: async () => [CONVERSATION] },
		now: Date.now
	});
	return async (self: Person, disk: MemoryDisk = createMemoryDisk()) => {
		const origin = url.replace(/^ws(.*)\/sync$/, 'http$1');
		const device = await createHeadlessDevice({ self, origin, token: `${self.id}-phone`, disk });
		onTestFinished(() => device.close());
		const conversation = device.conversations.use(CONVERSATION).sync;
		await conversation.whenLoaded;
		conversation.connect();
		return { device, conversation };
	};
}

/** Alice has Bob's first message on two devices, and reads it on the phone, which is offline. */
async function readOffline(disk?: MemoryDisk) {
	const open = await lab();
	const [phone, laptop, bob] = [await open(ALICE, disk), await open(ALICE), await open(BOB)];
	for (const { device } of [phone, laptop, bob]) device.connect();
	bob.conversation.send({ text: 'low water at noon' });
	for (const { conversation } of [phone, laptop])
		await vi.waitFor(() => expect(messages(conversation)).toHaveLength(1), PATIENCE);
	await vi.waitFor(() => expect(phone.device.home.room.status.at).toBe('synced'), PATIENCE);
	phone.device.disconnect();
	phone.device.reading.seen(phone.conversation, messages(phone.conversation));
	await vi.waitFor(() => expect(phone.conversation.leaving).toEqual([0]), PATIENCE);
	return { open, phone, laptop, bob };
}

/** What the phone writes next has come to Bob, so whatever it wrote before has. */
async function comesTo(bob: ConversationSync, phone: ConversationSync): Promise<void> {
	phone.send({ text: 'on my way' });
	await vi.waitFor(() => expect(messages(bob)).toHaveLength(2), PATIENCE);
}

it('a receipt that waits on a device leaves with the next connection', async () => {
	const { phone, bob } = await readOffline();
	phone.device.connect();
	await vi.waitFor(() => expect(receipts(bob.conversation)).toHaveLength(1), PATIENCE);
});

it('a receipt that waits on a device that was away is withdrawn before it leaves', async () => {
	const { phone, laptop, bob } = await readOffline();
	laptop.device.home.set(RECEIPTS_OFF, true);
	await vi.waitFor(() => expect(laptop.device.home.room.allTaken).toBe(true), PATIENCE);
	phone.device.connect();
	await comesTo(bob.conversation, phone.conversation);
	expect(receipts(bob.conversation)).toEqual([]);
	expect(phone.conversation.leaving).toEqual([]);
});

it('so is one of an earlier page, on a device that hears of it only now', async () => {
	const disk = createMemoryDisk();
	const { open, phone, laptop, bob } = await readOffline(disk);
	await phone.device.close();
	laptop.device.home.set(RECEIPTS_OFF, true);
	await vi.waitFor(() => expect(laptop.device.home.room.allTaken).toBe(true), PATIENCE);
	const again = await open(ALICE, disk);
	await vi.waitFor(() => expect(again.conversation.leaving).toEqual([0]), PATIENCE);
	again.device.connect();
	await comesTo(bob.conversation, again.conversation);
	expect(receipts(bob.conversation)).toEqual([]);
});

it('so is one that waits where it is switched off', async () => {
	const { phone, bob } = await readOffline();
	phone.device.home.set(RECEIPTS_OFF, true);
	phone.device.connect();
	await comesTo(bob.conversation, phone.conversation);
	expect(receipts(bob.conversation)).toEqual([]);
});
