import { endpoint } from '$lib/server/http/endpoint';
import { noSuchUser } from '$lib/server/http/problem';
import { personAnswer } from '$lib/protocol/restAnswers';
import { SAMPLE } from '$lib/protocol/restSamples';

export const GET = endpoint(
	{
		summary: 'A person',
		scope: 'people:read',
		answers: { 200: personAnswer },
		example: { params: { id: SAMPLE.userId } }
	},
	({ skein, param }) => {
		const user = skein.people.person(param('id'));
		if (!user) throw noSuchUser();
		return { status: 200, answer: { user } };
	}
);
