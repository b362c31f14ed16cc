/**
 * What the administrator of the server does with accounts. Who that is, succession says. Each change runs within a
 * transaction of its caller, and stands in the audit log with it.
 */
import type { Database } from 'better-sqlite3';
import { Succession } from './succession';
import type { PeopleSearch } from '../accounts/peopleSearch';
import type { UserStore } from '../accounts/userStore';
import type { ResetStore } from '../auth/resetStore';
import type { Sessions } from '../auth/sessions';
import { noSuchUser, notAdministrator, Problem } from '../http/problem';
import type { UserId } from '../../domain/ids';
import type { Person } from '../../domain/people';
import type { AuditAction } from '../../protocol/auditActions';
import type { SettableLimit } from '../../protocol/serverLimits';

const AUDIT_PAGE = 100;

export interface AuditEntry {
	readonly id: number;
	/** Milliseconds since 1970. */
	readonly at: number;
	readonly actor: UserId;
	readonly action: AuditAction;
	/** Empty if it is about the server. */
	readonly subject: UserId | '';
	/** Which limit was set, and to how much; null for none. */
	readonly limit?: { readonly name: SettableLimit; readonly value: number | null };
}

/** As it is in SQL. */
type KeptEntry = Omit<AuditEntry, 'limit'> & { readonly limitSet: string | null };

interface AdministrationParts {
	readonly db: Database;
	readonly users: UserStore;
	readonly search: PeopleSearch;
	readonly sessions: Sessions;
	readonly resets: ResetStore;
	readonly now: () => number;
	/** The username that the environment names. */
	readonly named: string | undefined;
}

export class Administration {
	readonly #parts: AdministrationParts;
	readonly #succession: Succession;
	readonly #suspendedAt;
	readonly #setSuspended;
	readonly #note;
	readonly #audit;

	constructor(parts: AdministrationParts) {
		const { db } = parts;
		this.#parts = parts;
		this.#succession = new Succession(parts);
		this.#suspendedAt = db
			.prepare<[UserId], number | null>('SELECT suspended_at FROM users WHERE id = ?')
			.pluck();
		this.#setSuspended = db.prepare<[number | null, UserId]>(
			'UPDATE users SET suspended_at = ? WHERE id = ?'
		);
		this.#note = db.prepare<[number, UserId, AuditAction, UserId, string | null]>(
			'INSERT INTO audit_log (at, actor, action, subject, limit_set) VALUES (?, ?, ?, ?, ?)'
		);
		this.#audit = db.prepare<[number], KeptEntry>(
			`SELECT id, at, actor, action, subject, limit_set AS limitSet FROM audit_log WHERE id < ? ORDER BY id DESC LIMIT ${AUDIT_PAGE}`
		);
	}

	isAdministrator(user: UserId): boolean {
		return user === this.#succession.administrator;
	}

	/**
	 * Before an account is deleted. Throws a Problem if nobody would administer the server then: its administrator has to
	 * name who does, and nobody else may.
	 */
	leave(user: UserId, successor: UserId | undefined): void {
		if (!this.isAdministrator(user)) {
			if (successor !== undefined) throw notAdministrator();
			return;
		}
		const heir = this.#succession.pass(user, successor);
		if (heir !== undefined) this.note(user, 'administration-handed-over', heir);
	}

	/** A page of accounts, found as people find each other. */
	users(search: string, cursor: string | undefined) {
		const page = this.#parts.search.page(search, cursor);
		return { ...page, users: page.users.map(({ id }) => this.account(id)) };
	}

	/** Throws a Problem if there is no such account. */
	account(id: UserId) {
		const { users, sessions } = this.#parts;
		const user = users.own(id);
		if (!user) throw noSuchUser();
		const suspendedAt = this.#suspendedAt.get(id) ?? undefined;
		const isAdministrator = this.isAdministrator(id);
		return { ...user, administrator: isAdministrator, suspendedAt, sessions: sessions.of(id).length };
	}

	/** Returns what the relay is to drop. Throws a Problem if there is no such account, or it is one's own. */
	suspend(actor: UserId, id: UserId): string[] {
		this.account(id);
		if (id === actor) throw ownAccount();
		const { now } = this.#parts;
		this.#setSuspended.run(now(), id);
		this.#note.run(now(), actor, 'suspended', id, null);
		return this.#end(id);
	}

	/** Throws a Problem if there is no such account. */
	readmit(actor: UserId, id: UserId): void {
		this.account(id);
		this.#setSuspended.run(null, id);
		this.#note.run(this.#parts.now(), actor, 'readmitted', id, null);
	}

	/** Returns what the relay is to drop. Throws a Problem if there is no such account. */
	endSessions(actor: UserId, id: UserId): string[] {
		this.account(id);
		this.#note.run(this.#parts.now(), actor, 'sessions-ended', id, null);
		return this.#end(id);
	}

	/**
	 * Leave to set a new password, for who has no address to send a mail to: the token is told this once. It counts as that
	 * of a mail does, which no longer counts then. Throws a Problem if there is no such account.
	 */
	makeResetToken(actor: UserId, id: UserId): string {
		this.account(id);
		const { resets, now } = this.#parts;
		this.#note.run(now(), actor, 'reset-link-made', id, null);
		return resets.mint(id, now());
	}

	/** Within a transaction of the caller, who does it. */
	note(
		actor: UserId,
		action: AuditAction,
		subject: AuditEntry['subject'],
		limit?: AuditEntry['limit']
	): void {
		const limitSet = limit === undefined ? null : JSON.stringify(limit);
		this.#note.run(this.#parts.now(), actor, action, subject, limitSet);
	}

	/** A page of what was done, the newest first; `before` is the id that it ends before. */
	audit(before = Number.MAX_SAFE_INTEGER): { entries: AuditEntry[]; people: Person[]; before?: number } {
		const entries = this.#audit
			.all(before)
			.map(({ limitSet, ...entry }): AuditEntry =>
				limitSet === null ? entry : { ...entry, limit: JSON.parse(limitSet) as AuditEntry['limit'] & object }
			);
		const last = entries.at(-1);
		const named = new Set(entries.flatMap(({ actor, subject }) => [actor, subject]));
		const people = [...named].flatMap((id) => this.#parts.users.personOrGone(id) ?? []);
		return { entries, people, before: entries.length === AUDIT_PAGE ? last?.id : undefined };
	}

	/** All that one is logged in by: tokens stay, but open nothing while the account is suspended. */
	#end(id: UserId): string[] {
		const { sessions } = this.#parts;
		const tokens = sessions.tokens.of(id).map((token) => `token:${token.id}`);
		return [...sessions.endAll(id), ...tokens];
	}
}

const ownAccount = () => new Problem(409, 'own_account', 'Nobody can suspend themselves.');
