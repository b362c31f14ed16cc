import type { CreateConversationRequest } from '../../protocol/rest';
import type { KindsOf } from './commandKind';
import type { Person } from '../../domain/people';

export interface CreateConversation {
	readonly request: CreateConversationRequest & { readonly id: string };
	/** Who is in it, so that it has names before the server has answered. */
	readonly people: readonly Person[];
}

/** Commands about a conversation as one user has it. What is shown of a new one, newConversations knows. */
export interface ConversationCommands {
	'create-conversation': CreateConversation;
}

export const conversationCommands: KindsOf<ConversationCommands> = {
	'create-conversation': {
		conversation: ({ request }) => request.id,
		touches: ({ request }) => [request.id],
		// Whom one has unblocked before can be written to only then; to block somebody waits for no conversation.
		waitsFor: ({ request }) => request.members,
		people: ({ people }) => people
	}
};
