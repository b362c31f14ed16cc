/** Two people at a real relay, on devices whose wall clocks are as wrong as a test wants. */
import { onTestFinished } from 'vitest';
import { ALICE, BOB } from './cast';
import { createHeadlessDevice } from '../../src/lib/sync/headlessDevice';
import { createMemoryDisk } from '../../src/lib/sync/memoryStorage';
import { directConversationId } from '../../src/lib/domain/ids';
import { startHost } from './host.fixture';
import type { ConversationSync } from '../../src/lib/sync/conversationSync';

process.setMaxListeners(0);

export const MONTH_MS = 30 * 86_400_000;
export const CONVERSATION = directConversationId(ALICE.id, BOB.id);

export async function startClocks() {
	const relay = await startHost({ people: [ALICE, BOB], conversations: [CONVERSATION] });
	onTestFinished(() => relay.dispose());
	/** `disk`: that of a device which was closed. */
	async function open(self: typeof ALICE, aheadMs = 0, disk = createMemoryDisk()) {
		const device = await createHeadlessDevice({
			self,
			origin: relay.origin,
			token: self.id,
			disk,
			now: () => Date.now() + aheadMs
		});
		onTestFinished(() => device.close());
		const conversation = device.conversations.use(CONVERSATION).sync;
		await conversation.whenLoaded;
		return { device, conversation };
	}
	return { open };
}

export const messages = ({ items }: ConversationSync) =>
	items.flatMap((item) => (item.type === 'message' ? [item] : []));
export const texts = (conversation: ConversationSync) => messages(conversation).map(({ text }) => text);
