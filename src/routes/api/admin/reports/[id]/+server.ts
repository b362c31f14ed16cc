import { adminEndpoint } from '$lib/server/http/endpoint';
import { settleReportSchema } from '$lib/protocol/rest';
import { reportAnswer } from '$lib/protocol/restAnswers';
import { SAMPLE } from '$lib/protocol/restSamples';

export const PATCH = adminEndpoint(
	{
		summary: 'Settles a report',
		description:
			'The words that it holds are erased with that. Settled again, it stays as it was settled first.',
		body: settleReportSchema,
		answers: { 200: reportAnswer },
		example: { params: { id: SAMPLE.reportId }, body: { outcome: 'dismissed' } }
	},
	({ skein, user, param, body, once }) =>
		once(() => ({
			status: 200,
			answer: { report: skein.reports.settle(user.id, Number(param('id')), body.outcome) }
		}))
);
