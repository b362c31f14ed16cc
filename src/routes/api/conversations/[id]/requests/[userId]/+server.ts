import { conversationOutcome } from '$lib/server/conversations/conversationAnswer';
import { command, endpoint } from '$lib/server/http/endpoint';
import { NOTHING } from '$lib/server/http/routeSpec';
import { conversationAnswer as oneAnswer } from '$lib/protocol/restAnswers';
import { SAMPLE } from '$lib/protocol/restSamples';

const example = { params: { id: SAMPLE.conversationId, userId: SAMPLE.askingId } };

export const POST = endpoint(
	{
		summary: 'Lets in somebody who asks',
		scope: 'conversations:write',
		rate: 'change',
		answers: { 201: oneAnswer },
		example
	},
	async ({ skein, user, param, once }) => {
		await skein.keeper.settled();
		return once(() => {
			const conversation = skein.invites.admit(user.id, param('id'), param('userId'));
			return conversationOutcome(201, conversation);
		});
	}
);

export const DELETE = command(
	{
		summary: 'Says no to somebody who asks; of oneself: asks no more',
		scope: 'conversations:write',
		answers: { 204: NOTHING },
		example
	},
	({ skein, user, param }) => {
		skein.invites.refuse(user.id, param('id'), param('userId'));
		return { status: 204 };
	}
);
