import { conversationAnswer } from '$lib/server/conversations/conversationAnswer';
import { endpoint } from '$lib/server/http/endpoint';
import { addMemberSchema } from '$lib/protocol/rest';

export const POST = endpoint(async ({ skein, user, param, body, once }) => {
	// Whether anybody has written in the live segment decides where the history of who joins begins.
	await skein.keeper.settled();
	return once(() => {
		const { conversation, added } = skein.membership.add(user.id, param('id'), body.userId);
		return { status: added ? 201 : 200, answer: { conversation: conversationAnswer(conversation) } };
	});
}, addMemberSchema);
