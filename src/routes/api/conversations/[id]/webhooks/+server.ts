import { endpoint } from '$lib/server/http/endpoint';
import { webhookAnswer } from '$lib/server/webhooks/webhookAnswer';
import { createWebhookSchema } from '$lib/protocol/rest';
import { newWebhookAnswer, webhooksAnswer } from '$lib/protocol/restAnswers';
import { SAMPLE } from '$lib/protocol/restSamples';

const params = { id: SAMPLE.conversationId };

export const GET = endpoint(
	{
		summary: 'The webhooks of a conversation',
		description: 'Every member sees where messages come from and go to.',
		answers: { 200: webhooksAnswer },
		example: { params }
	},
	({ skein, user, param }) => ({
		status: 200,
		answer: { webhooks: skein.webhooks.list(user.id, param('id')).map(webhookAnswer) }
	})
);

export const POST = endpoint(
	{
		rate: 'webhook',
		summary: 'Makes a webhook',
		description:
			'Without a `url` it takes messages in: `POST /api/hooks/` and the token, in the name of who made it. With one, ' +
			'that address is called with each message from now on: `{type: "message.created", timestamp, data}`, `data` as ' +
			'`Message`, at least once and in order, signed as Standard Webhooks has it (`webhook-id`, `webhook-timestamp`, ' +
			'`webhook-signature`). What is not answered with 2xx within ten seconds is called again, less and less often, ' +
			'for a day; 410 ends it.',
		body: createWebhookSchema,
		answers: { 201: newWebhookAnswer },
		example: { params, body: { name: 'Weather', url: 'https://bot.example/skein' } }
	},
	async ({ skein, user, param, body, once, isRepeat }) => {
		const id = param('id');
		const beginning = isRepeat() ? undefined : await skein.webhooks.beginning(user.id, id);
		return once(() => {
			if (!beginning) throw new Error('a repeated command runs again');
			const { webhook, secret } = skein.webhooks.create(user.id, id, body, beginning);
			return { status: 201, answer: { webhook: webhookAnswer(webhook) }, secret };
		});
	}
);
