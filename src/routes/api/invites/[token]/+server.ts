import { invitedAnswer } from '$lib/server/conversations/conversationAnswer';
import { openEndpoint } from '$lib/server/http/endpoint';
import { invitedAnswer as schema } from '$lib/protocol/restAnswers';
import { SAMPLE } from '$lib/protocol/restSamples';

export const GET = openEndpoint(
	{
		summary: 'What an invite link leads to',
		description: 'For people without account too.',
		answers: { 200: schema },
		example: { params: { token: SAMPLE.inviteToken } }
	},
	({ skein, event, param }) => ({
		status: 200,
		answer: invitedAnswer(skein.invites.open(param('token'), event.locals.user?.id))
	})
);
