import { askerOf } from '$lib/server/http/asker';
import { openEndpoint } from '$lib/server/http/endpoint';
import { NOTHING } from '$lib/server/http/routeSpec';
import { resetPasswordSchema } from '$lib/protocol/rest';
import { SAMPLE } from '$lib/protocol/restSamples';

export const POST = openEndpoint(
	{
		rate: 'reset',
		summary: 'Sets a forgotten password by the token of a mail',
		description:
			'A token works once, for half an hour. All sessions, personal API tokens and webhooks of the user end.',
		body: resetPasswordSchema,
		answers: { 204: NOTHING },
		example: { body: { token: SAMPLE.resetToken, password: `${SAMPLE.password}, again` } }
	},
	async ({ skein, event, body }) => {
		await skein.credentials.reset(body.token, body.password, askerOf(event));
		return { status: 204 };
	}
);
