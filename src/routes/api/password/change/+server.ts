import { endpoint } from '$lib/server/http/endpoint';
import { notLoggedIn } from '$lib/server/http/problem';
import { tokenAnswer } from '$lib/server/http/sessionAnswer';
import { changePasswordSchema } from '$lib/protocol/rest';

/** Ends all other sessions; this one goes on under the token of the answer. */
export const POST = endpoint(async ({ skein, user, event, body }) => {
	const { caller } = event.locals;
	if (!caller) throw notLoggedIn();
	const change = { ...body, origin: event.url.origin };
	const token = await skein.credentials.changePassword(user.id, caller.sessionId, change);
	return tokenAnswer(event.url, { user, token }, 200);
}, changePasswordSchema);
