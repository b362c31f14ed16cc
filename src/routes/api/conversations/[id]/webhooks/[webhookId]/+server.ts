import { command } from '$lib/server/http/endpoint';
import { NOTHING } from '$lib/server/http/routeSpec';
import { SAMPLE } from '$lib/protocol/restSamples';

export const DELETE = command(
	{
		summary: 'Takes a webhook away',
		description: 'What it opened closes at once.',
		answers: { 204: NOTHING },
		example: { params: { id: SAMPLE.conversationId, webhookId: SAMPLE.webhookId } }
	},
	({ skein, user, param }) => {
		skein.webhooks.delete(user.id, param('id'), param('webhookId'));
		return { status: 204 };
	}
);
