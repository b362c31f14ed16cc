/** The users table. */
import type { Database } from 'better-sqlite3';
import { emailKey } from './emailKey';
import { nameKey } from './nameKey';
import { PERSON_COLUMNS, personOf, type PersonRow } from './personRow';
import type { UserId } from '../../domain/ids';
import type { Person } from '../../domain/people';
import type { OwnUser } from '../../protocol/rest';

interface UserRow extends PersonRow {
	readonly email: string | null;
	readonly createdAt: number;
}

const COLUMNS = `${PERSON_COLUMNS}, email, created_at AS createdAt`;

export class UserStore {
	readonly #byId;
	readonly #byKey;
	readonly #insert;
	readonly #update;
	readonly #setPicture;
	readonly #setEmail;
	readonly #byEmail;

	constructor(db: Database) {
		this.#byId = db.prepare<[UserId], UserRow>(`SELECT ${COLUMNS} FROM users WHERE id = ?`);
		this.#byKey = db.prepare<[string], UserRow>(`SELECT ${COLUMNS} FROM users WHERE username_key = ?`);
		this.#insert = db.prepare<
			[
				Omit<UserRow, 'about' | 'picture'> & {
					usernameKey: string;
					displayNameKey: string;
					emailKey: string | null;
				}
			]
		>(
			`INSERT INTO users
				(id, username, username_key, display_name, display_name_key, email, email_key, created_at)
			VALUES (@id, @username, @usernameKey, @displayName, @displayNameKey, @email, @emailKey, @createdAt)
			ON CONFLICT (username_key) DO NOTHING`
		);
		this.#update = db.prepare<[string, string, string, UserId]>(
			'UPDATE users SET display_name = ?, display_name_key = ?, about = ? WHERE id = ?'
		);
		this.#setEmail = db.prepare<[string | null, string | null, UserId]>(
			'UPDATE users SET email = ?, email_key = ? WHERE id = ?'
		);
		this.#byEmail = db.prepare<[string, number], UserRow>(
			`SELECT ${COLUMNS} FROM users WHERE email_key = ? ORDER BY created_at LIMIT ?`
		);
		this.#setPicture = db.prepare<[string | null, UserId]>('UPDATE users SET picture = ? WHERE id = ?');
	}

	/** The user as they see themselves. */
	own(id: UserId): OwnUser | undefined {
		const row = this.#byId.get(id);
		return row && ownOf(row);
	}

	/** The user as others see them. */
	person(id: UserId): Person | undefined {
		const row = this.#byId.get(id);
		return row && personOf(row);
	}

	idOf(username: string): UserId | undefined {
		return this.#byKey.get(nameKey(username))?.id;
	}

	/** Those with that address, the oldest first. */
	withEmail(address: string, max: number): OwnUser[] {
		return this.#byEmail.all(emailKey(address), max).map(ownOf);
	}

	/** False if the username is taken. */
	insert(user: OwnUser): boolean {
		const { id, username, displayName, email = null, createdAt } = user;
		const keys = {
			usernameKey: nameKey(username),
			displayNameKey: nameKey(displayName),
			emailKey: email && emailKey(email)
		};
		return this.#insert.run({ id, username, displayName, email, createdAt, ...keys }).changes === 1;
	}

	/** What they are called, and what they say of themselves. */
	update({ id, displayName, about = '' }: Person): void {
		this.#update.run(displayName, nameKey(displayName), about, id);
	}

	/** Undefined for none. */
	setEmail(id: UserId, address: string | undefined): void {
		this.#setEmail.run(address ?? null, address === undefined ? null : emailKey(address), id);
	}

	/** The picture must be kept already; null for none. */
	setPicture(id: UserId, hash: string | null): void {
		this.#setPicture.run(hash, id);
	}
}

const ownOf = (row: UserRow): OwnUser => ({
	...personOf(row),
	email: row.email ?? undefined,
	createdAt: row.createdAt
});
