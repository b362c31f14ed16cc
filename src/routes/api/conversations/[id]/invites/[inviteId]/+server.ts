import { command } from '$lib/server/http/endpoint';
import { NOTHING } from '$lib/server/http/routeSpec';
import { SAMPLE } from '$lib/protocol/restSamples';

export const DELETE = command(
	{
		summary: 'Revokes an invite link',
		scope: 'conversations:write',
		answers: { 204: NOTHING },
		example: { params: { id: SAMPLE.conversationId, inviteId: SAMPLE.inviteId } }
	},
	({ skein, user, param }) => {
		skein.invites.revoke(user.id, param('id'), param('inviteId'));
		return { status: 204 };
	}
);
