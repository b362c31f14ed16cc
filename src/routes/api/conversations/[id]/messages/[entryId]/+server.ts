import { endpoint } from '$lib/server/http/endpoint';
import { NOTHING } from '$lib/server/http/routeSpec';
import { SAMPLE } from '$lib/protocol/restSamples';

export const DELETE = endpoint(
	{
		summary: 'Deletes a message for everyone',
		description: 'One’s own, or anybody’s as a moderator of the group. Asked again, it changes nothing.',
		scope: 'messages:send',
		answers: { 204: NOTHING },
		example: { params: { id: SAMPLE.conversationId, entryId: SAMPLE.entryId } }
	},
	async ({ skein, user, param, once, isRepeat }) => {
		if (isRepeat()) return once(() => ({ status: 204 }));
		const conversation = skein.conversations.read(user.id, param('id'));
		const message = await skein.messages.known(user.id, conversation, param('entryId'));
		return once(() => {
			skein.moderation.remove(user.id, conversation.id, message);
			return { status: 204 };
		});
	}
);
