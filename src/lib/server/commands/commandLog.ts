/**
 * What became of each command, by the id that its client minted. Invariant: a command and the note of its outcome are
 * one transaction, so a command that comes again, however its first answer was lost, changes nothing and answers the
 * same. Refusals are kept as well: what was refused once does not happen later behind the person's back. What others are
 * called is not kept, nor what grows with a group: of such an answer stands here what it is about, and it is told anew.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Database } from 'better-sqlite3';
import { idReused, Problem } from '../http/problem';
import type { ConversationId, UserId } from '../../domain/ids';
import { COMMAND_KEPT_MS, COMMANDS_KEPT_MAX } from '../../domain/limits';

/** What an answer tells of, where that is not the user's own. */
export type Subject = { readonly conversation: ConversationId } | { readonly account: UserId };

export interface Outcome {
	readonly status: number;
	/** What the client is told, as JSON; undefined for an answer without a body. */
	readonly answer?: object;
	/** What the answer tells of, kept in its place: a command that comes again is told how that stands by then. */
	readonly about?: Subject;
	/** Told with the first answer alone and kept nowhere: a secret. */
	readonly secret?: object;
	/** What must follow the commit at once. Not done again for a command that comes again. */
	readonly after?: () => void;
}

export interface NamedCommand {
	/** As its client minted it. */
	readonly id: string;
	/** What is asked, so that an id that comes again with something else is told from a repetition. */
	readonly request: string;
}

interface Kept {
	readonly request: string;
	readonly status: number;
	readonly answer: Buffer;
	/** A {@link Subject} as JSON; null if the answer is as it was. */
	readonly about: string | null;
}

interface CommandLogParts {
	readonly db: Database;
	readonly now: () => number;
	/** The answer about something, as it is told to this user now. */
	readonly retell: (user: UserId, about: Subject) => object;
	/** Of one user. */
	readonly keptMax?: number;
}

export class CommandLog {
	readonly #parts: CommandLogParts;
	readonly #find;
	readonly #keep;
	readonly #forget;
	readonly #forgetMore;

	constructor(parts: CommandLogParts) {
		const { db, keptMax = COMMANDS_KEPT_MAX } = parts;
		this.#parts = parts;
		this.#find = db.prepare<[UserId, string], Kept>(
			'SELECT request, status, answer, about FROM commands WHERE user_id = ? AND id = ?'
		);
		this.#keep = db.prepare<[UserId, string, string, number, Buffer, string | null, number]>(
			'INSERT INTO commands (user_id, id, request, status, answer, about, done_at) VALUES (?, ?, ?, ?, ?, ?, ?)'
		);
		this.#forget = db.prepare<[number]>('DELETE FROM commands WHERE done_at < ?');
		this.#forgetMore = db.prepare<[UserId]>(
			`DELETE FROM commands WHERE (user_id, id) IN
			(SELECT user_id, id FROM commands WHERE user_id = ? ORDER BY done_at DESC LIMIT -1 OFFSET ${keptMax})`
		);
	}

	/** The user's command of this id has had its outcome; if `request` is given, as one that asked for just that. */
	has(user: UserId, id: string, request?: string): boolean {
		const kept = this.#find.get(user, id);
		return kept !== undefined && (request === undefined || kept.request === request);
	}

	/**
	 * Runs `change` in a transaction, once for each id of a user: a command that comes again has the first outcome.
	 * A change that breaks a rule throws a Problem, which undoes it; with an id the refusal is an outcome too.
	 */
	once(user: UserId, command: NamedCommand | undefined, change: () => Outcome): Outcome {
		const { db } = this.#parts;
		const run = db.transaction(change);
		if (!command) return run.immediate();
		return db
			.transaction(() => {
				const kept = this.#find.get(user, command.id);
				if (kept) return this.#again(user, kept, command);
				const outcome = orRefusal(run);
				this.#note(user, command, outcome);
				return outcome;
			})
			.immediate();
	}

	#note(user: UserId, command: NamedCommand, { status, answer, about }: Outcome): void {
		const now = this.#parts.now();
		const text = answer === undefined || about ? '' : JSON.stringify(answer);
		const subject = about ? JSON.stringify(about) : null;
		this.#forget.run(now - COMMAND_KEPT_MS);
		this.#keep.run(user, command.id, command.request, status, deflateRawSync(text), subject, now);
		this.#forgetMore.run(user);
	}

	#again(user: UserId, { request, status, answer, about }: Kept, command: NamedCommand): Outcome {
		if (request !== command.request) throw idReused();
		if (about !== null) return { status, answer: this.#parts.retell(user, JSON.parse(about) as Subject) };
		const text = inflateRawSync(answer).toString();
		return text === '' ? { status } : { status, answer: JSON.parse(text) as object };
	}
}

/** Faults are no outcome: they are thrown on, and the command may come again. */
function orRefusal(run: () => Outcome): Outcome {
	try {
		return run();
	} catch (error) {
		if (!(error instanceof Problem) || !error.isFinal) throw error;
		return { status: error.status, answer: error.answer };
	}
}
