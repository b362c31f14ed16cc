import { openEndpoint } from '$lib/server/http/endpoint';
import { healthAnswer } from '$lib/protocol/restAnswers';

export const GET = openEndpoint(
	{
		summary: 'Whether the server is well',
		description: '200 while it serves, also when degraded; 503 when it cannot.',
		answers: { 200: healthAnswer, 503: healthAnswer }
	},
	({ skein }) => {
		const health = skein.health();
		return { status: health.status === 'failing' ? 503 : 200, answer: health };
	}
);
