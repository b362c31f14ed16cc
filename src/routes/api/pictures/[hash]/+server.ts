import { endpoint } from '$lib/server/http/endpoint';
import { Problem } from '$lib/server/http/problem';
import { pictureAnswer } from '$lib/server/pictures/pictureAnswer';

/** A picture by the name that facts and answers give it. */
export const GET = endpoint(({ skein, param }) => {
	const bytes = skein.pictures.bytes(param('hash'));
	if (!bytes) throw new Problem(404, 'no_such_picture', 'There is no such picture any more.');
	return pictureAnswer(bytes);
});
