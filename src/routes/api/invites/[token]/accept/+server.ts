import { endpoint } from '$lib/server/http/endpoint';

export const POST = endpoint(async ({ skein, user, param, once }) => {
	await skein.keeper.settled();
	return once(() => {
		const { group, outcome } = skein.invites.accept(user.id, param('token'));
		const status = { joined: 201, asked: 202, member: 200 }[outcome];
		return { status, answer: { outcome, conversationId: group.id } };
	});
});
