import { json } from '@sveltejs/kit';
import { conversationAnswer } from '$lib/server/conversations/conversationAnswer';
import { command, endpoint } from '$lib/server/http/endpoint';
import { changeGroupSchema } from '$lib/protocol/rest';

export const GET = endpoint(({ skein, user, param }) =>
	json({ conversation: conversationAnswer(skein.conversations.read(user.id, param('id'))) })
);

export const PATCH = command(({ skein, user, param, body }) => {
	const conversation = skein.groups.change(user.id, param('id'), body);
	return { status: 200, answer: { conversation: conversationAnswer(conversation) } };
}, changeGroupSchema);
