/** Answers about tokens and webhooks: how other programs come in. */
import { z } from 'zod';
import { ms, type Of } from './shapes';
import { SCOPES } from '../scopes';

const apiTokenSchema = z
	.object({
		id: z.string(),
		name: z.string(),
		scopes: z.array(z.enum(SCOPES)),
		createdAt: ms,
		expiresAt: ms,
		seenAt: ms.optional().describe('Milliseconds since 1970, to some minutes; absent if it was never used.')
	})
	.meta({ id: 'ApiToken' });
export const tokensAnswer = z.object({ tokens: z.array(apiTokenSchema) });
export const newTokenAnswer = z.object({
	apiToken: apiTokenSchema,
	token: z.string().optional().describe('For `Authorization: Bearer`. Told with the first answer alone.')
});

const webhookSchema = z
	.object({
		id: z.string(),
		name: z.string(),
		direction: z.enum(['in', 'out']).describe('`in` takes messages, `out` is called with each.'),
		madeBy: z.string().describe('The member in whose name it acts.'),
		madeAt: ms,
		host: z.string().optional().describe('Whom one that calls out calls.'),
		lastStatus: z.string().optional().describe('Of the last call: its HTTP status, or why there was none.'),
		lastAt: ms.optional(),
		failingSince: ms.optional().describe('Absent if the last call went well.'),
		stoppedAt: ms.optional().describe('It is called no more: it failed for a day, or its maker is not here.')
	})
	.meta({ id: 'Webhook' });
export const webhooksAnswer = z.object({ webhooks: z.array(webhookSchema) });
export const newWebhookAnswer = z.object({
	webhook: webhookSchema,
	token: z
		.string()
		.optional()
		.describe('Of one in: its address is `/api/hooks/` and this. Told with the first answer alone.'),
	signingSecret: z
		.string()
		.optional()
		.describe(
			'Of one out: what its calls are signed with (Standard Webhooks). Told with the first answer alone.'
		)
});

export type WebhookAnswer = Of<typeof webhookSchema>;
export type WebhooksAnswer = Of<typeof webhooksAnswer>;
export type NewWebhookAnswer = Of<typeof newWebhookAnswer>;
export type ApiTokenAnswer = Of<typeof apiTokenSchema>;
export type TokensAnswer = Of<typeof tokensAnswer>;
export type NewTokenAnswer = Of<typeof newTokenAnswer>;
