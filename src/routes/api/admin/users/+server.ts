import { adminEndpoint } from '$lib/server/http/endpoint';
import { usersQuery } from '$lib/protocol/rest';
import { accountsAnswer } from '$lib/protocol/restAnswers';

export const GET = adminEndpoint(
	{
		summary: 'Finds accounts by name, a page at a time',
		query: usersQuery,
		answers: { 200: accountsAnswer }
	},
	({ skein, query }) => ({ status: 200, answer: skein.administration.users(query.search, query.cursor) })
);
