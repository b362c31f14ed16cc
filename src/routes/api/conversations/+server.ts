import { json } from '@sveltejs/kit';
import { conversationAnswer } from '$lib/server/conversations/conversationAnswer';
import { command, endpoint } from '$lib/server/http/endpoint';
import { createConversationSchema } from '$lib/protocol/rest';

export const GET = endpoint(({ skein, user }) =>
	json({ conversations: skein.conversations.list(user.id).map(conversationAnswer) })
);

export const POST = command(({ skein, user, body }) => {
	const { conversation, created } = skein.conversations.create(user.id, body);
	return { status: created ? 201 : 200, answer: { conversation: conversationAnswer(conversation) } };
}, createConversationSchema);
