import type { Answered } from './outcomeAnswer';
import type { ApiEvent } from './routeSpec';
import { sessionCookie } from '../auth/sessionCookie';
import { SESSION_LIFE_S } from '../auth/sessions';
import type { SkeinServer } from '../skeinServer';
import type { OwnUser, SessionAnswer } from '../../protocol/rest';

/**
 * Starts a session and answers with it: in a cookie for browsers, as a token for other clients. The session of the
 * cookie that it replaces ends: nobody would have its token any more. So does one that is too many.
 */
export async function sessionAnswer(
	skein: SkeinServer,
	{ url, locals, request }: ApiEvent,
	user: OwnUser,
	status: number
): Promise<Answered> {
	const replaced = locals.caller?.by === 'cookie' ? locals.caller.sessionId : undefined;
	if (replaced !== undefined) {
		await skein.sessions.end(replaced);
		skein.relay.dropSession(replaced);
	}
	const token = await skein.sessions.start(user.id, request.headers.get('user-agent') ?? '');
	for (const ended of skein.sessions.endBeyondMax(user.id)) skein.relay.dropSession(ended);
	skein.log.info({ user: user.id, address: locals.address }, 'somebody has logged in');
	return tokenAnswer(url, { user, token }, status);
}

/** Hands a token over. */
export const tokenAnswer = (url: URL, answer: SessionAnswer, status: number): Answered => ({
	status,
	answer,
	headers: { 'set-cookie': sessionCookie(url, answer.token, SESSION_LIFE_S) }
});
