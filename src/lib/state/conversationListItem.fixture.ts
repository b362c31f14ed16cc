import type { ConversationListItem } from './conversationListItem';

/** An item of the list for a test: a group with nothing to tell, but for what is given. */
export const listItem = (of: Partial<ConversationListItem> = {}): ConversationListItem => ({
	id: 'k',
	kind: 'group',
	name: 'Kelp survey',
	swatch: [],
	picture: undefined,
	last: undefined,
	unsent: 0,
	unread: 0,
	unreadGoesOn: false,
	mentions: 0,
	late: 0,
	asking: 0,
	draft: '',
	draftHere: '',
	pinned: false,
	muted: false,
	mentionsOnly: false,
	pending: false,
	loaded: true,
	...of
});
