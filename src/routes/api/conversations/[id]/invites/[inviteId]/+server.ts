import { command } from '$lib/server/http/endpoint';

export const DELETE = command(({ skein, user, param }) => {
	skein.invites.revoke(user.id, param('id'), param('inviteId'));
	return { status: 204 };
});
