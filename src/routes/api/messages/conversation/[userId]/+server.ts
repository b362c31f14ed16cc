import { endpoint } from '$lib/server/http/endpoint';
import { noSuchUser } from '$lib/server/http/problem';
import { messagesQuery } from '$lib/protocol/rest';
import { messagesAnswer } from '$lib/protocol/restAnswers';
import { SAMPLE } from '$lib/protocol/restSamples';

export const GET = endpoint(
	{
		summary: 'A page of the direct conversation with a person',
		description: 'No messages if it has not begun.',
		scope: 'messages:read',
		rate: 'page',
		query: messagesQuery,
		answers: { 200: messagesAnswer },
		example: { params: { userId: SAMPLE.userId } }
	},
	async ({ skein, user, param, query }) => {
		if (!skein.people.person(param('userId'))) throw noSuchUser();
		const conversation = skein.conversations.directWith(user.id, param('userId'));
		const answer = conversation ? await skein.messages.read(user.id, conversation, query) : { messages: [] };
		return { status: 200, answer };
	}
);
