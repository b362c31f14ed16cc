/**
 * The users table. The row of a deleted account stays, without any name: what is left of them in conversations is
 * theirs still. It is found by its id alone.
 */
import type { Database } from 'better-sqlite3';
import { emailKey } from './emailKey';
import { foundKey } from './foundKey';
import { nameKey } from './nameKey';
import { PERSON_COLUMNS, personOf, type PersonRow } from './personRow';
import type { UserId } from '../../domain/ids';
import type { Person } from '../../domain/people';
import type { OwnUser } from '../../protocol/rest';

interface UserRow extends PersonRow {
	readonly email: string | null;
	readonly createdAt: number;
	readonly deletedAt: number | null;
}

const COLUMNS = `${PERSON_COLUMNS}, email, created_at AS createdAt, deleted_at AS deletedAt`;

export class UserStore {
	readonly #byId;
	readonly #suspended;
	readonly #byKey;
	readonly #insert;
	readonly #update;
	readonly #setPicture;
	readonly #setEmail;
	readonly #byEmail;
	readonly #isHeld;
	readonly #hold;
	readonly #release;
	readonly #clear;

	constructor(db: Database) {
		this.#byId = db.prepare<[UserId], UserRow>(`SELECT ${COLUMNS} FROM users WHERE id = ?`);
		this.#suspended = db.prepare<[UserId]>('SELECT 1 FROM users WHERE id = ? AND suspended_at IS NOT NULL');
		this.#byKey = db.prepare<[string], UserRow>(`SELECT ${COLUMNS} FROM users WHERE username_key = ?`);
		this.#insert = db.prepare<
			[
				Omit<UserRow, 'about' | 'picture' | 'deletedAt'> & {
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
		this.#isHeld = db
			.prepare<[string, number], 1>('SELECT 1 FROM held_names WHERE username_key = ? AND until > ?')
			.pluck();
		this.#hold = db.prepare<[number, UserId]>(
			`INSERT INTO held_names (username_key, until) SELECT username_key, ? FROM users WHERE id = ?
			ON CONFLICT DO UPDATE SET until = excluded.until`
		);
		this.#release = db.prepare<[number]>('DELETE FROM held_names WHERE until <= ?');
		this.#clear = db.prepare<[number, UserId]>(
			`UPDATE users SET deleted_at = ?, username = '', username_key = 'deleted:' || id, display_name = '',
				display_name_key = '', about = '', picture = NULL, email = NULL, email_key = NULL
			WHERE id = ?`
		);
		this.#setPicture = db.prepare<[string | null, UserId]>('UPDATE users SET picture = ? WHERE id = ?');
	}

	/** The user as they see themselves. */
	own(id: UserId): OwnUser | undefined {
		const row = this.#byId.get(id);
		return row && row.deletedAt === null ? ownOf(row) : undefined;
	}

	/** The user as others see them. */
	person(id: UserId): Person | undefined {
		const row = this.#byId.get(id);
		return row && row.deletedAt === null ? personOf(row) : undefined;
	}

	/** The same, and for somebody who has deleted their account a person without names. */
	personOrGone(id: UserId): Person | undefined {
		const row = this.#byId.get(id);
		return row && personOf(row);
	}

	/** They may not log in. */
	isSuspended(id: UserId): boolean {
		return this.#suspended.get(id) !== undefined;
	}

	isDeleted(id: UserId): boolean {
		return typeof this.#byId.get(id)?.deletedAt === 'number';
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
			displayNameKey: foundKey(username, displayName),
			emailKey: email && emailKey(email)
		};
		return this.#insert.run({ id, username, displayName, email, createdAt, ...keys }).changes === 1;
	}

	/** What they are called, and what they say of themselves. */
	update({ id, username, displayName, about = '' }: Person): void {
		this.#update.run(displayName, foundKey(username, displayName), about, id);
	}

	/** True for the name of an account that was deleted, for as long as nobody may take it. */
	isHeld(username: string, now: number): boolean {
		return this.#isHeld.get(nameKey(username), now) !== undefined;
	}

	/** Takes all that they are known by; nobody may take the username before `heldUntil`. In milliseconds since 1970. */
	delete(id: UserId, { now, heldUntil }: { readonly now: number; readonly heldUntil: number }): void {
		this.#release.run(now);
		this.#hold.run(heldUntil, id);
		this.#clear.run(now, id);
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
