/** What of one's own only this device has, of all conversations that are open: those in which anything waits are. */
import { membershipAwaited } from '../sync/membershipFirst';
import { repliesSince, unsentMessages } from './repliesSince';
import { textPreview } from '../domain/text';
import { waitingDeeds, type Deed } from '../domain/unsentMessages';
import type { Command } from '../sync/commands/commandTable';
import type { ConversationId } from '../domain/ids';
import type { ConversationSync } from '../sync/conversationSync';
import type { DeedRow, OnlyHereItem } from './onlyHereRows';
import type { Device } from '../sync/device';
import type { EntryId } from '../domain/entry';

type Held = Pick<Device, 'conversations' | 'outbox' | 'salvaged' | 'self' | 'summaries'>;

/** Characters of a message to know it by. */
const EXCERPT_MAX = 80;

const oldestFirst = <Row extends { readonly at: number }>(rows: Row[]): Row[] =>
	rows.sort((a, b) => a.at - b.at);

const whereOf = ({ summaries }: Held, { id: conversation }: ConversationSync, id: EntryId) => ({
	conversation,
	conversationName: summaries.get(conversation)?.name ?? '',
	id
});

/** What has to leave before what is written in this conversation does; undefined if there is nothing. */
export const behindCommand = (device: Held, id: ConversationId): Command | undefined =>
	membershipAwaited(id, { outbox: () => device.outbox, conversation: device.conversations.get });

/** Own messages that exist only on this device. */
export function onlyHereItems(device: Held): readonly OnlyHereItem[] {
	const all = device.conversations.values().flatMap((sync) => {
		const replies = repliesSince(sync, device.self.id);
		// Copied already, and about to be erased: it stands among what can never leave.
		const behind = behindCommand(device, sync.id);
		const unsent = unsentMessages(sync).filter(({ source }) => !device.salvaged.has(sync.id, source));
		return unsent.map((message) => ({
			...whereOf(device, sync, message.id),
			text: message.text,
			at: message.stamp.ms,
			cancellable: !sync.isSent(message),
			repliesSince: replies.get(message.id) ?? 0,
			behind
		}));
	});
	return oldestFirst(all);
}

/** What one has done to messages that the others do not know of. */
export const deedRows = (device: Held): readonly DeedRow[] =>
	oldestFirst(
		device.conversations
			.values()
			.flatMap((sync) => waitingDeeds(sync).flatMap((deed) => deedRow(device, sync, deed) ?? []))
	);

function deedRow(device: Held, sync: ConversationSync, deed: Deed): DeedRow | undefined {
	const { type, target, emoji = '', on = true, entry } = deed;
	if (type === 'message') return undefined;
	const takeBack = async () => {
		const isTaken = await sync.takeBack(deed);
		await sync.stored();
		return isTaken;
	};
	return {
		...whereOf(device, sync, target),
		type,
		emoji,
		on,
		text: textPreview(sync.message(target)?.text ?? '', EXCERPT_MAX),
		at: entry.stamp.ms,
		...(type === 'redaction' ? {} : { cancel: takeBack })
	};
}
