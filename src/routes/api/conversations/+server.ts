import { conversationAnswer } from '$lib/server/conversations/conversationAnswer';
import { command, endpoint } from '$lib/server/http/endpoint';
import { createConversationSchema } from '$lib/protocol/rest';
import { conversationAnswer as oneAnswer, conversationsAnswer } from '$lib/protocol/restAnswers';
import { SAMPLE } from '$lib/protocol/restSamples';

export const GET = endpoint(
	{
		summary: 'The conversations that one is in',
		scope: 'conversations:read',
		answers: { 200: conversationsAnswer }
	},
	({ skein, user }) => ({
		status: 200,
		answer: { conversations: skein.conversations.list(user.id).map(conversationAnswer) }
	})
);

export const POST = command(
	{
		summary: 'Starts a conversation',
		description: 'A direct one that has begun is answered with 200, as is one whose id comes again.',
		scope: 'conversations:write',
		body: createConversationSchema,
		answers: { 201: oneAnswer, 200: oneAnswer },
		example: { body: { kind: 'group', members: [SAMPLE.userId], name: 'Weavers' } }
	},
	({ skein, user, body }) => {
		const { conversation, created } = skein.conversations.create(user.id, body);
		return { status: created ? 201 : 200, answer: { conversation: conversationAnswer(conversation) } };
	}
);
