import { blankSessionCookie } from '$lib/server/auth/sessionCookie';
import { openEndpoint } from '$lib/server/http/endpoint';
import { NOTHING } from '$lib/server/http/routeSpec';
import { logoutQuery } from '$lib/protocol/rest';

/** Only the client knows whether another account lives in the browser too, whose storage must stay. */
export const POST = openEndpoint(
	{
		summary: 'Ends the session, if there still is one',
		query: logoutQuery,
		answers: { 204: NOTHING }
	},
	async ({ skein, event, query }) => {
		const { caller, isOtherUser } = event.locals;
		// Another tab has logged in as somebody else: neither their cookie nor what they store is touched.
		if (isOtherUser) return { status: 204 };
		if (caller) {
			await skein.sessions.end(caller.sessionId);
			skein.relay.dropSession(caller.sessionId);
		}
		const wipe = query.wipe === '1' ? { 'clear-site-data': '"storage"' } : undefined;
		return { status: 204, headers: { 'set-cookie': blankSessionCookie(event.url), ...wipe } };
	}
);
