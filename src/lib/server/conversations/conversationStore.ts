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
