import { conversationAnswer, conversationOutcome } from '$lib/server/conversations/conversationAnswer';
import { command, endpoint } from '$lib/server/http/endpoint';
import { PAGE_MEMBERS_MAX } from '$lib/domain/limits';
import { conversationsQuery, createConversationSchema } from '$lib/protocol/rest';
import { conversationAnswer as oneAnswer, conversationsAnswer } from '$lib/protocol/restAnswers';
import { SAMPLE } from '$lib/protocol/restSamples';

export const GET = endpoint(
	{
		summary: 'The conversations that one is in, the newest made first, a page at a time',
		description: `A page ends sooner where those on it have more than ${PAGE_MEMBERS_MAX} members together.`,
		scope: 'conversations:read',
		rate: 'page',
		query: conversationsQuery,
		answers: { 200: conversationsAnswer },
		example: { query: { limit: '20' } }
	},
	({ skein, user, query }) => {
		const { conversations, cursor } = skein.conversations.list(user.id, query);
		return { status: 200, answer: { conversations: conversations.map(conversationAnswer), cursor } };
	}
);

export const POST = command(
	{
		summary: 'Starts a conversation',
		description: 'A direct one that has begun is answered with 200, as is one whose id comes again.',
		scope: 'conversations:write',
		rate: 'begin',
		body: createConversationSchema,
		answers: { 201: oneAnswer, 200: oneAnswer },
		example: { body: { kind: 'group', members: [SAMPLE.userId], name: 'Weavers' } }
	},
	({ skein, user, body }) => {
		const { conversation, created } = skein.conversations.create(user.id, body);
		return conversationOutcome(created ? 201 : 200, conversation);
	}
);
