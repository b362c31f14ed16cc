import type { ConversationListItem } from './conversationListItem';

type Counted = Pick<ConversationListItem, 'unread' | 'mentions' | 'muted' | 'mentionsOnly'>;

/** How many unread messages of a conversation call for its user: as many as they want to hear of. */
export function calls({ unread, mentions, muted, mentionsOnly }: Counted): number {
	if (muted) return 0;
	return mentionsOnly ? mentions : unread;
}

/** The same of all conversations, late arrivals included. */
export const callsTotal = (items: readonly Counted[]): number =>
	items.reduce((total, item) => total + calls(item), 0);
