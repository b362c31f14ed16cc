/** Two people at a real relay, on devices whose wall clocks are as wrong as a test wants. */
import { onTestFinished } from 'vitest';
import { ALICE, BOB } from './cast';
import { createDevice } from '../../src/lib/sync/device';
import { createMemoryDisk } from '../../src/lib/sync/memoryStorage';
import { directConversationId } from '../../src/lib/domain/ids';
import { headlessPorts } from '../../src/lib/sync/headlessDevice';
import { startHost } from './host.fixture';
import type { SegmentLimits } from '../../src/lib/domain/limits';
import type { ConversationSync } from '../../src/lib/sync/conversationSync';

process.setMaxListeners(0);

export const MONTH_MS = 30 * 86_400_000;
export const CONVERSATION = directConversationId(ALICE.id, BOB.id);

/** `limits`: when a segment is full, if not as everywhere. */
export async function startClocks(limits?: SegmentLimits) {
	const relay = await startHost({ people: [ALICE, BOB], conversations: [CONVERSATION], limits });
	onTestFinished(() => relay.dispose());
	/** `disk`: that of a device which was closed. */
	async function open(self: typeof ALICE, aheadMs = 0, disk = createMemoryDisk()) {
		const now = () => Date.now() + aheadMs;
		const device = await createDevice({
			self,
			origin: relay.origin,
			token: self.id,
			ports: headlessPorts({ token: self.id, disk, now }),
			segmentLimits: limits
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
