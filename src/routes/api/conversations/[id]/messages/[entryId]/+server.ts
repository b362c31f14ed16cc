import { endpoint } from '$lib/server/http/endpoint';

/** Deletes a message for everyone: one's own, or anybody's as a moderator of the group. Asked again, changes nothing. */
export const DELETE = endpoint(async ({ skein, user, param, once }) => {
	const conversation = skein.conversations.read(user.id, param('id'));
	const message = await skein.messages.known(conversation, param('entryId'));
	return once(() => {
		skein.moderation.remove(user.id, conversation.id, message);
		return { status: 204 };
	});
});
