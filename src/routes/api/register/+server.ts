import { nameKey } from '$lib/server/accounts/nameKey';
import { openEndpoint } from '$lib/server/http/endpoint';
import { sessionAnswer } from '$lib/server/http/sessionAnswer';
import { registerSchema } from '$lib/protocol/rest';
import { sessionAnswer as schema } from '$lib/protocol/restAnswers';
import { SAMPLE } from '$lib/protocol/restSamples';

export const POST = openEndpoint(
	{
		rate: 'register',
		summary: 'Makes an account, and logs in',
		body: registerSchema,
		answers: { 201: schema },
		example: { body: { username: 'loom.hand', password: SAMPLE.password, displayName: 'Loom Hand' } }
	},
	async ({ skein, event, body }) => {
		if (body.invite !== undefined) await skein.keeper.settled();
		const user = await skein.accounts.register(body);
		skein.rates.remember({ account: nameKey(body.username), from: event.locals.address });
		return sessionAnswer(skein, event, user, 201);
	}
);
