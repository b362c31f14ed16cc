/**
 * Conversations as their members see them, and how they begin. Every change and the documents that must follow it are
 * one transaction; callers then let the projector bring those up. What becomes of groups: groups, membership, invites.
 */
import type { Database } from 'better-sqlite3';
import type { z } from 'zod';
import {
	directConversation,
	notForgotten,
	theirsTooMany,
	tooManyConversations,
	unknownUser
} from './groupProblems';
import { readCursor, writeCursor } from './conversationCursor';
import { wantedConversation, type Stood, type WantedConversation } from './conversationRequest';
import type { Conversation, ConversationStore } from './conversationStore';
import type { BlockStore } from '../accounts/blockStore';
import { outOfReach } from '../accounts/blocks';
import type { UserStore } from '../accounts/userStore';
import { noSuchConversation, Problem } from '../http/problem';
import type { ProjectionsDue } from '../projections/projectionsDue';
import {
	directConversationId,
	mintUuid,
	uuidMs,
	type ConversationId,
	type RandomBytes,
	type UserId
} from '../../domain/ids';
import {
	CONVERSATIONS_BY_OTHERS_MAX,
	CONVERSATIONS_OF_USER_MAX,
	MADE_AGAIN_CLOCK_MS,
	MADE_AGAIN_FOR_MS,
	PAGE_CONVERSATIONS_MAX,
	PAGE_MEMBERS_MAX,
	SEGMENTS_LOST_MAX
} from '../../domain/limits';
import type { ConversationKind, Role } from '../../domain/info';
import type { createConversationSchema } from '../../protocol/rest';

export interface ConversationParts {
	readonly db: Database;
	readonly users: UserStore;
	readonly blocks: BlockStore;
	readonly store: ConversationStore;
	readonly due: ProjectionsDue;
	/** Up to this segment of it the relay takes what comes, whatever the one before holds. */
	readonly letRunAhead: (id: ConversationId, segment: number) => void;
	readonly now: () => number;
	readonly randomBytes: RandomBytes;
}

export class Conversations {
	readonly #parts: ConversationParts;

	constructor(parts: ConversationParts) {
		this.#parts = parts;
	}

	/** A page of a user's, the newest made first. Throws a Problem if `cursor` is none of an earlier page. */
	list(
		user: UserId,
		{ cursor, limit = PAGE_CONVERSATIONS_MAX }: { cursor?: string; limit?: number } = {}
	): { readonly conversations: readonly Conversation[]; readonly cursor: string | undefined } {
		const after = cursor === undefined ? undefined : readCursor(cursor);
		const bounds = { after, max: limit, membersMax: PAGE_MEMBERS_MAX };
		const { conversations, more } = this.#parts.store.page(user, bounds);
		const last = conversations.at(-1);
		return { conversations, cursor: more && last ? writeCursor(last) : undefined };
	}

	/** Throws a Problem, 404, if there is none or the user is not in it: whether it exists is the members' affair. */
	read(user: UserId, id: ConversationId): Conversation {
		const conversation = this.#parts.store.find(id);
		if (!conversation?.members.some((member) => member.id === user)) throw noSuchConversation();
		return conversation;
	}

	/** A group, and what the user is in it. Throws a Problem as {@link read}, and for a direct conversation. */
	group(user: UserId, id: ConversationId): { readonly group: Conversation; readonly role: Role } {
		const group = this.read(user, id);
		if (group.kind === 'direct') throw directConversation();
		const role = group.members.find((member) => member.id === user)?.role ?? 'member';
		return { group, role };
	}

	/** The direct conversation of two users; undefined while there is none. */
	directWith(user: UserId, other: UserId): Conversation | undefined {
		return this.#parts.store.find(directConversationId(user, other));
	}

