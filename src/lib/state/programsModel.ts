import type { AccountRefusal } from './accountModel';
import { refusalOf } from './accountModel';
import type { Device } from '../sync/device';
import type { ConversationId } from '../domain/ids';
import type { Scope } from '../protocol/scopes';
import type { ApiTokenAnswer, NewWebhookAnswer, WebhookAnswer } from '../protocol/rest';

type Asked<T> = Promise<T | AccountRefusal>;

/** Ways in for other programs. The server alone knows them, and tells each secret once. */
export interface ProgramsModel {
	/** One's personal API tokens, the newest first. */
	tokens(): Asked<readonly ApiTokenAnswer[]>;
	makeToken(request: {
		readonly name: string;
		readonly scopes: Scope[];
		readonly days: number;
	}): Asked<{ readonly token: string }>;
	revokeToken(id: string): Promise<AccountRefusal | undefined>;
	/** Those of a conversation, in the order they were made. */
	webhooks(conversation: ConversationId): Asked<readonly WebhookAnswer[]>;
	/** One with a `url` is called with each message; one without takes messages in at the address that is returned. */
	makeWebhook(
		conversation: ConversationId,
		request: { readonly name: string; readonly url?: string }
	): Asked<{ readonly secret: string }>;
	deleteWebhook(conversation: ConversationId, id: string): Promise<AccountRefusal | undefined>;
}

export function createProgramsModel({ api }: Device): ProgramsModel {
	return {
		async tokens() {
			const answer = await api.tokens();
			return answer.ok ? answer.value.tokens : answer;
		},
		async makeToken(request) {
			const answer = await api.createToken(request);
			return answer.ok ? { token: answer.value.token ?? '' } : answer;
		},
		revokeToken: async (id) => refusalOf(await api.revokeToken(id)),
		async webhooks(conversation) {
			const answer = await api.webhooks(conversation);
			return answer.ok ? answer.value.webhooks : answer;
		},
		async makeWebhook(conversation, request) {
			const answer = await api.createWebhook(conversation, request);
			return answer.ok ? { secret: secretOf(answer.value) } : answer;
		},
		deleteWebhook: async (conversation, id) => refusalOf(await api.deleteWebhook(conversation, id))
	};
}

const secretOf = ({ token, signingSecret }: NewWebhookAnswer): string =>
	token === undefined ? (signingSecret ?? '') : `${location.origin}/api/hooks/${token}`;
