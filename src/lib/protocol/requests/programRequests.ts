import { z } from 'zod';
import { oneLine, messageText, messageKey } from './fields';
import {
	API_TOKEN_NAME_MAX,
	API_TOKEN_DAYS_MAX,
	WEBHOOK_NAME_MAX,
	WEBHOOK_URL_MAX
} from '../../domain/limits';
import { SCOPES } from '../scopes';

/** A personal API token: what it is for, what it may do, and for how long. */
export const createTokenSchema = z.object({
	name: oneLine(API_TOKEN_NAME_MAX).pipe(z.string().min(1)),
	scopes: z.array(z.enum(SCOPES)).min(1).max(SCOPES.length),
	days: z.number().int().min(1).max(API_TOKEN_DAYS_MAX)
});

/** A webhook: with an address it is called with each message, without one it takes messages in. */
export const createWebhookSchema = z.object({
	name: oneLine(WEBHOOK_NAME_MAX).pipe(z.string().min(1)),
	url: z
		.url({ protocol: /^https?$/ })
		.max(WEBHOOK_URL_MAX)
		.refine(
			(url) => !URL.canParse(url) || new URL(url).username + new URL(url).password === '',
			'holds a login'
		)
		// One spelling of each: what is compared with a scheme or a host is in small letters.
		.transform((url) => new URL(url).href)
		.pipe(z.string().max(WEBHOOK_URL_MAX))
		.optional()
});

/** What another program has to say. */
export const webhookMessageSchema = z.object({
	text: messageText,
	key: messageKey.optional()
});

export type CreateTokenRequest = z.input<typeof createTokenSchema>;
export type CreateWebhookRequest = z.input<typeof createWebhookSchema>;
