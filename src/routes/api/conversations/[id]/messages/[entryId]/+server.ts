import { endpoint } from '$lib/server/http/endpoint';
import { notModerator } from '$lib/server/messages/moderation';
import { NOTHING } from '$lib/server/http/routeSpec';
import { SAMPLE } from '$lib/protocol/restSamples';

export const DELETE = endpoint(
	{
		summary: 'Deletes a message for everyone',
		description: 'One’s own, or anybody’s as a moderator of the group. Asked again, it changes nothing.',
		scope: 'messages:delete',
		rate: 'erase',
		answers: { 204: NOTHING },
		example: { params: { id: SAMPLE.conversationId, entryId: SAMPLE.entryId } }
	},
	async ({ skein, user, param, once, isRepeat }) => {
		if (isRepeat()) return once(() => ({ status: 204 }));
		const { messages, moderation } = skein;
		const conversation = skein.conversations.read(user.id, param('id'));
		const message = await messages.known(user.id, conversation, param('entryId'));
		const mayRemove = moderation.allows(user.id, conversation.id, message);
		// Who may not has nothing read for them.
		const isGone = mayRemove && (await messages.isGone(conversation.id, message));
		return once(() => {
			if (!mayRemove) throw notModerator();
			moderation.remove(user.id, conversation.id, message, isGone);
			return { status: 204 };
		});
	}
);
