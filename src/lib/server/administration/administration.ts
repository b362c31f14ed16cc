/**
 * What administrators of the server do with accounts. Each change runs within a
 * transaction of its caller, and stands in the audit log with it.
 */
import type { Database } from 'better-sqlite3';
import { Administrators, namedAdministrator } from './administrators';
import { Succession } from './succession';
import { nameKey } from '../accounts/nameKey';
import type { PeopleSearch } from '../accounts/peopleSearch';
import type { UserStore } from '../accounts/userStore';
import type { ResetStore } from '../auth/resetStore';
import type { Sessions } from '../auth/sessions';
import type { WebhookStore } from '../webhooks/webhookStore';
import { unknownUser } from '../conversations/groupProblems';
import { noSuchUser, notAdministrator, Problem } from '../http/problem';
import type { UserId } from '../../domain/ids';
import type { Person } from '../../domain/people';
import type { AuditAction } from '../../protocol/auditActions';
import type { ReportOutcome } from '../../protocol/reportReasons';
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
	/** Which report was settled, and how. */
	readonly report?: { readonly id: number; readonly outcome: ReportOutcome };
}

type AuditMore = Pick<AuditEntry, 'limit' | 'report'>;

/** As it is in SQL. */
type KeptEntry = Omit<AuditEntry, keyof AuditMore> & {
	readonly limitSet: string | null;
	readonly reportSettled: string | null;
};

interface AdministrationParts {
	readonly db: Database;
	readonly users: UserStore;
	readonly search: PeopleSearch;
	readonly sessions: Sessions;
	readonly resets: ResetStore;
	readonly webhooks: Pick<WebhookStore, 'deleteOf'>;
	readonly now: () => number;
	/** The username that the environment names. */
	readonly named: string | undefined;
}

export class Administration {
	readonly #parts: AdministrationParts;
	readonly #succession: Succession;
	readonly #administrators: Administrators;
	readonly #suspendedAt;
	readonly #setSuspended;
	readonly #note;
	readonly #audit;

