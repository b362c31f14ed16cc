import { command } from '$lib/server/http/endpoint';
import { Problem } from '$lib/server/http/problem';
import { NOTHING } from '$lib/server/http/routeSpec';
import { SAMPLE } from '$lib/protocol/restSamples';

export const DELETE = command(
	{
		summary: 'Ends a session, by the id that the list gives it',
		answers: { 204: NOTHING },
		example: { params: { id: SAMPLE.sessionId } }
	},
	({ skein, user, param }) => {
		const id = skein.sessions.endOne(user.id, param('id'));
		if (id === undefined) throw new Problem(404, 'no_such_session', 'You have no such session any more.');
		return { status: 204, after: () => skein.relay.dropSession(id) };
	}
);
