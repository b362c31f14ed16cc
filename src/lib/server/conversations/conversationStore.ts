/** The tables of conversations and their members. */
import type { Database } from 'better-sqlite3';
import { PERSON_COLUMNS, personOf, type PersonRow } from '../accounts/personRow';
import type { ConversationId, UserId } from '../../domain/ids';
import type { ConversationKind, Role } from '../../domain/info';
import type { Person } from '../../domain/people';

export interface ConversationRecord {
	readonly id: ConversationId;
	/** A group's own name; empty for a direct conversation or a group without one. */
	readonly name: string;
	readonly kind: ConversationKind;
	readonly creator: UserId;
	/** The segment that takes new messages. */
	readonly live: number;
	/** Milliseconds since 1970. */
	readonly createdAt: number;
}

interface Member extends Person {
	readonly role: Role;
}

export interface Conversation extends ConversationRecord {
	/** In the order they joined. */
	readonly members: readonly Member[];
}

const COLUMNS = 'conversations.id, kind, name, creator, live, conversations.created_at AS createdAt';

export class ConversationStore {
	readonly #insert;
	readonly #byId;
	readonly #ofMember;
	readonly #members;
	readonly #addMember;
	readonly #role;
	readonly #raiseLive;
	readonly #idsOfMember;

	constructor(db: Database) {
		this.#insert = db.prepare<[ConversationRecord]>(
			`INSERT INTO conversations (id, kind, name, creator, live, created_at)
			VALUES (@id, @kind, @name, @creator, @live, @createdAt)`
		);
		this.#byId = db.prepare<[ConversationId], ConversationRecord>(
			`SELECT ${COLUMNS} FROM conversations WHERE id = ?`
		);
		this.#ofMember = db.prepare<[UserId], ConversationRecord>(
			`SELECT ${COLUMNS} FROM members JOIN conversations ON conversations.id = conversation_id
			WHERE user_id = ? ORDER BY conversations.created_at DESC, conversations.id`
		);
		this.#members = db.prepare<[ConversationId], PersonRow & { readonly role: Role }>(
			`SELECT ${PERSON_COLUMNS}, role FROM members JOIN users ON users.id = user_id
			WHERE conversation_id = ? ORDER BY joined_at, role <> 'owner', username_key`
		);
		this.#addMember = db.prepare<[ConversationId, UserId, Role, number]>(
			'INSERT INTO members (conversation_id, user_id, role, joined_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING'
		);
		this.#role = db
			.prepare<[ConversationId, UserId], Role>(
				'SELECT role FROM members WHERE conversation_id = ? AND user_id = ?'
			)
			.pluck();
		this.#raiseLive = db.prepare<[number, ConversationId]>(
			'UPDATE conversations SET live = max(live, ?) WHERE id = ?'
		);
		this.#idsOfMember = db
			.prepare<[UserId], ConversationId>('SELECT conversation_id FROM members WHERE user_id = ?')
			.pluck();
	}

	find(id: ConversationId): Conversation | undefined {
		const record = this.#byId.get(id);
		return record && this.#withMembers(record);
	}

	/** A user's conversations, the newest made first. */
	ofMember(user: UserId): ConversationRecord[] {
		return this.#ofMember.all(user);
	}

	idsOfMember(user: UserId): ConversationId[] {
		return this.#idsOfMember.all(user);
	}

	withMembersOf(user: UserId): Conversation[] {
		return this.ofMember(user).map((record) => this.#withMembers(record));
	}

	isMember(id: ConversationId, user: UserId): boolean {
		return this.#role.get(id, user) !== undefined;
	}

	/** The segment that takes new messages; undefined if there is no such conversation. */
	liveSegment(id: ConversationId): number | undefined {
		return this.#byId.get(id)?.live;
	}

	/** It never goes back. */
	raiseLive(id: ConversationId, live: number): void {
		this.#raiseLive.run(live, id);
	}

	insert(record: ConversationRecord): void {
		this.#insert.run(record);
	}

	/** False if they are a member already. `joinedAt` is in milliseconds since 1970. */
	addMember(id: ConversationId, user: UserId, role: Role, joinedAt: number): boolean {
		return this.#addMember.run(id, user, role, joinedAt).changes === 1;
	}

	#withMembers(record: ConversationRecord): Conversation {
		const members = this.#members.all(record.id).map((row) => ({ ...personOf(row), role: row.role }));
		return { ...record, members };
	}
}
