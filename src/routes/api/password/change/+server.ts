import { askerOf } from '$lib/server/http/asker';
import { endpoint } from '$lib/server/http/endpoint';
import { notLoggedIn } from '$lib/server/http/problem';
import { tokenAnswer } from '$lib/server/http/sessionAnswer';
import { changePasswordSchema } from '$lib/protocol/rest';
import { sessionAnswer } from '$lib/protocol/restAnswers';
import { SAMPLE } from '$lib/protocol/restSamples';

export const POST = endpoint(
	{
		rate: 'password',
		knowsRepeats: false,
		summary: 'Changes one’s password',
		description: 'Ends all other sessions; this one goes on under the token of the answer.',
		body: changePasswordSchema,
		answers: { 200: sessionAnswer },
		example: { body: { password: SAMPLE.password, newPassword: `${SAMPLE.password}, again` } }
	},
	async ({ skein, user, event, body }) => {
		const { caller } = event.locals;
		if (!caller) throw notLoggedIn();
		const change = { ...body, asker: askerOf(event) };
		const token = await skein.credentials.changePassword(user.id, caller.sessionId, change);
		return tokenAnswer(event.url, { user, token }, 200);
	}
);
