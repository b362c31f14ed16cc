import { json } from '@sveltejs/kit';
import { endpoint } from '$lib/server/http/endpoint';

/** The body is the picture itself, with its type. */
export const PUT = endpoint(async ({ skein, user, event }) => {
	const picture = await skein.pictureIntake.take(event.request);
	const changed = skein.profiles.setPicture(user.id, picture);
	await skein.projector.bringUp();
	return json({ user: changed });
});

export const DELETE = endpoint(async ({ skein, user }) => {
	const changed = skein.profiles.setPicture(user.id);
	await skein.projector.bringUp();
	return json({ user: changed });
});
