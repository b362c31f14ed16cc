/** The table of those who ask to join a group. */
import type { Database } from 'better-sqlite3';
import { PERSON_COLUMNS, personOf, type PersonRow } from '../accounts/personRow';
import type { ConversationId, UserId } from '../../domain/ids';
import type { Person } from '../../domain/people';

export class JoinRequestStore {
	readonly #of;
	readonly #has;
	readonly #add;
	readonly #delete;
	readonly #ofUser;

	constructor(db: Database) {
		this.#of = db.prepare<[ConversationId], PersonRow>(
			`SELECT ${PERSON_COLUMNS} FROM join_requests JOIN users ON users.id = user_id
			WHERE conversation_id = ? ORDER BY asked_at, username_key`
		);
		this.#has = db
			.prepare<[ConversationId, UserId], 1>(
				'SELECT 1 FROM join_requests WHERE conversation_id = ? AND user_id = ?'
			)
			.pluck();
		this.#add = db.prepare<[ConversationId, UserId, number]>(
			'INSERT INTO join_requests (conversation_id, user_id, asked_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING'
		);
		this.#delete = db.prepare<[ConversationId, UserId]>(
			'DELETE FROM join_requests WHERE conversation_id = ? AND user_id = ?'
		);
		this.#ofUser = db.prepare<[UserId], { readonly id: ConversationId; readonly name: string }>(
			`SELECT id, name FROM join_requests JOIN conversations ON id = conversation_id
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

	/** The groups that a user asks to join. */
	ofUser(user: UserId): { readonly id: ConversationId; readonly name: string }[] {
		return this.#ofUser.all(user);
	}

	add(id: ConversationId, user: UserId, askedAt: number): void {
		this.#add.run(id, user, askedAt);
	}

	/** False if they do not ask. */
	delete(id: ConversationId, user: UserId): boolean {
		return this.#delete.run(id, user).changes === 1;
	}
}
