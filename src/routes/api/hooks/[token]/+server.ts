import { openEndpoint } from '$lib/server/http/endpoint';
import { messageKey } from '$lib/server/http/namedCommand';
import { webhookMessageSchema } from '$lib/protocol/rest';
import { messageAnswer } from '$lib/protocol/restAnswers';
import { SAMPLE } from '$lib/protocol/restSamples';

export const POST = openEndpoint(
	{
		rate: 'hook',
		knowsRepeats: true,
		summary: 'Sends a message by a webhook',
		description:
			'What opens it is the token in the path. The message is one of the member who made the webhook, and on the ' +
			'relay’s disk when the answer comes. With a `key` (or an Idempotency-Key; if both, the same) that was used before, the ' +
			'first message is the answer; if it was another one, 422 `id_reused`.',
		holdsTexts: true,
		body: webhookMessageSchema,
		answers: { 201: messageAnswer },
		example: { params: { token: SAMPLE.webhookToken }, body: { text: 'It will rain at six.', key: 'rain-1' } }
	},
	async ({ skein, param, body: { text, key }, event }) => {
		const given = messageKey(event.request, key);
		const { webhook, conversation: before } = skein.webhooks.open(param('token'));
		await skein.rates.take('hook', { account: webhook.id });
		await skein.rates.take('send', { account: webhook.madeBy });
		await skein.projector.bringUpConversation(webhook.madeBy, before.id);
		// Whoever made it may have gone meanwhile.
		const { conversation } = skein.webhooks.open(param('token'));
		// Two webhooks may use the same key.
		const own = given === undefined ? undefined : `hook/${webhook.id}/${given}`;
		const message = await skein.messages.send(webhook.madeBy, conversation, { text, key: own });
		return { status: 201, answer: { message } };
	}
);
