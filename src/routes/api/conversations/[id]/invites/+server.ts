import { inviteAnswer } from '$lib/server/conversations/conversationAnswer';
import { command, endpoint } from '$lib/server/http/endpoint';
import { createInviteSchema } from '$lib/protocol/rest';
import { invitesAnswer, newInviteAnswer } from '$lib/protocol/restAnswers';
import { SAMPLE } from '$lib/protocol/restSamples';

const params = { id: SAMPLE.conversationId };

export const GET = endpoint(
	{
		summary: 'The invite links of a group that hold',
		scope: 'conversations:read',
		answers: { 200: invitesAnswer },
		example: { params }
	},
	({ skein, user, param }) => ({
		status: 200,
		answer: { invites: skein.invites.list(user.id, param('id')).map(inviteAnswer) }
	})
);

export const POST = command(
	{
		summary: 'Makes an invite link',
		description: 'The link is `/invite/` and the token, which is told with the first answer alone.',
		scope: 'conversations:write',
		body: createInviteSchema,
		answers: { 201: newInviteAnswer },
		example: { params, body: { hours: 24, uses: 10 } }
	},
	({ skein, user, param, body }) => {
		const { invite, token } = skein.invites.create(user.id, param('id'), body);
		return { status: 201, answer: { invite: inviteAnswer(invite) }, secret: { token } };
	}
);
