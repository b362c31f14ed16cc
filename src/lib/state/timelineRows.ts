import { createKeptItems } from './keptItems';
import type { ConversationSync } from '../sync/conversationSync';
import type { EntryId } from '../domain/entry';
import type { EventRow, MessageRow, QuoteRow, TimelineRow } from './timelineRow';
import type { Quote } from '../domain/quote';
import type { Reading } from '../sync/reading';
import type { TimelineEvent, TimelineItem, TimelineMessage } from '../domain/timeline';
import type { UserId } from '../domain/ids';
import { parseEntryId } from '../domain/entry';

export interface RowContext {
	readonly conversation: ConversationSync;
	/** What a reply answers. */
	readonly quote: (id: EntryId) => Quote;
	readonly reading: Reading;
	readonly self: UserId;
	readonly nameOf: (user: UserId) => string;
	readonly pictureOf: (user: UserId) => string | undefined;
	readonly late: ReadonlySet<EntryId>;
	/** Of own messages that have not left: how many of others have come behind each. */
	readonly repliesSince: ReadonlyMap<EntryId, number>;
	/** Whom one has blocked. */
	readonly blocked: Pick<ReadonlySet<UserId>, 'has'>;
	/** One is a moderator here. */
	readonly mayModerate: boolean;
	/** Messages that a moderator's word which waits on this device deletes. */
	readonly removing: ReadonlySet<EntryId>;
}

/**
 * Timeline items as rows. A row whose content has not changed is the same object as before, so that only rows that
 * did change are drawn again; and while none has, all of them are the same array.
 */
export function createRows() {
	const kept = createKeptItems<TimelineRow>();
	return (items: readonly TimelineItem[], context: RowContext): readonly TimelineRow[] =>
		kept(
			items.map((item) => (item.type === 'message' ? messageRow(item, context) : eventRow(item, context)))
		);
}

export function messageRow(told: TimelineMessage, context: RowContext): MessageRow {
	const { conversation, reading, self, nameOf, pictureOf } = context;
	const removing = !told.deleted && context.removing.has(told.id);
	const message = removing ? { ...told, ...REMOVED } : told;
	const own = message.author === self;
	const readers = own && !message.deleted ? reading.readers(conversation, message) : [];
	const out = conversation.isSent(message);
	const shownIsOut = out && isOut(message.source, conversation);
	return {
		type: 'message',
		id: message.id,
		author: message.author,
		authorName: nameOf(message.author),
		authorPicture: pictureOf(message.author),
		own,
		text: message.text,
		at: message.stamp.ms,
		state: own ? (!shownIsOut ? 'queued' : readers.length > 0 ? 'read' : 'sent') : undefined,
		cancellable: own && !out,
		readBy: readers.map(nameOf),
		replyTo: message.replyTo === undefined ? undefined : quoteRow(message.replyTo, context),
		forwardedFrom: message.forwardedFrom,
		versions: message.versions.map(({ text, stamp }) => ({ text, at: stamp.ms })),
		deleted: message.deleted,
		blocked: !own && context.blocked.has(message.author),
		moderated: message.moderator !== undefined,
		removing,
		removable: !message.deleted && (own || context.mayModerate),
		reactions: message.reactions.map(({ emoji, users }) => ({
			emoji,
			own: users.includes(self),
			names: users.map(nameOf)
		})),
		pinned: message.pinned,
		late: context.late.has(message.id),
		repliesSince: context.repliesSince.get(message.id) ?? 0
	};
}

/** What is left to show of a message that is deleted. */
const REMOVED = {
	deleted: true,
	text: '',
	replyTo: undefined,
	forwardedFrom: undefined,
	versions: [],
	reactions: [],
	pinned: false
};

function isOut(id: EntryId, conversation: ConversationSync): boolean {
	const ref = parseEntryId(id);
	return ref === undefined || conversation.isSent(ref);
}

export function quoteRow(
	id: EntryId,
	{ quote: quoteOf, nameOf, removing, blocked }: Pick<RowContext, 'quote' | 'nameOf' | 'removing' | 'blocked'>
): QuoteRow {
	if (removing.has(id)) return { state: 'deleted', id };
	const quote = quoteOf(id);
	if (quote.state !== 'shown') return { state: quote.state, id };
	if (blocked.has(quote.message.author)) return { state: 'blocked', id };
	return { state: 'shown', id, authorName: nameOf(quote.message.author), text: quote.message.text };
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
