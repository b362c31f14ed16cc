import { endpoint } from '$lib/server/http/endpoint';
import { Problem } from '$lib/server/http/problem';

/** Ends one, by the id that the list gives it. */
export const DELETE = endpoint(({ skein, user, param }) => {
	const id = skein.sessions.endOne(user.id, param('id'));
	if (id === undefined) throw new Problem(404, 'no_such_session', 'You have no such session any more.');
	skein.relay.dropSession(id);
	return new Response(null, { status: 204 });
});
