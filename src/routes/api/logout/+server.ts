import { blankSessionCookie } from '$lib/server/auth/sessionCookie';
import { openEndpoint } from '$lib/server/http/endpoint';

/**
 * Ends the session, if there still is one. `?wipe=1` has the browser forget all that it stores for this site: only the
 * client knows whether another account lives in it too. Where another tab has logged in as somebody else meanwhile,
 * neither their cookie nor what they store is touched.
 */
export const POST = openEndpoint(async ({ skein, event }) => {
	const { caller, isOtherUser } = event.locals;
	if (isOtherUser) return new Response(null, { status: 204 });
	if (caller) {
		await skein.sessions.end(caller.sessionId);
		skein.relay.dropSession(caller.sessionId);
	}
	const headers = new Headers({ 'set-cookie': blankSessionCookie(event.url) });
	if (event.url.searchParams.get('wipe') === '1') headers.set('clear-site-data', '"storage"');
	return new Response(null, { status: 204, headers });
});
