import { conversationAnswer } from '$lib/server/conversations/conversationAnswer';
import { command } from '$lib/server/http/endpoint';
import { changeRoleSchema } from '$lib/protocol/rest';

export const PATCH = command(({ skein, user, param, body }) => {
	const { role, stepDown = false } = body;
	const change = { user: param('userId'), role, stepDown };
	const conversation = skein.membership.setRole(user.id, param('id'), change);
	return { status: 200, answer: { conversation: conversationAnswer(conversation) } };
}, changeRoleSchema);

/** Removes a member; of oneself: leaves. */
export const DELETE = command(({ skein, user, param }) => {
	const [id, member] = [param('id'), param('userId')];
	skein.membership.remove(user.id, id, member);
	return { status: 204, after: () => skein.relay.dropMember(id, member) };
});
