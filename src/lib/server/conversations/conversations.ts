/**
 * Conversations and who is in them. Every change and the documents that must follow it are one transaction; callers
 * then let the projector bring those up.
 */
import type { Database } from 'better-sqlite3';
import type { z } from 'zod';
import { wantedConversation, tooManyMembers, type WantedConversation } from './conversationRequest';
import type { Conversation, ConversationStore } from './conversationStore';
import type { UserStore } from '../accounts/userStore';
import { noSuchConversation, Problem } from '../http/problem';
import type { ProjectionsDue } from '../projections/projectionsDue';
import {
	directConversationId,
	mintUuid,
	type ConversationId,
	type RandomBytes,
	type UserId
} from '../../domain/ids';
import { MEMBERS_MAX } from '../../domain/limits';
import type { createConversationSchema } from '../../protocol/rest';

export interface ConversationParts {
	readonly db: Database;
	readonly users: UserStore;
	readonly store: ConversationStore;
	readonly due: ProjectionsDue;
	readonly now: () => number;
	readonly randomBytes: RandomBytes;
}

export class Conversations {
	readonly #parts: ConversationParts;

	constructor(parts: ConversationParts) {
		this.#parts = parts;
	}

	list(user: UserId): Conversation[] {
		return this.#parts.store.withMembersOf(user);
	}

	/** Throws a Problem, 404, if there is none or the user is not in it: whether it exists is the members' affair. */
	read(user: UserId, id: ConversationId): Conversation {
		const conversation = this.#parts.store.find(id);
		if (!conversation?.members.some((member) => member.id === user)) throw noSuchConversation();
		return conversation;
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
				if (existing) return { conversation: this.#reuse(creator, existing), created: false };
				this.#insert(creator, wanted);
				return { conversation: this.read(creator, wanted.id), created: true };
			})
			.immediate();
	}

	/** Any member of a group may. Throws a Problem if a rule is broken. */
	addMember(by: UserId, id: ConversationId, user: UserId): { conversation: Conversation; added: boolean } {
		const { db, store, due, now } = this.#parts;
		return db
			.transaction(() => {
				const { kind, live, members } = this.read(by, id);
				if (kind === 'direct') {
					throw new Problem(
						409,
						'direct_conversation',
						'A direct conversation stays between two. Start a group instead.'
					);
				}
				this.#refuseUnknown([user], 'userId');
				if (members.some((member) => member.id === user))
					return { conversation: this.read(by, id), added: false };
				if (members.length >= MEMBERS_MAX) throw tooManyMembers();
				const joinedAt = now();
				store.addMember(id, user, 'member', joinedAt);
				due.addInfo(id);
				due.addDirectory(user);
				due.addEvent(id, live, { key: `joined/${user}/${joinedAt}`, event: 'joined', by, who: [user] });
				return { conversation: this.read(by, id), added: true };
			})
			.immediate();
	}

	#reuse(creator: UserId, existing: Conversation): Conversation {
		const isTheirs = existing.kind === 'direct' || existing.creator === creator;
		if (!isTheirs || !existing.members.some((member) => member.id === creator)) {
			throw new Problem(409, 'id_taken', 'Another conversation has this id. Choose a fresh one.', 'id');
		}
		return existing;
	}

	#insert(creator: UserId, { id, kind, name, others }: WantedConversation): void {
		const { store, due, now } = this.#parts;
		this.#refuseUnknown(others, 'members');
		const createdAt = now();
		store.insert({ id, kind, name, creator, live: 0, createdAt });
		store.addMember(id, creator, 'owner', createdAt);
		for (const other of others) store.addMember(id, other, 'member', createdAt);
		due.addInfo(id);
		for (const member of [creator, ...others]) due.addDirectory(member);
		if (kind === 'group') due.addEvent(id, 0, { key: 'created', event: 'created', by: creator, who: others });
	}

	#refuseUnknown(ids: readonly UserId[], field: string): void {
		if (ids.some((id) => !this.#parts.users.person(id))) {
			throw new Problem(400, 'unknown_user', 'Nobody here has this user id.', field);
		}
	}
}
