import { adminEndpoint } from '$lib/server/http/endpoint';
import { registrationSchema } from '$lib/protocol/rest';
import { registrationAnswer } from '$lib/protocol/restAnswers';

export const GET = adminEndpoint(
	{ summary: 'Who may make an account', answers: { 200: registrationAnswer } },
	({ skein }) => ({ status: 200, answer: { mode: skein.registration.mode } })
);

export const PUT = adminEndpoint(
	{
		summary: 'Sets who may make an account',
		body: registrationSchema,
		answers: { 200: registrationAnswer },
		example: { body: { mode: 'invitation' } }
	},
	({ skein, user, body, once }) =>
		once(() => {
			skein.registration.set(user.id, body.mode);
			return { status: 200, answer: { mode: skein.registration.mode } };
		})
);
