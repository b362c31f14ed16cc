import { adminEndpoint } from '$lib/server/http/endpoint';
import { erasuresAnswer } from '$lib/protocol/restAnswers';

export const GET = adminEndpoint(
	{
		summary: 'How far the erasure of what deleted users wrote has come',
		answers: { 200: erasuresAnswer }
	},
	({ skein }) => ({ status: 200, answer: { erasures: skein.erasures.progress() } })
);
