import type { ConversationSync } from '../sync/conversationSync';
import type { EventRow, MessageRow, TimelineRow } from './models';
import type { TimelineEvent, TimelineItem, TimelineMessage } from '../domain/timeline';
import type { EntryId } from '../domain/entry';
import type { UserId } from '../domain/ids';

export interface RowContext {
	readonly conversation: ConversationSync;
	readonly self: UserId;
	readonly nameOf: (user: UserId) => string;
}

/**
 * Timeline items as rows. A row whose content has not changed is the same object as before, so that only rows that
 * did change are drawn again.
 */
export function createRows() {
	let rows = new Map<EntryId, TimelineRow>();

	return function rowsOf(items: readonly TimelineItem[], context: RowContext): readonly TimelineRow[] {
		const messages = new Map<EntryId, TimelineMessage>();
		for (const item of items) if (item.type === 'message') messages.set(item.id, item);
		const next = new Map<EntryId, TimelineRow>();
		for (const item of items) {
			const row = item.type === 'message' ? messageRow(item, messages, context) : eventRow(item, context);
			const held = rows.get(item.id);
			next.set(item.id, held && sameRow(held, row) ? held : row);
		}
		rows = next;
		return [...next.values()];
	};
}

function messageRow(message: TimelineMessage, messages: ReadonlyMap<EntryId, TimelineMessage>, context: RowContext): MessageRow {
	const own = message.author === context.self;
	const target = message.replyTo === undefined ? undefined : messages.get(message.replyTo);
	return {
		type: 'message',
		id: message.id,
		author: message.author,
		authorName: context.nameOf(message.author),
		own,
		text: message.text,
		at: message.stamp.ms,
		state: own ? (context.conversation.isSent(message) ? 'sent' : 'queued') : undefined,
		replyTo: target && { id: target.id, authorName: context.nameOf(target.author), text: target.text }
	};
}

const eventRow = (event: TimelineEvent, { nameOf }: RowContext): EventRow => ({
	type: 'event',
	id: event.id,
	event: event.event,
	byName: event.by === undefined ? '' : nameOf(event.by),
	whoNames: (event.who ?? []).map(nameOf),
	name: event.name,
	at: event.stamp.ms
});

const sameRow = (a: TimelineRow, b: TimelineRow): boolean => JSON.stringify(a) === JSON.stringify(b);
