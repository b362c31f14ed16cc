import { json } from '@sveltejs/kit';
import { endpoint } from '$lib/server/http/endpoint';
import { updateMeSchema } from '$lib/protocol/rest';

export const GET = endpoint(({ user }) => json({ user }));

export const PATCH = endpoint(async ({ skein, user, event, body, once }) => {
	const { email, password = '', ...change } = body;
	const update = () => ({ user: skein.profiles.update(user.id, change) });
	if (email === undefined) return once(() => ({ status: 200, answer: update() }));
	// It comes with a password, of which nothing may be kept: not even a hash of the request that holds it.
	await skein.credentials.changeEmail(user, email ?? undefined, { password, origin: event.url.origin });
	const answer = update();
	await skein.projector.bringUp();
	return json(answer);
}, updateMeSchema);
