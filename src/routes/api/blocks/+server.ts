import { endpoint } from '$lib/server/http/endpoint';
import { peopleAnswer } from '$lib/protocol/restAnswers';

export const GET = endpoint(
	{ summary: 'Whom one has blocked', scope: 'people:read', answers: { 200: peopleAnswer } },
	({ skein, user }) => ({ status: 200, answer: { users: skein.blocks.list(user.id) } })
);
