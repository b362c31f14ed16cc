import { conversationOutcome } from '$lib/server/conversations/conversationAnswer';
import { endpoint } from '$lib/server/http/endpoint';
import { addMemberSchema } from '$lib/protocol/rest';
import { conversationAnswer as oneAnswer } from '$lib/protocol/restAnswers';
import { SAMPLE } from '$lib/protocol/restSamples';

export const POST = endpoint(
	{
		summary: 'Adds somebody to a group',
		scope: 'conversations:write',
		rate: 'change',
		body: addMemberSchema,
		answers: { 201: oneAnswer, 200: oneAnswer },
		example: { params: { id: SAMPLE.conversationId }, body: { userId: SAMPLE.userId } }
	},
	async ({ skein, user, param, body, once }) => {
		// Whether anybody has written in the live segment decides where the history of who joins begins.
		await skein.keeper.settled();
		return once(() => {
			const { conversation, added } = skein.membership.add(user.id, param('id'), body.userId, body.at);
			return conversationOutcome(added ? 201 : 200, conversation);
		});
	}
);
