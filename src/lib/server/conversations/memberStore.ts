/** The tables of who is in a conversation, and of who once was. */
import type { Database } from 'better-sqlite3';
import { PERSON_COLUMNS, personOf, type PersonRow } from '../accounts/personRow';
import type { ConversationId, UserId } from '../../domain/ids';
import type { Person } from '../../domain/people';
import type { Gone, Role } from '../../domain/info';

/** Where a member may read and write. */
export interface Reach {
	/** The first segment that they may read. */
	readonly firstSegment: number;
	/** Milliseconds since 1970: what they wrote before is not taken any more. 0 for who never was out of it. */
	readonly writesSince: number;
	/** Milliseconds since 1970. */
	readonly joinedAt: number;
}

interface Membership {
	readonly role: Role;
	readonly firstSegment: number;
	/** Milliseconds since 1970. */
	readonly joinedAt: number;
}

export interface Member extends Person, Membership {}

/** Who once was in it. */
interface FormerMember {
	readonly person: Person;
	readonly gone: Gone;
}

interface GoneRow {
	readonly removed: 0 | 1;
	readonly at: number;
}

interface MemberRow extends PersonRow, Membership {}

export interface NewMember extends Reach {
	readonly conversation: ConversationId;
	readonly user: UserId;
	readonly role: Role;
}

export class MemberStore {
	readonly #of;
	readonly #reach;
	readonly #reachOfAll;
	readonly #suspended;
	readonly #countIn;
	readonly #isInMany;
	readonly #add;
	readonly #setRole;
	readonly #delete;
	readonly #formerOf;
	readonly #formerConversations;
	readonly #gone;
	readonly #addFormer;
	readonly #deleteFormer;
	readonly #forgotten;
	readonly #restoredAt;

