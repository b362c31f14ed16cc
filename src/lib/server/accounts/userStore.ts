/** The users table. */
import type { Database } from 'better-sqlite3';
import { nameKey } from './nameKey';
import type { UserId } from '../../domain/ids';
import type { Person } from '../../domain/people';
import type { OwnUser } from '../../protocol/rest';

interface UserRow {
	id: UserId;
	username: string;
	displayName: string;
	email: string | null;
	createdAt: number;
}

const COLUMNS = 'id, username, display_name AS displayName, email, created_at AS createdAt';

export class UserStore {
	readonly #byId;
	readonly #byKey;
	readonly #insert;
	readonly #rename;

	constructor(db: Database) {
		this.#byId = db.prepare<[UserId], UserRow>(`SELECT ${COLUMNS} FROM users WHERE id = ?`);
		this.#byKey = db.prepare<[string], UserRow>(`SELECT ${COLUMNS} FROM users WHERE username_key = ?`);
		this.#insert = db.prepare<[UserRow & { usernameKey: string; displayNameKey: string }]>(
			`INSERT INTO users (id, username, username_key, display_name, display_name_key, email, created_at)
			VALUES (@id, @username, @usernameKey, @displayName, @displayNameKey, @email, @createdAt)
			ON CONFLICT (username_key) DO NOTHING`
		);
		this.#rename = db.prepare<[string, string, UserId]>(
			'UPDATE users SET display_name = ?, display_name_key = ? WHERE id = ?'
		);
	}

	/** The user as they see themselves. */
	own(id: UserId): OwnUser | undefined {
		const row = this.#byId.get(id);
		return row && { ...row, email: row.email ?? undefined };
	}

	/** The user as others see them. */
	person(id: UserId): Person | undefined {
		const row = this.#byId.get(id);
		return row && { id: row.id, username: row.username, displayName: row.displayName };
	}

	idOf(username: string): UserId | undefined {
		return this.#byKey.get(nameKey(username))?.id;
	}

	/** False if the username is taken. */
	insert(user: OwnUser): boolean {
		const keys = { usernameKey: nameKey(user.username), displayNameKey: nameKey(user.displayName) };
		return this.#insert.run({ ...user, ...keys, email: user.email ?? null }).changes === 1;
	}

	rename(id: UserId, displayName: string): void {
		this.#rename.run(displayName, nameKey(displayName), id);
	}
}
