import { json } from '@sveltejs/kit';
import { command, endpoint } from '$lib/server/http/endpoint';
import { updateProfileSchema } from '$lib/protocol/rest';

export const GET = endpoint(({ user }) => json({ user }));

export const PATCH = command(
	({ skein, user, body }) => ({ status: 200, answer: { user: skein.profiles.update(user.id, body) } }),
	updateProfileSchema
);