	/** Asked again for the same one, gives the existing one. Throws a Problem if a rule is broken. */
	create(
		creator: UserId,
		request: z.output<typeof createConversationSchema>
	): { conversation: Conversation; created: boolean } {
		const { db, store, now, randomBytes } = this.#parts;
		const wanted = wantedConversation(creator, request, () => mintUuid(now(), randomBytes));
		return db
			.transaction(() => {
				const existing = store.find(wanted.id);
				const { stood } = wanted;
				if (existing) return { conversation: this.#reuse(creator, existing, stood), created: false };
				if (stood && this.#isForgotten(wanted)) this.#insertAgain(creator, wanted, stood);
				// Its members are not to read all of it, which only `stood` says.
				else if (stood && wanted.kind === 'group') throw notForgotten();
				else this.#insert(creator, wanted);
				return { conversation: this.read(creator, wanted.id), created: true };
			})
			.immediate();
	}

	/**
	 * It can have been forgotten. Of a direct conversation nobody says more than that they talk; of a group its members and
	 * owners, so that is heeded for a while alone.
	 */
	#isForgotten({ id, kind }: WantedConversation): boolean {
		const { store, now } = this.#parts;
		const at = store.members.restoredAt;
		if (at === undefined) return false;
		return kind === 'direct' || (now() < at + MADE_AGAIN_FOR_MS && uuidMs(id) < at + MADE_AGAIN_CLOCK_MS);
	}

	#reuse(creator: UserId, existing: Conversation, stood: Stood | undefined): Conversation {
		const isTheirs = existing.kind === 'direct' || existing.creator === creator;
		if (!isTheirs || !existing.members.some((member) => member.id === creator)) {
			throw new Problem(409, 'id_taken', 'Another conversation has this id. Choose a fresh one.', 'id');
		}
		if (existing.kind !== 'direct' || !stood || stood.live <= existing.live) return existing;
		return this.#goOn(existing, stood.live);
	}

	/** Begun anew since an older copy was put back, it goes on where a device of before it has gone on to. */
	#goOn(existing: Conversation, live: number): Conversation {
		const { store, due, letRunAhead } = this.#parts;
		if (store.members.restoredAt === undefined) return existing;
		const { id } = existing;
		letRunAhead(id, live + SEGMENTS_LOST_MAX);
		store.raiseLive(id, live);
		due.addInfo(id);
		due.addSeal(id, existing.live);
		return { ...existing, live };
	}

	#insert(creator: UserId, { id, kind, name, others }: WantedConversation): void {
		const { store, due, now } = this.#parts;
		for (const other of others) this.#admit(creator, kind, other);
		if (store.members.isInMany(creator, CONVERSATIONS_OF_USER_MAX)) throw tooManyConversations();
		const createdAt = now();
		store.insert({ id, kind, name, creator, createdAt });
		const member = { conversation: id, joinedAt: createdAt, firstSegment: 0, writesSince: 0 };
		store.members.add({ ...member, user: creator, role: 'owner' });
		for (const other of others) store.members.add({ ...member, user: other, role: 'member' });
		due.addInfo(id);
		for (const each of [creator, ...others]) due.addDirectory(each);
		if (kind === 'group') due.addEvent(id, 0, { key: 'created', event: 'created', by: creator, who: others });
	}

	/** As its members' devices know it, and as far as that may be; nothing has happened that a timeline would tell. */
	#insertAgain(creator: UserId, { id, kind, name, others }: WantedConversation, stood: Stood): void {
		const { store, due, now, letRunAhead } = this.#parts;
		const { live, places = [], ...said } = stood;
		const placeOf = (user: UserId) => places.find((place) => place.user === user);
		const mayBeIn = (other: UserId) => {
			// Never from an earlier segment than is said: what is in that was not for them.
			if ((placeOf(other)?.from ?? 0) > live) return false;
			try {
				this.#admit(creator, kind, other);
				return true;
			} catch (error) {
				if (kind === 'direct' || !(error instanceof Problem)) throw error;
				return false;
			}
		};
		const all = [creator, ...others.filter(mayBeIn)];
		if (store.members.isInMany(creator, CONVERSATIONS_OF_USER_MAX)) throw tooManyConversations();
		const madeAt = kind === 'group' ? Math.min(uuidMs(id), now()) : now();
		store.insert({ id, kind, name, creator, createdAt: madeAt });
		store.raiseLive(id, live);
		// Others' devices may have gone on since the one that asks was there.
		letRunAhead(id, live + SEGMENTS_LOST_MAX);
		if (kind === 'group')
			store.change(id, { name, description: '', history: 'start', joining: 'open', ...said });
		for (const user of all) {
			const { role = 'member', from = 0, joined = 0 } = placeOf(user) ?? {};
			const joinedAt = Math.min(Math.max(madeAt, joined), now());
			const reach = { firstSegment: from, writesSince: 0 };
			store.members.add({
				conversation: id,
				user,
				joinedAt,
				...reach,
				role: user === creator ? 'owner' : role
			});
			due.addDirectory(user);
		}
		due.addInfo(id);
	}

	/** Throws a Problem if this person may not be brought in. */
	#admit(creator: UserId, kind: ConversationKind, other: UserId): void {
		const { store, users, blocks } = this.#parts;
		if (!users.person(other)) throw unknownUser('members');
		if (blocks.has(other, creator) || (kind === 'direct' && blocks.has(creator, other)))
			throw outOfReach('members');
		if (kind === 'group' && store.members.isInMany(other, CONVERSATIONS_BY_OTHERS_MAX))
			throw theirsTooMany('members');
	}
}
