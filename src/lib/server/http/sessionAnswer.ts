import { json } from '@sveltejs/kit';
import { sessionCookie } from '../auth/sessionCookie';
import { SESSION_LIFE_S } from '../auth/sessions';
import type { SkeinServer } from '../skeinServer';
import type { OwnUser, SessionAnswer } from '../../protocol/rest';

/** Starts a session and answers with it: in a cookie for browsers, as a token for other clients. */
export async function sessionAnswer(
	skein: SkeinServer,
	url: URL,
	user: OwnUser,
	status: number
): Promise<Response> {
	const token = await skein.sessions.start(user.id);
	const answer: SessionAnswer = { user, token };
	return json(answer, { status, headers: { 'set-cookie': sessionCookie(url, token, SESSION_LIFE_S) } });
}
