import { conversationAnswer, conversationOutcome } from '$lib/server/conversations/conversationAnswer';
import { command, endpoint } from '$lib/server/http/endpoint';
import { changeGroupSchema } from '$lib/protocol/rest';
import { conversationAnswer as oneAnswer } from '$lib/protocol/restAnswers';
import { SAMPLE } from '$lib/protocol/restSamples';

const params = { id: SAMPLE.conversationId };

export const GET = endpoint(
	{
		summary: 'A conversation and who is in it',
		scope: 'conversations:read',
		answers: { 200: oneAnswer },
		example: { params }
	},
	({ skein, user, param }) => ({
		status: 200,
		answer: { conversation: conversationAnswer(skein.conversations.read(user.id, param('id'))) }
	})
);

export const PATCH = command(
	{
		summary: 'Changes a group',
		description: 'With `was`, nothing changes if the group is no longer as the person saw it.',
		scope: 'conversations:write',
		rate: 'change',
		body: changeGroupSchema,
		answers: { 200: oneAnswer },
		example: { params, body: { name: 'Weavers of the valley' } }
	},
	({ skein, user, param, body }) => {
		const conversation = skein.groups.change(user.id, param('id'), body);
		return conversationOutcome(200, conversation);
	}
);
