import { adminEndpoint } from '$lib/server/http/endpoint';
import { NOTHING } from '$lib/server/http/routeSpec';
import { SAMPLE } from '$lib/protocol/restSamples';

export const DELETE = adminEndpoint(
	{
		summary: 'Ends all sessions of an account, its personal API tokens and its webhooks',
		answers: { 204: NOTHING },
		example: { params: { id: SAMPLE.userId } }
	},
	({ skein, user, param, once }) =>
		once(() => {
			const dropped = skein.administration.endSessions(user.id, param('id'));
			return { status: 204, after: () => dropped.forEach((session) => skein.relay.dropSession(session)) };
		})
);
