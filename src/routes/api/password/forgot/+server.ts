import { askerOf } from '$lib/server/http/asker';
import { nameKey } from '$lib/server/accounts/nameKey';
import { openEndpoint } from '$lib/server/http/endpoint';
import { NOTHING } from '$lib/server/http/routeSpec';
import { forgotPasswordSchema } from '$lib/protocol/rest';
import { SAMPLE } from '$lib/protocol/restSamples';

/** The same answer, and the same work, whether or not there is such an account: the mail leaves afterwards. */
export const POST = openEndpoint(
	{
		rate: 'reset',
		summary: 'Asks for a mail to set a forgotten password by',
		body: forgotPasswordSchema,
		answers: { 202: NOTHING },
		example: { body: { username: SAMPLE.username } }
	},
	async ({ skein, event, body }) => {
		const asked = body.email ?? body.username ?? '';
		await skein.rates.take('reset', { account: nameKey(asked) });
		skein.credentials.forget(asked, askerOf(event));
		return { status: 202 };
	}
);
