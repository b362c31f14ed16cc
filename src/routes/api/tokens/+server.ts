import { command, endpoint } from '$lib/server/http/endpoint';
import { createTokenSchema } from '$lib/protocol/rest';
import { newTokenAnswer, tokensAnswer } from '$lib/protocol/restAnswers';

export const GET = endpoint(
	{ summary: 'One’s personal API tokens, the newest first', answers: { 200: tokensAnswer } },
	({ skein, user }) => ({ status: 200, answer: { tokens: skein.sessions.tokens.of(user.id) } })
);

export const POST = command(
	{
		summary: 'Makes a personal API token',
		description: 'It is told with the first answer alone, and opens what its scopes name until it expires.',
		body: createTokenSchema,
		answers: { 201: newTokenAnswer },
		example: { body: { name: 'Weather bot', scopes: ['messages:send'], days: 30 } }
	},
	({ skein, user, body }) => {
		const { apiToken, token } = skein.sessions.tokens.create(user.id, body);
		return { status: 201, answer: { apiToken }, secret: { token } };
	}
);
