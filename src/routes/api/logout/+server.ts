import { blankSessionCookie } from '$lib/server/auth/sessionCookie';
import { openEndpoint } from '$lib/server/http/endpoint';
import { Problem } from '$lib/server/http/problem';
import { NOTHING } from '$lib/server/http/routeSpec';
import { logoutQuery } from '$lib/protocol/rest';

/** Only the client knows whether another account lives in the browser too, whose storage must stay. */
export const POST = openEndpoint(
	{
		summary: 'Ends the session, if there still is one',
		description:
			'A personal API token is no session: with one the answer is 403 `out_of_scope`, and the token holds on. ' +
			'`DELETE /api/tokens/{id}`, by a login, revokes it.',
		query: logoutQuery,
		answers: { 204: NOTHING }
	},
	async ({ skein, event, query }) => {
		const { caller, isOtherUser } = event.locals;
		// Another tab has logged in as somebody else: neither their cookie nor what they store is touched.
		if (isOtherUser) return { status: 204 };
		// A program that cleans up behind itself must neither lose its token nor believe that it has.
		if (caller?.scopes) throw notASession();
		if (caller) {
			await skein.sessions.end(caller.sessionId);
			skein.relay.dropSession(caller.sessionId);
		}
		const wipe = query.wipe === '1' ? { 'clear-site-data': '"storage"' } : undefined;
		return { status: 204, headers: { 'set-cookie': blankSessionCookie(event.url), ...wipe } };
	}
);

const notASession = () =>
	new Problem(
		403,
		'out_of_scope',
		'A personal API token is not logged out. Revoke it where you made it, in Account → Login or with DELETE /api/tokens/{id}.'
	);
