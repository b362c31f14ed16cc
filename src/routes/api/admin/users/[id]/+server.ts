import { adminEndpoint } from '$lib/server/http/endpoint';
import { changeAccountSchema } from '$lib/protocol/rest';
import { accountAnswer } from '$lib/protocol/restAnswers';
import { SAMPLE } from '$lib/protocol/restSamples';

export const PATCH = adminEndpoint(
	{
		summary: 'Suspends an account, or readmits it',
		description: 'Whoever is suspended is logged out everywhere at once, and cannot log in.',
		body: changeAccountSchema,
		answers: { 200: accountAnswer },
		example: { params: { id: SAMPLE.userId }, body: { suspended: true } }
	},
	({ skein, user, param, body, once }) =>
		once(() => {
			const id = param('id');
			const dropped = body.suspended ? skein.administration.suspend(user.id, id) : [];
			if (!body.suspended) skein.administration.readmit(user.id, id);
			const after = () => dropped.forEach((session) => skein.relay.dropSession(session));
			return { status: 200, answer: { user: skein.administration.account(id) }, after };
		})
);
