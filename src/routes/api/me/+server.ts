import { json } from '@sveltejs/kit';
import { endpoint } from '$lib/server/http/endpoint';
import { updateMeSchema } from '$lib/protocol/rest';

export const GET = endpoint(({ user }) => json({ user }));

export const PATCH = endpoint(async ({ skein, user, body }) => {
	if (body.displayName === undefined) return json({ user });
	const renamed = skein.accounts.rename(user, body.displayName);
	await skein.projector.bringUp();
	return json({ user: renamed });
}, updateMeSchema);
