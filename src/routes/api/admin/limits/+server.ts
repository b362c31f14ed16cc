import { adminEndpoint } from '$lib/server/http/endpoint';
import { changeLimitsSchema } from '$lib/protocol/rest';
import { limitsAnswer } from '$lib/protocol/restAnswers';
import { FIXED_LIMITS } from '$lib/protocol/serverLimits';
import type { SkeinServer } from '$lib/server/skeinServer';

const answerOf = ({ limits, fixedLimits }: SkeinServer) => ({
	settable: limits.all,
	fixed: FIXED_LIMITS.map((name) => ({ name, value: fixedLimits[name] }))
});

export const GET = adminEndpoint(
	{
		summary: 'How much people may have on this server',
		description: 'What cannot be set is part of Skein, or said by the environment as the server starts.',
		answers: { 200: limitsAnswer }
	},
	({ skein }) => ({ status: 200, answer: answerOf(skein) })
);

export const PATCH = adminEndpoint(
	{
		summary: 'Sets how much people may have, from now on',
		description: 'With `null` a limit is as it is if nobody sets it.',
		body: changeLimitsSchema,
		answers: { 200: limitsAnswer },
		example: { body: { userStoreMb: 500, accounts: 200, roomStoreMb: null } }
	},
	({ skein, user, body, once }) =>
		once(() => {
			skein.limitChanges.set(user.id, body);
			return { status: 200, answer: answerOf(skein), after: () => skein.limitChanges.apply() };
		})
);
