/** The table of those who ask to join a group, and of those who were refused: it is told to them until they put it away. */
import type { Database } from 'better-sqlite3';
import { PERSON_COLUMNS, personOf, type PersonRow } from '../accounts/personRow';
import type { AskedGroup } from '../../domain/directory';
import type { ConversationId, UserId } from '../../domain/ids';
import type { Person } from '../../domain/people';

interface AskedRow {
	readonly id: ConversationId;
	readonly name: string;
	readonly declinedAt: number | null;
}

export class JoinRequestStore {
	readonly #of;
	readonly #has;
	readonly #add;
	readonly #declinedAt;
	readonly #decline;
	readonly #withdraw;
	readonly #putAway;
	readonly #delete;
	readonly #ofUser;

	constructor(db: Database) {
		this.#of = db.prepare<[ConversationId], PersonRow>(
			`SELECT ${PERSON_COLUMNS} FROM join_requests JOIN users ON users.id = user_id
			WHERE conversation_id = ? AND declined_at IS NULL ORDER BY asked_at, username_key`
		);
		this.#has = db
			.prepare<[ConversationId, UserId], 1>(
				'SELECT 1 FROM join_requests WHERE conversation_id = ? AND user_id = ? AND declined_at IS NULL'
			)
			.pluck();
		this.#add = db.prepare<[ConversationId, UserId, number]>(
			`INSERT INTO join_requests (conversation_id, user_id, asked_at) VALUES (?, ?, ?)
			ON CONFLICT DO UPDATE SET asked_at = excluded.asked_at, declined_at = NULL, put_away = 0`
		);
		this.#declinedAt = db
			.prepare<[ConversationId, UserId], number | null>(
				'SELECT declined_at FROM join_requests WHERE conversation_id = ? AND user_id = ?'
			)
			.pluck();
		this.#withdraw = db.prepare<[ConversationId, UserId]>(
			'DELETE FROM join_requests WHERE conversation_id = ? AND user_id = ? AND declined_at IS NULL'
		);
		this.#putAway = db.prepare<[ConversationId, UserId]>(
			'UPDATE join_requests SET put_away = 1 WHERE conversation_id = ? AND user_id = ? AND put_away = 0'
		);
		this.#decline = db.prepare<[number, ConversationId, UserId]>(
			`UPDATE join_requests SET declined_at = ?
			WHERE conversation_id = ? AND user_id = ? AND declined_at IS NULL`
		);
		this.#delete = db.prepare<[ConversationId, UserId]>(
			'DELETE FROM join_requests WHERE conversation_id = ? AND user_id = ?'
		);
		this.#ofUser = db.prepare<[UserId], AskedRow>(
			`SELECT id, name, declined_at AS declinedAt FROM join_requests JOIN conversations ON id = conversation_id
			WHERE user_id = ? AND put_away = 0 ORDER BY asked_at`
		);
	}

	/** The first to ask first. */
	of(id: ConversationId): Person[] {
		return this.#of.all(id).map(personOf);
	}

	has(id: ConversationId, user: UserId): boolean {
		return this.#has.get(id, user) !== undefined;
	}

	/** When they were last refused, in milliseconds since 1970, unless they have asked again since. */
	declinedAt(id: ConversationId, user: UserId): number | undefined {
		return this.#declinedAt.get(id, user) ?? undefined;
	}

	/** The groups that a user asks to join, or was not let into and has not put that away. */
	ofUser(user: UserId): (AskedGroup & { readonly id: ConversationId })[] {
		return this.#ofUser
			.all(user)
			.map(({ id, name, declinedAt }) => ({ id, name, declined: declinedAt !== null }));
	}

	add(id: ConversationId, user: UserId, askedAt: number): void {
		this.#add.run(id, user, askedAt);
	}

	/** Says no. False if they do not ask. */
	decline(id: ConversationId, user: UserId, at: number): boolean {
		return this.#decline.run(at, id, user).changes === 1;
	}

	/** Of who asks: they ask no more. Of who was refused: they have seen it. False if there is neither. */
	putAway(id: ConversationId, user: UserId): boolean {
		return this.#withdraw.run(id, user).changes + this.#putAway.run(id, user).changes === 1;
	}

	/** Forgets that they asked, and what they were told. */
	delete(id: ConversationId, user: UserId): void {
		this.#delete.run(id, user);
	}
}
