import { formatEntryId } from '../domain/entry';
import type { ConversationModel } from './models';
import type { HeldConversation } from './heldConversation';
import type { ShownRows } from './shownRows';

type UnreadModel = Pick<
	ConversationModel,
	'unread' | 'firstUnread' | 'seen' | 'readToEnd' | 'markUnreadFrom'
>;

/** What of a conversation has not been read, and reading it. */
export function unreadMessages(held: HeldConversation, rows: ShownRows): UnreadModel {
	const { device, id, subscribe } = held;

	/** The segment in which reading stopped, if that is further back than what is loaded. */
	function stoppedBefore(): number | undefined {
		const last = device.reading.lastSegmentRead(id);
		return held.sync && last !== undefined && last < held.sync.window.first ? last : undefined;
	}

	return {
		get unread() {
			subscribe();
			const conversation = held.sync;
			if (!conversation) return { count: 0, first: undefined, late: [], beginsEarlier: false, goesOn: false };
			const { late, fresh } = held.unread;
			const first = fresh[0]?.id;
			return {
				count: late.length + fresh.length,
				first,
				late: late.map((message) => message.id),
				beginsEarlier: stoppedBefore() !== undefined || (first !== undefined && rows.standsBefore(first)),
				goesOn: conversation.hasLater
			};
		},
		async firstUnread() {
			const conversation = held.sync;
			if (!conversation) return undefined;
			const first = () => device.reading.unread(conversation).fresh[0]?.id;
			const segment = stoppedBefore();
			if (segment === undefined) return first();
			await conversation.showEntry(formatEntryId({ segment, client: 0, s: 0 }));
			await rows.arrives(conversation);
			while (first() === undefined && conversation.hasLater) {
				await conversation.loadLater();
				await rows.arrives(conversation);
			}
			return first();
		},
		seen(ids) {
			const conversation = held.sync;
			const messages = ids.flatMap((each) => conversation?.message(each) ?? []);
			if (conversation && messages.length > 0) device.reading.seen(conversation, messages);
		},
		readToEnd() {
			const conversation = held.sync;
			const fresh = conversation ? device.reading.unread(conversation).fresh : [];
			if (conversation && fresh.length > 0) device.reading.seen(conversation, fresh);
		},
		markUnreadFrom(from) {
			const conversation = held.sync;
			if (conversation) device.reading.unreadFrom(conversation, from);
		}
	};
}
