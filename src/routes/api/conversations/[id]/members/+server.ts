import { json } from '@sveltejs/kit';
import { conversationAnswer } from '$lib/server/conversations/conversationAnswer';
import { endpoint } from '$lib/server/http/endpoint';
import { addMemberSchema } from '$lib/protocol/rest';

export const POST = endpoint(async ({ skein, user, param, body }) => {
	const { conversation, added } = skein.conversations.addMember(user.id, param('id'), body.userId);
	await skein.projector.bringUp();
	return json({ conversation: conversationAnswer(conversation) }, { status: added ? 201 : 200 });
}, addMemberSchema);
