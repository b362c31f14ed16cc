import { conversationAnswer } from '$lib/server/conversations/conversationAnswer';
import { command } from '$lib/server/http/endpoint';
import { addMemberSchema } from '$lib/protocol/rest';

export const POST = command(({ skein, user, param, body }) => {
	const { conversation, added } = skein.conversations.addMember(user.id, param('id'), body.userId);
	return { status: added ? 201 : 200, answer: { conversation: conversationAnswer(conversation) } };
}, addMemberSchema);
