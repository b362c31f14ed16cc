/**
 * Who administers the server: the one whom SKEIN_ADMIN names, or else the account that was made first of those there are.
 * Once the administrator has deleted the account it is whom they have named to come after them, for as long as the
 * environment names nobody else: whoever takes up the name that was freed is not. Only within a transaction.
 */
import type { Database } from 'better-sqlite3';
import type { UserStore } from '../accounts/userStore';
import { nameKey } from '../accounts/nameKey';
import { unknownUser } from '../conversations/groupProblems';
import { Problem } from '../http/problem';
import type { UserId } from '../../domain/ids';

interface SuccessionParts {
	readonly db: Database;
	readonly users: UserStore;
	/** The username that the environment names. */
	readonly named: string | undefined;
}

interface Passed {
	readonly to: UserId;
	/** Whom the environment named as it was passed on, as names are compared; null for nobody. */
	readonly named: string | null;
}

const NAME = 'administrator';

export class Succession {
	readonly #users: UserStore;
	readonly #named: string | undefined;
	readonly #first;
	readonly #others;
	readonly #passed;
	readonly #pass;
	readonly #forget;

	constructor({ db, users, named }: SuccessionParts) {
		this.#users = users;
		this.#named = named;
		this.#first = db
			.prepare<[], UserId>('SELECT id FROM users WHERE deleted_at IS NULL ORDER BY created_at, rowid LIMIT 1')
			.pluck();
		this.#others = db
			.prepare<[UserId], 1>('SELECT 1 FROM users WHERE deleted_at IS NULL AND id <> ? LIMIT 1')
			.pluck();
		this.#passed = db.prepare<[string], string>('SELECT value FROM server_settings WHERE name = ?').pluck();
		this.#pass = db.prepare<[string, string]>(
			'INSERT OR REPLACE INTO server_settings (name, value) VALUES (?, ?)'
		);
		this.#forget = db.prepare<[string]>('DELETE FROM server_settings WHERE name = ?');
	}

	/** Undefined while whom the environment names has no account, and on a server without any. */
	get administrator(): UserId | undefined {
		const kept = this.#passed.get(NAME);
		const { to, named } = kept === undefined ? {} : (JSON.parse(kept) as Passed);
		if (to !== undefined && named === this.#namedKey) return to;
		return this.#named === undefined ? this.#first.get() : this.#users.idOf(this.#named);
	}

	/**
	 * From the administrator, who goes, to another. Returns whom to; undefined if nobody else has an account. Throws a
	 * Problem if nobody is named, or nobody who may log in.
	 */
	pass(from: UserId, to: UserId | undefined): UserId | undefined {
		if (this.#others.get(from) === undefined) {
			this.#forget.run(NAME);
			return undefined;
		}
		if (to === undefined) throw lastAdministrator();
		if (to === from || !this.#users.person(to) || this.#users.isSuspended(to)) throw unknownUser('successor');
		this.#pass.run(NAME, JSON.stringify({ to, named: this.#namedKey } satisfies Passed));
		return to;
	}

	get #namedKey(): string | null {
		return this.#named === undefined ? null : nameKey(this.#named);
	}
}

const lastAdministrator = () =>
	new Problem(
		409,
		'last_administrator',
		'You administer this server. Name somebody who does after you.',
		'successor'
	);
