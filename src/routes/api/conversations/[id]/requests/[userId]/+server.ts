import { conversationAnswer } from '$lib/server/conversations/conversationAnswer';
import { command, endpoint } from '$lib/server/http/endpoint';

/** Lets in somebody who asks. */
export const POST = endpoint(async ({ skein, user, param, once }) => {
	await skein.keeper.settled();
	return once(() => {
		const conversation = skein.invites.admit(user.id, param('id'), param('userId'));
		return { status: 201, answer: { conversation: conversationAnswer(conversation) } };
	});
});

/** Says no; of oneself: does not ask any more. */
export const DELETE = command(({ skein, user, param }) => {
	skein.invites.refuse(user.id, param('id'), param('userId'));
	return { status: 204 };
});
