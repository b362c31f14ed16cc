/** The table of conversations. Who is in them, memberStore knows. */
import type { Database } from 'better-sqlite3';
import { MemberStore, type Member } from './memberStore';
import type { ConversationId, UserId } from '../../domain/ids';
import type { ConversationKind, GroupSettings } from '../../domain/info';

/** What of a group may be changed. */
export interface GroupFields extends GroupSettings {
	/** A group's own name; empty for a direct conversation or a group without one. */
	readonly name: string;
	/** What a group says of itself; empty if nothing. */
	readonly description: string;
}

export interface ConversationRecord extends GroupFields {
	readonly id: ConversationId;
	readonly kind: ConversationKind;
	readonly creator: UserId;
	/** The name of the bytes of a group's picture; null for none. */
	readonly picture: string | null;
	/** The segment that takes new messages. */
	readonly live: number;
	/** Milliseconds since 1970. */
	readonly createdAt: number;
}

export type NewConversation = Pick<ConversationRecord, 'id' | 'kind' | 'name' | 'creator' | 'createdAt'>;

/** Behind which one a page begins. */
export type ConversationPlace = Pick<ConversationRecord, 'createdAt' | 'id'>;

export interface Conversation extends ConversationRecord {
	/** In the order they joined. */
	readonly members: readonly Member[];
}

const COLUMNS = `conversations.id, kind, name, description, conversations.picture, history, joining, creator, live,
	conversations.created_at AS createdAt`;

export class ConversationStore {
	readonly members: MemberStore;
	readonly #insert;
	readonly #byId;
	readonly #ofMember;
	readonly #behind;
	readonly #raiseLive;
	readonly #change;
	readonly #setPicture;

	constructor(db: Database) {
		this.members = new MemberStore(db);
		this.#insert = db.prepare<[NewConversation]>(
			`INSERT INTO conversations (id, kind, name, creator, created_at)
			VALUES (@id, @kind, @name, @creator, @createdAt)`
		);
		this.#byId = db.prepare<[ConversationId], ConversationRecord>(
			`SELECT ${COLUMNS} FROM conversations WHERE id = ?`
		);
		this.#ofMember = db.prepare<[UserId], ConversationRecord>(
			`SELECT ${COLUMNS} FROM members JOIN conversations ON conversations.id = conversation_id
			WHERE user_id = ? ORDER BY conversations.created_at DESC, conversations.id`
		);
		this.#behind = db.prepare<
			[ConversationPlace & { readonly user: UserId; readonly count: number }],
			ConversationRecord
		>(
			`SELECT ${COLUMNS} FROM members JOIN conversations ON conversations.id = conversation_id
			WHERE user_id = @user AND (conversations.created_at < @createdAt
				OR conversations.created_at = @createdAt AND conversations.id > @id)
			ORDER BY conversations.created_at DESC, conversations.id LIMIT @count`
		);
		this.#raiseLive = db.prepare<[number, ConversationId]>(
			'UPDATE conversations SET live = max(live, ?) WHERE id = ?'
		);
		this.#change = db.prepare<[GroupFields & { readonly id: ConversationId }]>(
			`UPDATE conversations SET name = @name, description = @description, history = @history, joining = @joining
			WHERE id = @id`
		);
		this.#setPicture = db.prepare<[string | null, ConversationId]>(
			'UPDATE conversations SET picture = ? WHERE id = ?'
		);
	}

	find(id: ConversationId): Conversation | undefined {
		const record = this.#byId.get(id);
		return record && this.#withMembers(record);
	}

	/** A user's conversations, the newest made first. */
	ofMember(user: UserId): ConversationRecord[] {
		return this.#ofMember.all(user);
	}

	/**
	 * Those of them behind a place, from the beginning if there is none: `max` at most, and fewer where they have more than
	 * `membersMax` members together. `more` if there are others behind them.
	 */
	page(
		user: UserId,
		{ after, max, membersMax }: { after: ConversationPlace | undefined; max: number; membersMax: number }
	): { readonly conversations: Conversation[]; readonly more: boolean } {
		const { createdAt, id } = after ?? { createdAt: Number.MAX_SAFE_INTEGER, id: '' };
		const records = this.#behind.all({ user, createdAt, id, count: max + 1 });
		const conversations: Conversation[] = [];
		let members = 0;
		for (const record of records.slice(0, max)) {
			const conversation = this.#withMembers(record);
			members += conversation.members.length;
			if (members > membersMax && conversations.length > 0) break;
			conversations.push(conversation);
		}
		return { conversations, more: records.length > conversations.length };
	}

	withMembersOf(user: UserId): Conversation[] {
		return this.ofMember(user).map((record) => this.#withMembers(record));
	}

	/** The segment that takes new messages; undefined if there is no such conversation. */
	liveSegment(id: ConversationId): number | undefined {
		return this.#byId.get(id)?.live;
	}

	/** It never goes back. */
	raiseLive(id: ConversationId, live: number): void {
		this.#raiseLive.run(live, id);
	}

	insert(record: NewConversation): void {
		this.#insert.run(record);
	}

	change(id: ConversationId, { name, description, history, joining }: GroupFields): void {
		this.#change.run({ id, name, description, history, joining });
	}

	/** By the name of its bytes. */
	setPicture(id: ConversationId, picture: string | null): void {
		this.#setPicture.run(picture, id);
	}

	#withMembers(record: ConversationRecord): Conversation {
		return { ...record, members: this.members.of(record.id) };
	}
}
