import { agentName } from '$lib/server/auth/agentName';
import { command, endpoint } from '$lib/server/http/endpoint';
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

export const DELETE = command(
	{ summary: 'Ends all sessions but the one that asks', answers: { 204: NOTHING } },
	({ skein, user, event }) => {
		const ended = skein.sessions.endAll(user.id, event.locals.caller?.sessionId);
		return { status: 204, after: () => ended.forEach((id) => skein.relay.dropSession(id)) };
	}
);
