/** What a command that comes again is answered, where its answer is not kept: how things stand by now. */
import type { Subject } from './commandLog';
import type { Administration } from '../administration/administration';
import { conversationAnswer } from '../conversations/conversationAnswer';
import type { Conversation, ConversationStore } from '../conversations/conversationStore';
import { noSuchConversation } from '../http/problem';
import type { UserId } from '../../domain/ids';

interface RetellParts {
	readonly conversations: ConversationStore;
	readonly administration: Administration;
}

export const retellFrom =
	({ conversations, administration }: RetellParts) =>
	(user: UserId, about: Subject): object => {
		if ('account' in about) return { user: administration.account(about.account) };
		const conversation = conversations.find(about.conversation);
		if (!conversation) throw noSuchConversation();
		const isMember = conversation.members.some(({ id }) => id === user);
		return { conversation: conversationAnswer(isMember ? conversation : untold(conversation)) };
	};

/** For who was in it as they were answered first: that it was done they may know, and nothing that has come since. */
const untold = ({ id, kind, creator, createdAt }: Conversation): Conversation => ({
	id,
	kind,
	creator,
	createdAt,
	name: '',
	description: '',
	picture: null,
	history: 'start',
	joining: 'open',
	live: 0,
	members: []
});
