/**
 * Links that let people into a group, and those who ask to be let in. Each change runs within a transaction of its
 * caller, and throws a Problem if a rule is broken. Whoever was removed has to ask, whatever link they have. A link ends
 * with its maker's right to make it: membership takes care of that.
 */
import {
	declinedLately,
	notAllowed,
	noSuchInvite,
	noSuchRequest,
	tooManyInvites,
	tooManyRequests
} from './groupProblems';
import type { Conversation, ConversationStore } from './conversationStore';
import type { Conversations } from './conversations';
import { isUsedUp, type Invite, type InviteStore } from './inviteStore';
import type { Joins } from './joins';
import type { JoinRequestStore } from './joinRequestStore';
import type { ProjectionsDue } from '../projections/projectionsDue';
import { mintUuid, type ConversationId, type RandomBytes, type UserId } from '../../domain/ids';
import {
	INVITE_HOURS_DEFAULT,
	INVITE_TOKEN_BYTES,
	INVITES_MAX,
	JOIN_AGAIN_AFTER_MS,
	JOIN_REQUESTS_MAX
} from '../../domain/limits';
import { may, type GroupDeed } from '../../domain/permissions';
import type { CreateInviteRequest } from '../../protocol/rest';

export interface InvitesParts {
	readonly conversations: Conversations;
	readonly store: ConversationStore;
	readonly invites: InviteStore;
	readonly requests: JoinRequestStore;
	readonly joins: Joins;
	readonly due: ProjectionsDue;
	readonly now: () => number;
	readonly randomBytes: RandomBytes;
}

/** What a link leads to, for who holds it. */
export interface Invited {
	readonly invite: Invite;
	readonly group: Conversation;
	/** What the caller is to the group already; undefined for people without account too. */
	readonly standing: 'member' | 'asking' | undefined;
	/** Somebody has to let the caller in. */
	readonly mustAsk: boolean;
	/** When the caller, who was refused, may ask again, in milliseconds since 1970; undefined if they may now. */
	readonly askAgainAt: number | undefined;
}

const HOUR_MS = 3_600_000;

export class Invites {
	readonly #parts: InvitesParts;

	constructor(parts: InvitesParts) {
		this.#parts = parts;
	}

	/** The token is told this once, and kept nowhere. */
	create(
		by: UserId,
		id: ConversationId,
		{ hours = INVITE_HOURS_DEFAULT, uses }: CreateInviteRequest
	): { invite: Invite; token: string } {
		const { invites, now, randomBytes } = this.#parts;
		this.#allow(by, id, 'invite');
		const createdAt = now();
		const holding = invites.of(id, createdAt).filter((invite) => !isUsedUp(invite));
		if (holding.length >= INVITES_MAX) throw tooManyInvites();
		invites.deleteOver(id, createdAt);
		const token = Buffer.from(randomBytes(INVITE_TOKEN_BYTES)).toString('base64url');
		const expiresAt = createdAt + hours * HOUR_MS;
		const made = { conversation: id, creator: by, createdAt, expiresAt, usesMax: uses ?? null };
		const invite = { id: mintUuid(createdAt, randomBytes), ...made };
		invites.insert({ ...invite, token });
		return { invite: { ...invite, uses: 0 }, token };
	}

	/** Those whose time is not over, the newest first: whoever made one that is used up sees that it is. */
	list(by: UserId, id: ConversationId): Invite[] {
		this.#allow(by, id, 'invite');
		return this.#parts.invites.of(id, this.#parts.now());
	}

	revoke(by: UserId, id: ConversationId, inviteId: string): void {
		this.#allow(by, id, 'invite');
		if (!this.#parts.invites.delete(id, inviteId)) throw noSuchInvite();
	}

	/**
	 * What the link leads to. Throws a Problem, 404, if it does not hold; those whom it has led there already it leads there
	 * though it is used up.
	 */
	open(token: string, user: UserId | undefined): Invited {
		const { invites, store, requests, now } = this.#parts;
		const invite = invites.byToken(token, now());
		const group = invite && store.find(invite.conversation);
		if (!invite || !group) throw noSuchInvite();
		const isMember = group.members.some(({ id }) => id === user);
		const isAsking = user !== undefined && requests.has(group.id, user);
		if (isUsedUp(invite) && !isMember && !isAsking) throw noSuchInvite();
		const declinedAt = user === undefined ? undefined : requests.declinedAt(group.id, user);
		const askAgainAt = (declinedAt ?? -Infinity) + JOIN_AGAIN_AFTER_MS;
		const wasRemoved = user !== undefined && store.members.gone(group.id, user)?.removed === true;
		const mustAsk = group.joining === 'request' || wasRemoved;
		return {
			invite,
			group,
			standing: isMember ? 'member' : isAsking ? 'asking' : undefined,
			mustAsk,
			askAgainAt: mustAsk && askAgainAt > now() ? askAgainAt : undefined
		};
	}

	/** Uses the link: the user is in the group then, or asks to be. Used again by the same one, nothing more happens. */
	accept(user: UserId, token: string): { group: Conversation; outcome: 'joined' | 'asked' | 'member' } {
		const { invites, requests, store, joins, due, now } = this.#parts;
		const { invite, group, standing, mustAsk, askAgainAt } = this.open(token, user);
		if (standing === 'member') return { group, outcome: 'member' };
		if (standing === 'asking') return { group, outcome: 'asked' };
		if (askAgainAt !== undefined) throw declinedLately(askAgainAt - now());
		joins.refuseFull(user, { by: user, hasAsked: false });
		if (mustAsk && requests.of(group.id).length >= JOIN_REQUESTS_MAX) throw tooManyRequests();
		invites.use(invite.id, user);
		if (!mustAsk) {
			joins.join(group, user, user);
			return { group: store.find(group.id) ?? group, outcome: 'joined' };
		}
		requests.add(group.id, user, now());
		due.addInfo(group.id);
		due.addDirectory(user);
		return { group, outcome: 'asked' };
	}

	/** Lets in somebody who asks. */
	admit(by: UserId, id: ConversationId, user: UserId): Conversation {
		const { conversations, requests, joins } = this.#parts;
		const group = this.#allow(by, id, 'admit');
		if (!requests.has(id, user)) throw noSuchRequest();
		joins.join(group, user, by);
		return conversations.read(by, id);
	}

	/** Says no to somebody who asks, who is told so; or takes one's own asking back, and puts the answer away. */
	refuse(by: UserId, id: ConversationId, user: UserId): void {
		const { requests, due, now } = this.#parts;
		if (user !== by) this.#allow(by, id, 'admit');
		const isDone = user === by ? requests.putAway(id, user) : requests.decline(id, user, now());
		if (!isDone) throw noSuchRequest();
		due.addInfo(id);
		due.addDirectory(user);
	}

	#allow(by: UserId, id: ConversationId, deed: GroupDeed): Conversation {
		const { group, role } = this.#parts.conversations.group(by, id);
		if (!may(role, deed, group)) throw notAllowed();
		return group;
	}
}
