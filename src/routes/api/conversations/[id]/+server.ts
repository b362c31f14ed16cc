import { json } from '@sveltejs/kit';
import { conversationAnswer } from '$lib/server/conversations/conversationAnswer';
import { endpoint } from '$lib/server/http/endpoint';

export const GET = endpoint(({ skein, user, param }) =>
	json({ conversation: conversationAnswer(skein.conversations.read(user.id, param('id'))) })
);
