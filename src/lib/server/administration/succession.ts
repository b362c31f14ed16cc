/**
 * Who administers the server, whoever else has been made administrator (administrators): the one whom SKEIN_ADMIN
 * names, or else the account that was made first of those there are. Which that is is written down: clocks are set back.
 * Once the administrator has deleted the account it is whom they have named to come after them, for as long as the
 * environment names nobody else: whoever takes up the name that was freed is not. Only within a transaction.
 */
import type { Database } from 'better-sqlite3';
import type { UserStore } from '../accounts/userStore';
import { nameKey } from '../accounts/nameKey';
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
const FIRST = 'first-account';

export class Succession {
	readonly #users: UserStore;
	readonly #named: string | undefined;
	readonly #eldest;
	readonly #others;
	readonly #kept;
	readonly #keep;
	readonly #forget;

	constructor({ db, users, named }: SuccessionParts) {
		this.#users = users;
		this.#named = named;
		this.#eldest = db
			.prepare<[UserId], UserId>(
				'SELECT id FROM users WHERE deleted_at IS NULL AND id <> ? ORDER BY created_at, rowid LIMIT 1'
			)
			.pluck();
		this.#others = db
			.prepare<[UserId], 1>('SELECT 1 FROM users WHERE deleted_at IS NULL AND id <> ? LIMIT 1')
			.pluck();
		this.#kept = db.prepare<[string], string>('SELECT value FROM server_settings WHERE name = ?').pluck();
		this.#keep = db.prepare<[string, string]>(
			'INSERT OR REPLACE INTO server_settings (name, value) VALUES (?, ?)'
		);
		this.#forget = db.prepare<[string]>('DELETE FROM server_settings WHERE name = ?');
	}

	/** Undefined while whom the environment names has no account, and on a server without any. */
	get administrator(): UserId | undefined {
		return this.#passedTo ?? (this.#named === undefined ? this.#first : this.named);
	}

	/** Within the transaction that makes the account. */
	registered(user: UserId): void {
		if (this.#noted === undefined) this.#keep.run(FIRST, this.#eldest.get(user) ?? user);
	}

	get #first(): UserId | undefined {
		return this.#noted ?? this.#eldest.get('');
	}

	/** Undefined before there is any account, and once that one has been deleted. */
	get #noted(): UserId | undefined {
		const id = this.#kept.get(FIRST);
		return id === undefined || this.#users.isDeleted(id) ? undefined : id;
	}

	/** Whom the environment names, unless they have passed it on. */
	get named(): UserId | undefined {
		const isNamed = this.#named !== undefined && this.#passedTo === undefined;
		return isNamed ? this.#users.idOf(this.#named) : undefined;
	}

	get #passedTo(): UserId | undefined {
		const kept = this.#kept.get(NAME);
		const { to, named } = kept === undefined ? {} : (JSON.parse(kept) as Passed);
		return named === this.#namedKey ? to : undefined;
	}

	/**
	 * From the administrator, who goes, to another who may log in. Returns whom to; undefined if nobody else has an account.
	 * Throws a Problem if nobody is named.
	 */
	pass(from: UserId, to: UserId | undefined): UserId | undefined {
		if (this.#others.get(from) === undefined) {
			this.#forget.run(NAME);
			return undefined;
		}
		if (to === undefined) throw lastAdministrator();
		this.#keep.run(NAME, JSON.stringify({ to, named: this.#namedKey } satisfies Passed));
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