	constructor(db: Database) {
		this.#of = db.prepare<[ConversationId], MemberRow>(
			`SELECT ${PERSON_COLUMNS}, role, first_segment AS firstSegment, joined_at AS joinedAt
			FROM members JOIN users ON users.id = user_id
			WHERE conversation_id = ? ORDER BY joined_at, role <> 'owner', username_key`
		);
		const reach = 'first_segment AS firstSegment, writes_since AS writesSince, joined_at AS joinedAt';
		this.#reach = db.prepare<[ConversationId, UserId], Reach>(
			`SELECT ${reach} FROM members WHERE conversation_id = ? AND user_id = ?`
		);
		this.#reachOfAll = db.prepare<[UserId], Reach & { readonly id: ConversationId }>(
			`SELECT conversation_id AS id, ${reach} FROM members WHERE user_id = ?`
		);
		this.#suspended = db
			.prepare<[ConversationId], UserId>(
				`SELECT user_id FROM members JOIN users ON users.id = user_id
				WHERE conversation_id = ? AND suspended_at IS NOT NULL`
			)
			.pluck();
		this.#countIn = db
			.prepare<[string], number>(
				'SELECT count(*) FROM json_each(?) AS wanted CROSS JOIN members ON conversation_id = wanted.value'
			)
			.pluck();
		this.#isInMany = db
			.prepare<[UserId, number], 1>('SELECT 1 FROM members WHERE user_id = ? LIMIT 1 OFFSET ?')
			.pluck();
		this.#add = db.prepare<[NewMember]>(
			`INSERT INTO members (conversation_id, user_id, role, joined_at, first_segment, writes_since)
			VALUES (@conversation, @user, @role, @joinedAt, @firstSegment, @writesSince) ON CONFLICT DO NOTHING`
		);
		this.#setRole = db.prepare<[Role, ConversationId, UserId]>(
			'UPDATE members SET role = ? WHERE conversation_id = ? AND user_id = ?'
		);
		this.#delete = db.prepare<[ConversationId, UserId]>(
			'DELETE FROM members WHERE conversation_id = ? AND user_id = ?'
		);
		const gone = 'removed, gone_at AS at';
		this.#formerOf = db.prepare<[ConversationId], PersonRow & GoneRow>(
			`SELECT ${PERSON_COLUMNS}, ${gone} FROM former_members JOIN users ON users.id = user_id WHERE conversation_id = ?`
		);
		this.#formerConversations = db
			.prepare<[UserId], ConversationId>('SELECT conversation_id FROM former_members WHERE user_id = ?')
			.pluck();
		this.#gone = db.prepare<[ConversationId, UserId], GoneRow>(
			`SELECT ${gone} FROM former_members WHERE conversation_id = ? AND user_id = ?`
		);
		this.#addFormer = db.prepare<[ConversationId, UserId, 0 | 1, number]>(
			`INSERT INTO former_members (conversation_id, user_id, removed, gone_at) VALUES (?, ?, ?, ?)
			ON CONFLICT DO UPDATE SET removed = excluded.removed, gone_at = excluded.gone_at`
		);
		this.#deleteFormer = db.prepare<[ConversationId, UserId]>(
			'DELETE FROM former_members WHERE conversation_id = ? AND user_id = ?'
		);
		this.#restoredAt = db
			.prepare<[], number>("SELECT CAST(value AS INTEGER) FROM server_settings WHERE name = 'restored'")
			.pluck();
		this.#forgotten = db.prepare<[ConversationId], 1>(
			`SELECT 1 FROM server_settings
			WHERE name = 'restored' AND NOT EXISTS (SELECT 1 FROM conversations WHERE id = ?)`
		);
	}

	/** When an older copy of the database was put back last, in milliseconds since 1970; undefined if it never was. */
	get restoredAt(): number | undefined {
		return this.#restoredAt.get();
	}

	/** An older copy of the database was put back, and there is no such conversation in it: it may have begun since. */
	isForgotten(id: ConversationId): boolean {
		return this.#forgotten.get(id) !== undefined;
	}

	/** In the order they joined. */
	of(id: ConversationId): Member[] {
		return this.#of.all(id).map((row) => {
			const { role, firstSegment, joinedAt } = row;
			return { ...personOf(row), role, firstSegment, joinedAt };
		});
	}

	/** Members who may not log in: for now they do nothing in it. */
	suspended(id: ConversationId): ReadonlySet<UserId> {
		return new Set(this.#suspended.all(id));
	}

	/** Undefined if they are no member. */
	reach(id: ConversationId, user: UserId): Reach | undefined {
		return this.#reach.get(id, user);
	}

	isMember(id: ConversationId, user: UserId): boolean {
		return this.reach(id, user) !== undefined;
	}

	/** The first segment that the user may read, of each of their conversations. */
	firstSegments(user: UserId): Map<ConversationId, number> {
		return new Map(this.#reachOfAll.all(user).map(({ id, firstSegment }) => [id, firstSegment]));
	}

	/** Of all of these together; somebody who is in two of them counts twice. */
	countIn(ids: readonly ConversationId[]): number {
		return this.#countIn.get(JSON.stringify(ids)) ?? 0;
	}

	/** The user is in so many conversations, or more. */
	isInMany(user: UserId, count: number): boolean {
		return this.#isInMany.get(user, count - 1) !== undefined;
	}

	/** False if they are a member already. */
	add(member: NewMember): boolean {
		this.#deleteFormer.run(member.conversation, member.user);
		return this.#add.run(member).changes === 1;
	}

	setRole(id: ConversationId, user: UserId, role: Role): void {
		this.#setRole.run(role, id, user);
	}

	remove(id: ConversationId, user: UserId, { removed, at }: Gone): void {
		this.#delete.run(id, user);
		this.#addFormer.run(id, user, removed ? 1 : 0, at);
	}

	/** Those who are no longer in it. */
	formerOf(id: ConversationId): FormerMember[] {
		return this.#formerOf.all(id).map((row) => ({ person: personOf(row), gone: goneOf(row) }));
	}

	formerConversations(user: UserId): ConversationId[] {
		return this.#formerConversations.all(user);
	}

	/** How they went who once were in it; undefined for anybody else. */
	gone(id: ConversationId, user: UserId): Gone | undefined {
		const row = this.#gone.get(id, user);
		return row && goneOf(row);
	}
}

const goneOf = ({ removed, at }: GoneRow): Gone => ({ removed: removed === 1, at });
