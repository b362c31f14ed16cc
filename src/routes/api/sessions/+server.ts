import { agentName } from '$lib/server/auth/agentName';
import { endpoint } from '$lib/server/http/endpoint';
import { NOTHING } from '$lib/server/http/routeSpec';
import { sessionsAnswer } from '$lib/protocol/restAnswers';

export const GET = endpoint(
	{ summary: 'Where one is logged in, the session used last first', answers: { 200: sessionsAnswer } },
	({ skein, user, event }) => {
		const current = event.locals.caller?.sessionId;
		const sessions = skein.sessions.of(user.id).map(({ id, publicId, agent, createdAt, seenAt }) => ({
			id: publicId,
			...agentName(agent),
			current: id === current,
			createdAt,
			seenAt
		}));
		return { status: 200, answer: { sessions } };
	}
);

export const DELETE = endpoint(
	{ summary: 'Ends all sessions but the one that asks', answers: { 204: NOTHING } },
	({ skein, user, event }) => {
		for (const id of skein.sessions.endAll(user.id, event.locals.caller?.sessionId))
			skein.relay.dropSession(id);
		return { status: 204 };
	}
);
