/** The table of who has blocked whom. */
import type { Database } from 'better-sqlite3';
import { PERSON_COLUMNS, personOf, type PersonRow } from './personRow';
import type { UserId } from '../../domain/ids';
import type { Person } from '../../domain/people';

export class BlockStore {
	readonly #add;
	readonly #delete;
	readonly #of;
	readonly #has;

	constructor(db: Database) {
		this.#add = db.prepare<[UserId, UserId, number]>(
			'INSERT INTO blocks (user_id, blocked_id, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING'
		);
		this.#delete = db.prepare<[UserId, UserId]>('DELETE FROM blocks WHERE user_id = ? AND blocked_id = ?');
		this.#of = db.prepare<[UserId], PersonRow>(
			`SELECT ${PERSON_COLUMNS} FROM blocks JOIN users ON users.id = blocked_id
			WHERE user_id = ? ORDER BY at, blocked_id`
		);
		this.#has = db
			.prepare<[UserId, UserId], number>('SELECT 1 FROM blocks WHERE user_id = ? AND blocked_id = ?')
			.pluck();
	}

	/** False if they are blocked already. `at` is in milliseconds since 1970. */
	add(user: UserId, blocked: UserId, at: number): boolean {
		return this.#add.run(user, blocked, at).changes === 1;
	}

	/** False if they are not blocked. */
	delete(user: UserId, blocked: UserId): boolean {
		return this.#delete.run(user, blocked).changes === 1;
	}

	/** Whom a user has blocked, in the order in which they did. */
	of(user: UserId): Person[] {
		return this.#of.all(user).map(personOf);
	}

	has(user: UserId, blocked: UserId): boolean {
		return this.#has.get(user, blocked) !== undefined;
	}
}
