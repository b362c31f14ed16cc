/** What of own messages only this device has, of all conversations that are open: those in which anything waits are. */
import { membershipAwaited } from '../sync/membershipFirst';
import { repliesSince, unsentDeletions, unsentMessages } from './repliesSince';
import type { ConversationSync } from '../sync/conversationSync';
import type { DeletionRow, OnlyHereItem } from './onlyHereRows';
import type { Device } from '../sync/device';
import type { TimelineMessage } from '../domain/timeline';

type Held = Pick<Device, 'conversations' | 'outbox' | 'salvaged' | 'self' | 'summaries'>;

const oldestFirst = <Row extends DeletionRow>(rows: Row[]): Row[] => rows.sort((a, b) => a.at - b.at);

const rowOf = ({ summaries }: Held, { id }: ConversationSync, message: TimelineMessage): DeletionRow => ({
	conversation: id,
	conversationName: summaries.get(id)?.name ?? '',
	id: message.id,
	at: message.stamp.ms
});

/** Own messages that exist only on this device. */
export function onlyHereItems(device: Held): readonly OnlyHereItem[] {
	const waits = {
		outbox: () => device.outbox,
		conversation: device.conversations.get
	};
	const all = device.conversations.values().flatMap((sync) => {
		const replies = repliesSince(sync, device.self.id);
		// Copied already, and about to be erased: it stands among what can never leave.
		const behind = membershipAwaited(sync.id, waits);
		const unsent = unsentMessages(sync).filter(({ source }) => !device.salvaged.has(sync.id, source));
		return unsent.map((message) => ({
			...rowOf(device, sync, message),
			text: message.text,
			cancellable: !sync.isSent(message),
			repliesSince: replies.get(message.id) ?? 0,
			behind
		}));
	});
	return oldestFirst(all);
}

/** Own messages that are deleted for everyone, which the others do not know yet. */
export const deletionRows = (device: Held): readonly DeletionRow[] =>
	oldestFirst(
		device.conversations
			.values()
			.flatMap((sync) => unsentDeletions(sync).map((message) => rowOf(device, sync, message)))
	);
