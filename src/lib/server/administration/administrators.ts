/**
 * Whoever administers the server beside the one whom succession says: those whom an administrator has made one, until
 * another takes it back. Each change runs within a transaction of its caller.
 */
import type { Database } from 'better-sqlite3';
import type { Succession } from './succession';
import { Problem } from '../http/problem';
import type { UserId } from '../../domain/ids';

interface AdministratorsParts {
	readonly db: Database;
	readonly succession: Succession;
	readonly now: () => number;
}

export class Administrators {
	readonly #parts: AdministratorsParts;
	readonly #made;
	readonly #keep;
	readonly #forget;
	readonly #able;

	constructor(parts: AdministratorsParts) {
		const { db } = parts;
		this.#parts = parts;
		this.#made = db.prepare<[UserId], 1>('SELECT 1 FROM administrators WHERE user_id = ?').pluck();
		this.#keep = db.prepare<[UserId, number]>('INSERT INTO administrators (user_id, made_at) VALUES (?, ?)');
		this.#forget = db.prepare<[UserId]>('DELETE FROM administrators WHERE user_id = ?');
		this.#able = db
			.prepare<[UserId | null], UserId>(
				`SELECT users.id FROM users LEFT JOIN administrators ON user_id = users.id
				WHERE (user_id IS NOT NULL OR users.id = ?) AND deleted_at IS NULL AND suspended_at IS NULL
				ORDER BY made_at, users.rowid`
			)
			.pluck();
	}

	has(user: UserId): boolean {
		return user === this.#parts.succession.administrator || this.#made.get(user) !== undefined;
	}

	/** The environment says that they administer the server, so nobody else decides it. */
	isNamed(user: UserId): boolean {
		return user === this.#parts.succession.named;
	}

	/** False if they are one already. */
	make(user: UserId): boolean {
		if (this.has(user)) return false;
		this.#keep.run(user, this.#parts.now());
		return true;
	}

	/** False if they are none. Throws a Problem if nobody else could administer the server, or the environment names them. */
	unmake(user: UserId): boolean {
		const { succession } = this.#parts;
		if (!this.has(user)) return false;
		if (this.isNamed(user)) throw namedAdministrator();
		const other = this.otherThan(user);
		if (other === undefined) throw soleAdministrator();
		if (user === succession.administrator) succession.pass(user, other);
		this.forget(user);
		return true;
	}

	/** Who has been one for longest, of those who can log in; undefined if nobody else can. */
	otherThan(user: UserId): UserId | undefined {
		return this.#able.all(this.#parts.succession.administrator ?? null).find((id) => id !== user);
	}

	/** As it is taken back, or their account is deleted. */
	forget(user: UserId): void {
		this.#forget.run(user);
	}
}

export const namedAdministrator = () =>
	new Problem(
		409,
		'named_administrator',
		'SKEIN_ADMIN names this account: whoever runs the server decides it.'
	);
const soleAdministrator = () =>
	new Problem(
		409,
		'sole_administrator',
		'Nobody else administers this server. Make somebody an administrator first.'
	);
