import { json } from '@sveltejs/kit';
import { conversationAnswer } from '$lib/server/conversations/conversationAnswer';
import { endpoint } from '$lib/server/http/endpoint';
import { createConversationSchema } from '$lib/protocol/rest';

export const GET = endpoint(({ skein, user }) =>
	json({ conversations: skein.conversations.list(user.id).map(conversationAnswer) })
);

export const POST = endpoint(async ({ skein, user, body }) => {
	const { conversation, created } = skein.conversations.create(user.id, body);
	await skein.projector.bringUp();
	return json({ conversation: conversationAnswer(conversation) }, { status: created ? 201 : 200 });
}, createConversationSchema);
