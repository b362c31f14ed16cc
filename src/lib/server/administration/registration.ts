/**
 * Who may make an account: anybody, or who holds an invite link into a group. The first account is always made: its owner
 * administers the server.
 */
import type { Database } from 'better-sqlite3';
import type { Administration } from './administration';
import type { ServerLimits } from './serverLimits';
import { isReservedName } from '../accounts/reservedName';
import type { Invites } from '../conversations/invites';
import { Problem } from '../http/problem';
import type { UserId } from '../../domain/ids';
import type { RegistrationMode } from '../../protocol/registration';

interface RegistrationParts {
	readonly db: Database;
	readonly invites: Invites;
	readonly administration: Administration;
	readonly limits: ServerLimits;
}

export class Registration {
	readonly #parts: RegistrationParts;
	readonly #read;
	readonly #write;
	readonly #someone;
	readonly #count;

	constructor(parts: RegistrationParts) {
		const { db } = parts;
		this.#parts = parts;
		this.#read = db
			.prepare<[], RegistrationMode>("SELECT value FROM server_settings WHERE name = 'registration'")
			.pluck();
		this.#write = db.prepare<[RegistrationMode]>(
			`INSERT INTO server_settings (name, value) VALUES ('registration', ?)
			ON CONFLICT DO UPDATE SET value = excluded.value`
		);
		this.#count = db.prepare<[], number>('SELECT count(*) FROM users WHERE deleted_at IS NULL').pluck();
		this.#someone = db.prepare<[], 1>('SELECT 1 FROM users WHERE deleted_at IS NULL LIMIT 1').pluck();
	}

	get mode(): RegistrationMode {
		return this.#read.get() ?? 'open';
	}

	/** Within a transaction of the caller, who is an administrator. */
	set(actor: UserId, mode: RegistrationMode): void {
		if (mode === this.mode) return;
		this.#write.run(mode);
		const action = mode === 'open' ? 'registration-opened' : 'registration-by-invitation';
		this.#parts.administration.note(actor, action, '');
	}

	/** Anybody may make an account now. */
	get isFree(): boolean {
		return this.mode === 'open' || this.#someone.get() === undefined;
	}

	/**
	 * The name is kept for who runs the server: whoever makes the first account, or the one that the environment names,
	 * may have it, and nobody else.
	 */
	isKept(username: string): boolean {
		const isFirst = this.#someone.get() === undefined;
		return isReservedName(username) && !isFirst && !this.#parts.administration.isNamedSo(username);
	}

	/** Throws a Problem if there are as many accounts as there may be. */
	refuseOver(): void {
		const max = this.#parts.limits.get('accounts');
		if (max !== undefined && (this.#count.get() ?? 0) >= max) throw serverFull();
	}

	/** Throws a Problem unless the link holds. */
	refuseUninvited(invite: string | undefined): void {
		if (invite === undefined) throw byInvitation();
		this.#parts.invites.open(invite, undefined);
	}

	/**
	 * Uses the link for who registers by it, so that it admits no more people than it is for. Within the transaction that
	 * makes the account. Throws a Problem unless the link holds.
	 */
	admit(user: UserId, invite: string | undefined): void {
		if (invite === undefined) throw byInvitation();
		this.#parts.invites.accept(user, invite);
	}
}

const byInvitation = () =>
	new Problem(
		403,
		'by_invitation',
		'This server takes new people by invitation only. Open the link that you were given.'
	);

const serverFull = () =>
	new Problem(403, 'server_full', 'This server has as many accounts as it takes. Ask whoever runs it.');
