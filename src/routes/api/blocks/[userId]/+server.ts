import { command } from '$lib/server/http/endpoint';

export const PUT = command(({ skein, user, param }) => {
	skein.blocks.block(user.id, param('userId'));
	return { status: 204 };
});

/** Also of somebody who is not blocked: then nothing changes. */
export const DELETE = command(({ skein, user, param }) => {
	skein.blocks.unblock(user.id, param('userId'));
	return { status: 204 };
});
