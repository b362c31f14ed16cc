import type { Conversation } from './conversationStore';
import type { ConversationAnswer } from '../../protocol/rest';

/** A conversation as the REST API tells it. */
export function conversationAnswer({
	id,
	kind,
	name,
	members,
	live,
	createdAt
}: Conversation): ConversationAnswer {
	return { id, kind, name, members, live, createdAt };
}
