import { json, type RequestEvent } from '@sveltejs/kit';
import { sessionCookie } from '../auth/sessionCookie';
import { SESSION_LIFE_S } from '../auth/sessions';
import type { SkeinServer } from '../skeinServer';
import type { OwnUser, SessionAnswer } from '../../protocol/rest';

/**
 * Starts a session and answers with it: in a cookie for browsers, as a token for other clients. The session of the
 * cookie that it replaces ends: nobody would have its token any more.
 */
export async function sessionAnswer(
	skein: SkeinServer,
	{ url, locals }: Pick<RequestEvent, 'url' | 'locals'>,
	user: OwnUser,
	status: number
): Promise<Response> {
	const replaced = locals.caller?.by === 'cookie' ? locals.caller.sessionId : undefined;
	if (replaced !== undefined) {
		await skein.sessions.end(replaced);
		skein.relay.dropSession(replaced);
	}
	const token = await skein.sessions.start(user.id);
	const answer: SessionAnswer = { user, token };
	return json(answer, { status, headers: { 'set-cookie': sessionCookie(url, token, SESSION_LIFE_S) } });
}
