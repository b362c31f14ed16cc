import { json } from '@sveltejs/kit';
import { agentName } from '$lib/server/auth/agentName';
import { endpoint } from '$lib/server/http/endpoint';
import type { SessionsAnswer } from '$lib/protocol/rest';

/** Where the user is logged in, the session used last first. */
export const GET = endpoint(({ skein, user, event }) => {
	const current = event.locals.caller?.sessionId;
	const sessions = skein.sessions.of(user.id).map(({ id, publicId, agent, createdAt, seenAt }) => ({
		id: publicId,
		...agentName(agent),
		current: id === current,
		createdAt,
		seenAt
	}));
	return json({ sessions } satisfies SessionsAnswer);
});

/** Ends all of them but the one that asks. */
export const DELETE = endpoint(({ skein, user, event }) => {
	for (const id of skein.sessions.endAll(user.id, event.locals.caller?.sessionId))
		skein.relay.dropSession(id);
	return new Response(null, { status: 204 });
});