	constructor(parts: AdministrationParts) {
		const { db } = parts;
		this.#parts = parts;
		this.#succession = new Succession(parts);
		this.#administrators = new Administrators({ db, succession: this.#succession, now: parts.now });
		this.#suspendedAt = db
			.prepare<[UserId], number | null>('SELECT suspended_at FROM users WHERE id = ?')
			.pluck();
		this.#setSuspended = db.prepare<[number | null, UserId]>(
			'UPDATE users SET suspended_at = ? WHERE id = ?'
		);
		this.#note = db.prepare<[number, UserId, AuditAction, UserId, string | null, string | null]>(
			'INSERT INTO audit_log (at, actor, action, subject, limit_set, report_settled) VALUES (?, ?, ?, ?, ?, ?)'
		);
		this.#audit = db.prepare<[number], KeptEntry>(
			`SELECT id, at, actor, action, subject, limit_set AS limitSet, report_settled AS reportSettled
			FROM audit_log WHERE id < ? ORDER BY id DESC LIMIT ${AUDIT_PAGE}`
		);
	}

	isAdministrator(user: UserId): boolean {
		return this.#administrators.has(user);
	}

	/** True for the username that the environment names, though nobody has it yet. */
	isNamedSo(username: string): boolean {
		const { named } = this.#parts;
		return named !== undefined && nameKey(named) === nameKey(username);
	}

	/** Within the transaction that makes the account. */
	registered(user: UserId): void {
		this.#succession.registered(user);
	}

	/** Within the transaction of what they want: it may have been taken back since they were let in. Throws a Problem. */
	refuseOthers(user: UserId): void {
		if (!this.isAdministrator(user) || this.#parts.users.isSuspended(user)) throw notAdministrator();
	}

	/**
	 * Before an account is deleted. Throws a Problem if nobody would administer the server then: its only administrator has
	 * to name who does, and nobody who is none may.
	 */
	leave(user: UserId, successor: UserId | undefined): void {
		if (!this.isAdministrator(user)) {
			if (successor !== undefined) throw notAdministrator();
			return;
		}
		if (successor !== undefined && !this.#mayFollow(user, successor)) throw unknownUser('successor');
		const wanted = successor ?? this.#administrators.otherThan(user);
		const isNew = wanted !== undefined && !this.isAdministrator(wanted);
		if (user === this.#succession.administrator || wanted === undefined) this.#succession.pass(user, wanted);
		else if (isNew) this.makeAdministrator(user, wanted);
		this.#administrators.forget(user);
		if (isNew) this.note(user, 'administration-handed-over', wanted);
	}

	/** A suspended administrator, or whoever goes, would leave the server to nobody. */
	#mayFollow(user: UserId, successor: UserId): boolean {
		const { users } = this.#parts;
		return successor !== user && users.person(successor) !== undefined && !users.isSuspended(successor);
	}

	/** Throws a Problem if there is no such account, or it is suspended. */
	makeAdministrator(actor: UserId, id: UserId): void {
		this.account(id);
		if (this.#parts.users.isSuspended(id)) throw suspendedAccount();
		this.#make(actor, id);
	}

	/** Throws a Problem if nobody else could administer the server, or it is not theirs to decide. */
	unmakeAdministrator(actor: UserId, id: UserId): void {
		this.account(id);
		if (this.#administrators.unmake(id)) this.note(actor, 'administrator-unmade', id);
	}

	#make(actor: UserId, id: UserId): void {
		if (this.#administrators.make(id)) this.note(actor, 'administrator-made', id);
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
		return {
			...user,
			administrator: this.isAdministrator(id),
			named: this.#administrators.isNamed(id) || undefined,
			suspendedAt,
			sessions: sessions.countOf(id)
		};
	}

	/**
	 * Personal API tokens stay, but open nothing while the account is suspended. Returns what the relay is to drop: nothing if
	 * it was suspended before. Throws a Problem if there is no such account, or it is one's own or the named one.
	 */
	suspend(actor: UserId, id: UserId): string[] {
		const { suspendedAt } = this.account(id);
		if (id === actor) throw ownAccount();
		if (this.#administrators.isNamed(id)) throw namedAdministrator();
		if (suspendedAt !== undefined) return [];
		const { now, sessions } = this.#parts;
		this.#setSuspended.run(now(), id);
		this.note(actor, 'suspended', id);
		const tokens = sessions.tokens.of(id).map((token) => `token:${token.id}`);
		return [...sessions.endAll(id), ...tokens];
	}

	/** Throws a Problem if there is no such account. */
	readmit(actor: UserId, id: UserId): void {
		if (this.account(id).suspendedAt === undefined) return;
		this.#setSuspended.run(null, id);
		this.note(actor, 'readmitted', id);
	}

	/**
	 * Ends personal API tokens and webhooks too: they may be those of whom it is to keep out. Returns what the relay is to drop. Throws a
	 * Problem if there is no such account.
	 */
	endSessions(actor: UserId, id: UserId): string[] {
		this.account(id);
		this.note(actor, 'sessions-ended', id);
		this.#parts.webhooks.deleteOf(id);
		return this.#parts.sessions.endForGood(id);
	}

	/**
	 * Leave to set a new password, for who has no address to send a mail to: the token is told this once. It counts as that
	 * of a mail does, which no longer counts then. Throws a Problem if there is no such account, or it is the named one and
	 * somebody else's: who takes it over could give its administration away.
	 */
	makeResetToken(actor: UserId, id: UserId): string {
		this.account(id);
		if (id !== actor && this.#administrators.isNamed(id)) throw namedAdministrator();
		const { resets, now } = this.#parts;
		this.note(actor, 'reset-link-made', id);
		return resets.mint(id, now());
	}

	/** Within a transaction of the caller, who does it. */
	note(
		actor: UserId,
		action: AuditAction,
		subject: AuditEntry['subject'],
		{ limit, report }: AuditMore = {}
	): void {
		const [limitSet, reportSettled] = [limit, report].map((more) => (more ? JSON.stringify(more) : null));
		this.#note.run(this.#parts.now(), actor, action, subject, limitSet ?? null, reportSettled ?? null);
	}

	/** A page of what was done, the newest first; `before` is the id that it ends before. */
	audit(before = Number.MAX_SAFE_INTEGER): { entries: AuditEntry[]; people: Person[]; before?: number } {
		const entries = this.#audit.all(before).map(({ limitSet, reportSettled, ...entry }): AuditEntry => ({
			...entry,
			...(limitSet === null ? {} : { limit: JSON.parse(limitSet) as AuditEntry['limit'] & object }),
			...(reportSettled === null
				? {}
				: { report: JSON.parse(reportSettled) as AuditEntry['report'] & object })
		}));
		const last = entries.at(-1);
		const named = new Set(entries.flatMap(({ actor, subject }) => [actor, subject]));
		const people = [...named].flatMap((id) => this.#parts.users.personOrGone(id) ?? []);
		return { entries, people, before: entries.length === AUDIT_PAGE ? last?.id : undefined };
	}
}

const suspendedAccount = () =>
	new Problem(409, 'suspended_account', 'This account is suspended. Readmit it first.');
const ownAccount = () => new Problem(409, 'own_account', 'Nobody can suspend themselves.');
