/**
 * The rules of webhooks: who may have them, what opens one that takes messages in, and what leaves by one that calls out.
 * Invariant: a webhook does what its maker may do now, and nothing once they are no member or no account.
 */
import type { Conversation } from '../conversations/conversationStore';
import type { Conversations } from '../conversations/conversations';
import { notAllowed } from '../conversations/groupProblems';
import { Problem } from '../http/problem';
import type { UserStore } from '../accounts/userStore';
import type { RelayPort } from '../relayPort';
import { newWebhookSecret } from './signature';
import type { Direction, Webhook, WebhookStore } from './webhookStore';
import type { ConversationId, RandomBytes, UserId } from '../../domain/ids';
import { WEBHOOKS_MAX, WEBHOOKS_OF_USER_MAX } from '../../domain/limits';
import { may } from '../../domain/permissions';
import { segmentRoom } from '../../protocol/rooms';
import type { CreateWebhookRequest } from '../../protocol/rest';

const TOKEN_BYTES = 32;

export interface WebhooksParts {
	readonly store: WebhookStore;
	readonly conversations: Conversations;
	readonly users: Pick<UserStore, 'isSuspended'>;
	readonly relay: Pick<RelayPort, 'messageVector'>;
	/** The host is an address of the operator's own network that webhooks may call. */
	readonly isOwnNetwork: (host: string) => boolean;
	readonly now: () => number;
	readonly randomBytes: RandomBytes;
	/** Hears that a conversation has other webhooks than before. */
	readonly onChange: (conversation: ConversationId) => void;
}

export interface MadeWebhook {
	readonly webhook: Webhook;
	/** What its address ends in, or what its calls are signed with: told once. */
	readonly secret: { readonly token: string } | { readonly signingSecret: string };
}

/** How far the relay's documents are where a webhook begins to tell. */
export interface Beginning {
	readonly segment: number;
	readonly vector: ReadonlyMap<number, number>;
}

/** Why a webhook was not called, where a status would stand. */
export const NOT_ENCRYPTED = 'not encrypted';

export class Webhooks {
	readonly #parts: WebhooksParts;

	constructor(parts: WebhooksParts) {
		this.#parts = parts;
	}

	/** Every member sees where messages come from and go to. */
	list(by: UserId, id: ConversationId): Webhook[] {
		const { conversations, store } = this.#parts;
		return store.of(conversations.read(by, id).id);
	}

	/** Where one that is made now begins: what is there already is not told. */
	async beginning(by: UserId, id: ConversationId): Promise<Beginning> {
		const { live } = this.#allow(by, id);
		return { segment: live, vector: await this.#parts.relay.messageVector(segmentRoom(id, live)) };
	}

	/** Within a transaction. Throws a Problem if the caller may not, or there are too many. */
	create(
		by: UserId,
		id: ConversationId,
		{ name, url }: CreateWebhookRequest,
		{ segment, vector }: Beginning
	): MadeWebhook {
		const { store, now, randomBytes, onChange } = this.#parts;
		this.#allow(by, id);
		if (url !== undefined && !this.mayBeCalled(url)) throw notEncrypted();
		if (store.of(id).length >= WEBHOOKS_MAX) throw tooManyWebhooks();
		if (store.countOf(by) >= WEBHOOKS_OF_USER_MAX) throw tooManyOfOne();
		const direction: Direction = url === undefined ? 'in' : 'out';
		const token =
			direction === 'in' ? Buffer.from(randomBytes(TOKEN_BYTES)).toString('base64url') : undefined;
		const signingSecret = newWebhookSecret(randomBytes);
		const webhook = {
			id: Buffer.from(randomBytes(10)).toString('hex'),
			conversation: id,
			direction,
			name,
			madeBy: by,
			madeAt: now(),
			url: url ?? null,
			secret: token === undefined ? signingSecret : null,
			firstSegment: segment
		};
		store.insert({ ...webhook, token });
		if (direction === 'out') store.setTold(webhook.id, segment, vector);
		onChange(id);
		const made = store.byId(webhook.id);
		if (!made) throw new Error('a webhook that was made is not there');
		return { webhook: made, secret: token === undefined ? { signingSecret } : { token } };
	}

	/** By https, or in the operator's own network: what was kept may be older than that rule, or than that network. */
	mayBeCalled(address: string): boolean {
		const { protocol, hostname } = new URL(address);
		return protocol === 'https:' || this.#parts.isOwnNetwork(hostname);
	}

	delete(by: UserId, id: ConversationId, webhookId: string): void {
		this.#allow(by, id);
		if (!this.#parts.store.delete(id, webhookId)) throw noSuchWebhook();
		this.#parts.onChange(id);
	}

	/** What a token in an address opens: whom it speaks for, and where. Throws a Problem, 404, if it opens nothing. */
	open(token: string): { readonly webhook: Webhook; readonly conversation: Conversation } {
		const webhook = this.#parts.store.byToken(token);
		const conversation = webhook && this.reach(webhook);
		if (!webhook || !conversation) throw noSuchWebhook();
		return { webhook, conversation };
	}

	/** The conversation as its maker may have it now; undefined if they may not. */
	reach({ madeBy, conversation }: Webhook): Conversation | undefined {
		const { conversations, users } = this.#parts;
		if (users.isSuspended(madeBy)) return undefined;
		try {
			return conversations.read(madeBy, conversation);
		} catch (error) {
			if (error instanceof Problem) return undefined;
			throw error;
		}
	}

	/** Its maker may not act now, and may again. */
	isResting({ madeBy }: Webhook): boolean {
		return this.#parts.users.isSuspended(madeBy);
	}

	/** Between two people both may; in a group those who may set it up. */
	#allow(by: UserId, id: ConversationId): Conversation {
		const { conversations } = this.#parts;
		const conversation = conversations.read(by, id);
		if (conversation.kind === 'direct') return conversation;
		const { group, role } = conversations.group(by, id);
		if (!may(role, 'configure', group)) throw notAllowed();
		return group;
	}
}

export const noSuchWebhook = () =>
	new Problem(404, 'no_such_webhook', 'There is no such webhook, or it has been taken away.');

const notEncrypted = () =>
	new Problem(
		400,
		'not_encrypted',
		'Messages leave here by https alone: give an address that begins so.',
		'url'
	);

const tooManyOfOne = () =>
	new Problem(
		409,
		'too_many_webhooks',
		`One person has at most ${WEBHOOKS_OF_USER_MAX} webhooks. Delete one first.`
	);

const tooManyWebhooks = () =>
	new Problem(
		409,
		'too_many_webhooks',
		`A conversation has at most ${WEBHOOKS_MAX} webhooks. Delete one first.`
	);
