import { adminEndpoint } from '$lib/server/http/endpoint';
import { reportsQuery } from '$lib/protocol/rest';
import { reportsAnswer } from '$lib/protocol/restAnswers';

export const GET = adminEndpoint(
	{
		summary: 'What people have reported, the newest first, a page at a time',
		description: 'Of a report about whoever asks, it is not told who made it.',
		query: reportsQuery,
		answers: { 200: reportsAnswer }
	},
	({ skein, user, query }) => ({
		status: 200,
		answer: skein.reports.page(user.id, { settled: query.settled === '1', before: query.before })
	})
);
