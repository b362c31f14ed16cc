/**
 * What calls are signed with, by the specification of Standard Webhooks (standardwebhooks.com, "Signature scheme"): HMAC
 * with SHA-256 over id, time and body.
 */
import { createHmac } from 'node:crypto';
import type { RandomBytes } from '../../domain/ids';

const PREFIX = 'whsec_';
const SECRET_BYTES = 32;

/** As its receiver is given it. */
export const newWebhookSecret = (randomBytes: RandomBytes): string =>
	`${PREFIX}${Buffer.from(randomBytes(SECRET_BYTES)).toString('base64')}`;

export interface SignedCall {
	/** The same when the call is made again. */
	readonly id: string;
	/** Seconds since 1970. */
	readonly timestamp: number;
	readonly body: string;
}

/** The headers that go with a call. */
export function signatureHeaders(secret: string, { id, timestamp, body }: SignedCall) {
	const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
	const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
	return {
		'webhook-id': id,
		'webhook-timestamp': String(timestamp),
		'webhook-signature': `v1,${signature}`
	};
}
