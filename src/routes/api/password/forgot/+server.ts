import { openEndpoint } from '$lib/server/http/endpoint';
import { forgotPasswordSchema } from '$lib/protocol/rest';

/** The same answer, and the same work, whether or not there is such an account: the mail leaves afterwards. */
export const POST = openEndpoint(({ skein, event, body }) => {
	skein.credentials.forget(body.email ?? body.username ?? '', event.url.origin);
	return new Response(null, { status: 202 });
}, forgotPasswordSchema);
