import { json } from '@sveltejs/kit';
import { endpoint } from '$lib/server/http/endpoint';
import { noSuchUser } from '$lib/server/http/problem';
import { sendMessageSchema } from '$lib/protocol/rest';

/** To a conversation, or to a person: then the direct conversation with them is made if there is none yet. */
export const POST = endpoint(async ({ skein, user, body }) => {
	const { conversationId, userId, ...message } = body;
	if (userId !== undefined && !skein.people.person(userId)) throw noSuchUser();
	const conversation =
		userId === undefined
			? skein.conversations.read(user.id, conversationId ?? '')
			: skein.conversations.create(user.id, { kind: 'direct', members: [userId] }).conversation;
	await skein.projector.bringUp();
	return json({ message: await skein.messages.send(user.id, conversation, message) }, { status: 201 });
}, sendMessageSchema);
