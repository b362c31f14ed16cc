import type { Webhook } from './webhookStore';
import { NOT_ENCRYPTED } from './webhooks';
import type { WebhookAnswer } from '../../protocol/rest';

const TOLD = new RegExp(`^(\\d+|${NOT_ENCRYPTED})$`);

/** What is told of a webhook: of the address no more than the host, since the rest may be a secret. */
export const webhookAnswer = ({
	id,
	name,
	direction,
	madeBy,
	madeAt,
	url,
	lastStatus,
	lastAt,
	failingSince,
	stoppedAt
}: Webhook): WebhookAnswer => ({
	id,
	name,
	direction,
	madeBy,
	madeAt,
	host: url === null ? undefined : new URL(url).host,
	// Why a connection failed would tell of the server's network.
	lastStatus: lastStatus === null ? undefined : TOLD.test(lastStatus) ? lastStatus : 'no answer',
	lastAt: lastAt ?? undefined,
	failingSince: failingSince ?? undefined,
	stoppedAt: stoppedAt ?? undefined
});
