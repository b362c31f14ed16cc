import { endpoint } from '$lib/server/http/endpoint';
import { messagesQuery } from '$lib/protocol/rest';
import { messagesAnswer } from '$lib/protocol/restAnswers';
import { SAMPLE } from '$lib/protocol/restSamples';

export const GET = endpoint(
	{
		summary: 'A page of a conversation, read backwards from its end',
		scope: 'messages:read',
		rate: 'page',
		query: messagesQuery,
		answers: { 200: messagesAnswer },
		example: { params: { id: SAMPLE.conversationId }, query: { limit: '20' } }
	},
	async ({ skein, user, param, query }) => {
		const conversation = skein.conversations.read(user.id, param('id'));
		return { status: 200, answer: await skein.messages.read(user.id, conversation, query) };
	}
);
