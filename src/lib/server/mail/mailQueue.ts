/**
 * Mails that are to be sent. A row says for whom and why, and never what only they may know: a link is made when its
 * mail leaves. It is made in the transaction of what it follows from, and goes once the mail has been handed on.
 */
import type { Database } from 'better-sqlite3';
import type { Language } from '../../protocol/languages';

export type MailKind =
	/** Somebody asked for a new password. `subject` is the key of the username or address that they gave. */
	| 'reset'
	/** `subject` is the user. */
	| 'password-changed'
	/** `subject` is the address that was theirs before. */
	| 'email-changed'
	/** `subject` is the address of an account that is no more. */
	| 'account-deleted';

export interface DueMail {
	readonly id: number;
	readonly kind: MailKind;
	readonly subject: string;
	/** Where the person reaches Skein, for links. */
	readonly origin: string;
	readonly language: Language;
	/** Milliseconds since 1970. */
	readonly askedAt: number;
	readonly tries: number;
}

const COLUMNS = 'id, kind, subject, origin, language, asked_at AS askedAt, tries';

export class MailQueue {
	readonly #add;
	readonly #next;
	readonly #nextAt;
	readonly #putOff;
	readonly #delete;

	constructor(db: Database) {
		this.#add = db.prepare<
			[{ kind: MailKind; subject: string; origin: string; language: Language; at: number }]
		>(
			`INSERT INTO mails_due (kind, subject, origin, language, asked_at, next_at)
			VALUES (@kind, @subject, @origin, @language, @at, @at)
			ON CONFLICT DO UPDATE SET origin = excluded.origin, language = excluded.language, asked_at = excluded.asked_at`
		);
		this.#next = db.prepare<[number], DueMail>(
			`SELECT ${COLUMNS} FROM mails_due WHERE next_at <= ? ORDER BY next_at, id LIMIT 1`
		);
		this.#nextAt = db.prepare<[], number | null>('SELECT min(next_at) FROM mails_due').pluck();
		this.#putOff = db.prepare<[number, number]>(
			'UPDATE mails_due SET tries = tries + 1, next_at = ? WHERE id = ?'
		);
		this.#delete = db.prepare<[number]>('DELETE FROM mails_due WHERE id = ?');
	}

	/** One that waits already is not sent twice. */
	add(
		kind: MailKind,
		{ subject, origin, language, at }: { subject: string; origin: string; language: Language; at: number }
	): void {
		this.#add.run({ kind, subject, origin, language, at });
	}

	/** The next that may be tried at that time, in milliseconds. */
	next(at: number): DueMail | undefined {
		return this.#next.get(at);
	}

	/** When the next one may be tried; undefined if none waits. */
	get nextAt(): number | undefined {
		return this.#nextAt.get() ?? undefined;
	}

	putOff(id: number, until: number): void {
		this.#putOff.run(until, id);
	}

	done(id: number): void {
		this.#delete.run(id);
	}
}
