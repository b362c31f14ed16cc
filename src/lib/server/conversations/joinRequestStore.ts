/** The table of those who ask to join a group, and of those who were refused and have not seen it yet. */
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
	readonly #decline;
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
			ON CONFLICT DO UPDATE SET asked_at = excluded.asked_at, declined_at = NULL`
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
			WHERE user_id = ? ORDER BY asked_at`
		);
	}

	/** The first to ask first. */
	of(id: ConversationId): Person[] {
		return this.#of.all(id).map(personOf);
	}

	has(id: ConversationId, user: UserId): boolean {
		return this.#has.get(id, user) !== undefined;
	}

	/** The groups that a user asks to join, or was not let into. */
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

	/** Forgets that they asked, and what they were told. False if there is nothing to forget. */
	delete(id: ConversationId, user: UserId): boolean {
		return this.#delete.run(id, user).changes === 1;
	}
}
