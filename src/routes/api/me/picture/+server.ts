import { command, endpoint } from '$lib/server/http/endpoint';
import { ownUserAnswer } from '$lib/protocol/restAnswers';
import { PICTURE_TYPES } from '$lib/server/pictures/pictureIntake';

export const PUT = endpoint(
	{
		summary: 'Sets one’s picture',
		description: 'The body is the picture itself: at most 3 MB and 16 megapixels.',
		scope: 'profile:write',
		rate: 'picture',
		takes: PICTURE_TYPES,
		answers: { 200: ownUserAnswer }
	},
	async ({ skein, user, event, once, isRepeat }) => {
		const { digest, square } = await skein.pictureIntake.take(event.request, user.id, !isRepeat());
		return once(
			() => ({ status: 200, answer: { user: skein.profiles.setPicture(user.id, square) } }),
			digest
		);
	}
);

export const DELETE = command(
	{ summary: 'Takes one’s picture away', scope: 'profile:write', answers: { 200: ownUserAnswer } },
	({ skein, user }) => ({ status: 200, answer: { user: skein.profiles.setPicture(user.id) } })
);
