import { json } from '@sveltejs/kit';
import { inviteAnswer } from '$lib/server/conversations/conversationAnswer';
import { command, endpoint } from '$lib/server/http/endpoint';
import { createInviteSchema } from '$lib/protocol/rest';

export const GET = endpoint(({ skein, user, param }) =>
	json({ invites: skein.invites.list(user.id, param('id')).map(inviteAnswer) })
);

export const POST = command(({ skein, user, param, body }) => {
	const { invite, token } = skein.invites.create(user.id, param('id'), body);
	return { status: 201, answer: { invite: inviteAnswer(invite) }, secret: { token } };
}, createInviteSchema);
