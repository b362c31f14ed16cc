import { adminEndpoint } from '$lib/server/http/endpoint';
import { auditQuery } from '$lib/protocol/rest';
import { auditAnswer } from '$lib/protocol/restAnswers';

export const GET = adminEndpoint(
	{
		summary: 'What administrators have done, the newest first, a page at a time',
		query: auditQuery,
		answers: { 200: auditAnswer }
	},
	({ skein, query }) => ({ status: 200, answer: skein.administration.audit(query.before) })
);
