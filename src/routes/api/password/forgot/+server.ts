import { openEndpoint } from '$lib/server/http/endpoint';
import { NOTHING } from '$lib/server/http/routeSpec';
import { forgotPasswordSchema } from '$lib/protocol/rest';
import { SAMPLE } from '$lib/protocol/restSamples';

/** The same answer, and the same work, whether or not there is such an account: the mail leaves afterwards. */
export const POST = openEndpoint(
	{
		summary: 'Asks for a mail to set a forgotten password by',
		body: forgotPasswordSchema,
		answers: { 202: NOTHING },
		example: { body: { username: SAMPLE.username } }
	},
	({ skein, event, body }) => {
		skein.credentials.forget(body.email ?? body.username ?? '', event.url.origin);
		return { status: 202 };
	}
);
