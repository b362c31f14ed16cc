import { adminEndpoint } from '$lib/server/http/endpoint';
import { changeAccountSchema } from '$lib/protocol/rest';
import { accountAnswer } from '$lib/protocol/restAnswers';
import { SAMPLE } from '$lib/protocol/restSamples';

export const PATCH = adminEndpoint(
	{
		summary: 'Suspends an account or readmits it, makes it an administrator or takes that back',
		description:
			'Whoever is suspended is logged out everywhere at once, and cannot log in. Whoever is made an administrator, or is ' +
			'none any more, stays logged in, and it holds at once. The last one who can log in stays (409 `sole_administrator`), ' +
			'and so does whom `SKEIN_ADMIN` names (409 `named_administrator`).',
		body: changeAccountSchema,
		answers: { 200: accountAnswer },
		example: { params: { id: SAMPLE.userId }, body: { suspended: true } }
	},
	({ skein, user, param, body, once }) =>
		once(() => {
			const id = param('id');
			const { administration, relay } = skein;
			const { suspended, administrator } = body;
			const dropped = suspended ? administration.suspend(user.id, id) : [];
			if (suspended === false) administration.readmit(user.id, id);
			if (administrator) administration.makeAdministrator(user.id, id);
			if (administrator === false) administration.unmakeAdministrator(user.id, id);
			const after = () => dropped.forEach((session) => relay.dropSession(session));
			return { status: 200, answer: { user: administration.account(id) }, about: { account: id }, after };
		})
);
