import { nameKey } from '$lib/server/accounts/nameKey';
import { openEndpoint } from '$lib/server/http/endpoint';
import { sessionAnswer } from '$lib/server/http/sessionAnswer';
import { loginSchema } from '$lib/protocol/rest';
import { sessionAnswer as schema } from '$lib/protocol/restAnswers';
import { SAMPLE } from '$lib/protocol/restSamples';

export const POST = openEndpoint(
	{
		summary: 'Logs in',
		rate: 'login',
		body: loginSchema,
		answers: { 200: schema },
		example: { body: { username: SAMPLE.username, password: SAMPLE.password } }
	},
	async ({ skein, event, body }) => {
		const account = nameKey(body.username);
		const { address } = event.locals;
		const asker = { account, from: address, isKnown: skein.rates.knows({ account, from: address }) };
		await skein.rates.take('login', asker);
		const user = await skein.accounts.prove(body.username, body.password);
		// Too many of these are not given back below, so that the next ones cost no work.
		await skein.rates.take('rightLogin', { address, account: user.id });
		await skein.rates.giveBack('login', { ...asker, address });
		skein.rates.remember(asker);
		return sessionAnswer(skein, event, user, 200);
	}
);
