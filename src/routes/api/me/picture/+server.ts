import { command, endpoint } from '$lib/server/http/endpoint';

/** The body is the picture itself, with its type. */
export const PUT = endpoint(async ({ skein, user, event, once }) => {
	const picture = await skein.pictureIntake.take(event.request);
	return once(() => ({ status: 200, answer: { user: skein.profiles.setPicture(user.id, picture) } }));
});

export const DELETE = command(({ skein, user }) => ({
	status: 200,
	answer: { user: skein.profiles.setPicture(user.id) }
}));
