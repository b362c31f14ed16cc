import { endpoint } from '$lib/server/http/endpoint';
import { usersQuery } from '$lib/protocol/rest';
import { usersAnswer } from '$lib/protocol/restAnswers';

export const GET = endpoint(
	{
		rate: 'search',
		summary: 'Finds people by name, the best first, a page at a time',
		scope: 'people:read',
		query: usersQuery,
		answers: { 200: usersAnswer },
		example: { query: { search: 'wan' } }
	},
	({ skein, query }) => ({ status: 200, answer: skein.search.page(query.search, query.cursor) })
);
