import { conversationOutcome } from '$lib/server/conversations/conversationAnswer';
import { command, endpoint } from '$lib/server/http/endpoint';
import { pictureQuery } from '$lib/protocol/rest';
import { conversationAnswer as oneAnswer } from '$lib/protocol/restAnswers';
import { SAMPLE } from '$lib/protocol/restSamples';
import { PICTURE_TYPES } from '$lib/server/pictures/pictureIntake';

const query = pictureQuery;
const example = { params: { id: SAMPLE.conversationId } };

export const PUT = endpoint(
	{
		summary: 'Sets the picture of a group',
		description: 'The body is the picture itself: at most 3 MB and 16 megapixels.',
		scope: 'conversations:write',
		rate: 'picture',
		query,
		takes: PICTURE_TYPES,
		answers: { 200: oneAnswer },
		example
	},
	async ({ skein, user, event, param, query, once, isRepeat, isUnreadRepeat }) => {
		const mayNot = !isRepeat() && !skein.groups.mayDescribe(user.id, param('id'));
		// Who may not is told so by the change, and nothing is read of what they send.
		if (mayNot || isUnreadRepeat()) return once(() => skein.groups.refuseToDescribe(user.id, param('id')));
		const { digest, square } = await skein.pictureIntake.take(event.request, user.id, !isRepeat());
		return once(() => {
			const conversation = skein.groups.setPicture(user.id, param('id'), { picture: square, was: query.was });
			return conversationOutcome(200, conversation);
		}, digest);
	}
);

export const DELETE = command(
	{
		summary: 'Takes the picture of a group away',
		scope: 'conversations:write',
		query,
		answers: { 200: oneAnswer },
		example
	},
	({ skein, user, param, query }) => {
		const conversation = skein.groups.setPicture(user.id, param('id'), { was: query.was });
		return conversationOutcome(200, conversation);
	}
);
