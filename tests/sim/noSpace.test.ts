/** A person whose share of the relay's store is full, against a real relay: nothing typed is lost, and all goes on. */
import { expect, it, onTestFinished, vi } from 'vitest';
import { ALICE, BOB } from './cast';
import { createHeadlessDevice } from '../../src/lib/sync/headlessDevice';
import { directConversationId } from '../../src/lib/domain/ids';
import { startRelay } from '../../sync-server/relay.fixture';
import type { ConversationSync } from '../../src/lib/sync/conversationSync';

process.setMaxListeners(0);

const CONVERSATION = directConversationId(ALICE.id, BOB.id);
const LONG = 'x'.repeat(5_000);

const messages = ({ items }: ConversationSync) =>
	items.flatMap((item) => (item.type === 'message' ? [item] : []));
const texts = (conversation: ConversationSync) => messages(conversation).map(({ text }) => text);

it('what does not fit any more is kept for its writer, others are heard, and deleting makes space', async () => {
	const { url } = await startRelay({
		access: { access: async () => 'write', conversationsOf: async () => [CONVERSATION] },
		limits: { roomBytesMax: 16_000 },
		now: Date.now
	});
	const open = async (self: typeof ALICE) => {
		const origin = url.replace(/^ws(.*)\/sync$/, 'http$1');
		const device = await createHeadlessDevice({ self, origin, token: `${self.id}-phone` });
		onTestFinished(() => device.close());
		const conversation = device.conversations.use(CONVERSATION).sync;
		await conversation.whenLoaded;
		device.connect();
		conversation.connect();
		return { device, conversation };
	};
	const [alice, bob] = [await open(ALICE), await open(BOB)];
	const sent = [1, 2, 3].map((n) => alice.conversation.send({ text: `${n}${LONG}` }));
	await vi.waitFor(() => expect(texts(bob.conversation)).toHaveLength(3), 8_000);

	alice.conversation.send({ text: `one too many${LONG}` });
	await vi.waitFor(() => {
		expect(alice.device.salvaged.all).toMatchObject([{ text: `one too many${LONG}`, reason: 'noSpace' }]);
		expect(alice.conversation.unsent).toEqual([]);
	}, 8_000);
	bob.conversation.send({ text: 'still heard' });
	await vi.waitFor(() => expect(texts(alice.conversation)).toContain('still heard'), 8_000);

	await alice.conversation.remove(sent[0]!);
	alice.conversation.send({ text: 'fits again' });
	await vi.waitFor(() => expect(texts(bob.conversation)).toContain('fits again'), 8_000);
	expect(texts(bob.conversation).some((text) => text?.startsWith('one too many'))).toBe(false);
	expect(alice.device.salvaged.all).toHaveLength(1);
});
