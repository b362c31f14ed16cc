import { command } from '$lib/server/http/endpoint';
import { Problem } from '$lib/server/http/problem';
import { NOTHING } from '$lib/server/http/routeSpec';
import { SAMPLE } from '$lib/protocol/restSamples';

export const DELETE = command(
	{
		summary: 'Revokes a personal API token',
		description: 'What it opened closes at once.',
		answers: { 204: NOTHING },
		example: { params: { id: SAMPLE.tokenId } }
	},
	({ skein, user, param }) => {
		const id = param('id');
		if (!skein.sessions.tokens.revoke(user.id, id))
			throw new Problem(404, 'no_such_token', 'You have no such token any more.');
		return { status: 204, after: () => skein.relay.dropSession(`token:${id}`) };
	}
);
