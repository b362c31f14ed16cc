import { endpoint } from '$lib/server/http/endpoint';
import { Problem } from '$lib/server/http/problem';
import { pictureAnswer } from '$lib/server/pictures/pictureAnswer';
import { SAMPLE } from '$lib/protocol/restSamples';

export const GET = endpoint(
	{
		summary: 'A picture by the name that facts and answers give it',
		scope: 'people:read',
		answers: { 200: 'image/webp' },
		example: { params: { hash: SAMPLE.pictureName } }
	},
	({ skein, param }) => {
		const bytes = skein.pictures.bytes(param('hash'));
		if (!bytes) throw new Problem(404, 'no_such_picture', 'There is no such picture any more.');
		return pictureAnswer(bytes);
	}
);
