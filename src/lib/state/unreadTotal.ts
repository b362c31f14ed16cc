import type { ConversationListItem } from './conversationListItem';

/** Messages that wait to be read, those that arrived late included, in all conversations that are not muted. */
export const unreadTotal = (items: readonly Pick<ConversationListItem, 'unread' | 'muted'>[]): number =>
	items.reduce((total, { unread, muted }) => (muted ? total : total + unread), 0);
