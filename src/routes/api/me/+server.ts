import { json } from '@sveltejs/kit';
import { endpoint } from '$lib/server/http/endpoint';
import { updateMeSchema } from '$lib/protocol/rest';

export const GET = endpoint(({ user }) => json({ user }));

export const PATCH = endpoint(async ({ skein, user, body }) => {
	const changed = skein.profiles.update(user.id, body);
	await skein.projector.bringUp();
	return json({ user: changed });
}, updateMeSchema);
