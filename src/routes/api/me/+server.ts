import { askerOf } from '$lib/server/http/asker';
import { blankSessionCookie } from '$lib/server/auth/sessionCookie';
import { endpoint } from '$lib/server/http/endpoint';
import { NOTHING } from '$lib/server/http/routeSpec';
import { deleteMeSchema, updateMeSchema } from '$lib/protocol/rest';
import { ownUserAnswer } from '$lib/protocol/restAnswers';
import { SAMPLE } from '$lib/protocol/restSamples';

export const GET = endpoint(
	{ summary: 'One’s own account', scope: 'profile:read', answers: { 200: ownUserAnswer } },
	({ skein, user }) => ({
		status: 200,
		answer: { user: { ...user, administrator: skein.administration.isAdministrator(user.id) || undefined } }
	})
);

export const PATCH = endpoint(
	{
		summary: 'Changes one’s profile, or one’s address, which needs the password',
		description:
			'All of it or nothing. With an address, nothing is kept of the request: no Idempotency-Key is read.',
		scope: 'profile:write',
		body: updateMeSchema,
		answers: { 200: ownUserAnswer },
		example: { body: { displayName: 'Wanda Weft', about: 'Weaves by night.' } }
	},
	async ({ skein, user, event, body, once, unkept }) => {
		const { email, password = '', ...change } = body;
		const update = () => ({ user: skein.profiles.update(user.id, change) });
		if (email === undefined) return once(() => ({ status: 200, answer: update() }));
		await skein.rates.take('password', { account: user.id });
		await skein.credentials.refuseWrong(user.id, password);
		return unkept(() => {
			skein.credentials.setEmail(user.id, email ?? undefined, askerOf(event));
			return { status: 200, answer: update(), after: () => skein.credentials.pokeMails() };
		});
	}
);

export const DELETE = endpoint(
	{
		summary: 'Deletes one’s account',
		description:
			'What is to be said and erased everywhere goes on behind the answer. The username is free again after 30 days. ' +
			'Whoever administers the server names a successor, or gets 409 `last_administrator`.',
		body: deleteMeSchema,
		rate: 'password',
		knowsRepeats: false,
		answers: { 204: NOTHING },
		example: { body: { password: SAMPLE.password, erase: true, successor: SAMPLE.userId } }
	},
	async ({ skein, user, event, body }) => {
		const { password, erase = false, successor } = body;
		await skein.deletions.delete(user, { password, erase, successor, asker: askerOf(event) });
		void skein.erasures.run();
		return { status: 204, headers: { 'set-cookie': blankSessionCookie(event.url) } };
	}
);
