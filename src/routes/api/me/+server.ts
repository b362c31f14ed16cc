import { endpoint } from '$lib/server/http/endpoint';
import { updateMeSchema } from '$lib/protocol/rest';
import { ownUserAnswer } from '$lib/protocol/restAnswers';

export const GET = endpoint(
	{ summary: 'One’s own account', scope: 'profile:read', answers: { 200: ownUserAnswer } },
	({ user }) => ({ status: 200, answer: { user } })
);

export const PATCH = endpoint(
	{
		summary: 'Changes one’s profile, or one’s address, which needs the password',
		scope: 'profile:write',
		body: updateMeSchema,
		answers: { 200: ownUserAnswer },
		example: { body: { displayName: 'Wanda Weft', about: 'Weaves by night.' } }
	},
	async ({ skein, user, event, body, once }) => {
		const { email, password = '', ...change } = body;
		const update = () => ({ user: skein.profiles.update(user.id, change) });
		if (email === undefined) return once(() => ({ status: 200, answer: update() }));
		// It comes with a password, of which nothing may be kept: not even a hash of the request that holds it.
		await skein.credentials.changeEmail(user, email ?? undefined, { password, origin: event.url.origin });
		const answer = update();
		await skein.projector.bringUp();
		return { status: 200, answer };
	}
);
