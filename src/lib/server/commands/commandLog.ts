/**
 * What became of each command, by the id that its client minted. Invariant: a command and the note of its outcome are
 * one transaction, so a command that comes again, however its first answer was lost, changes nothing and answers the
 * same. Refusals are kept as well: what was refused once does not happen later behind the person's back.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Database } from 'better-sqlite3';
import { idReused, Problem } from '../http/problem';
import type { UserId } from '../../domain/ids';
import { COMMAND_KEPT_MS } from '../../domain/limits';

export interface Outcome {
	readonly status: number;
	/** What the client is told, as JSON; undefined for an answer without a body. */
	readonly answer?: object;
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
}

export class CommandLog {
	readonly #db: Database;
	readonly #now: () => number;
	readonly #find;
	readonly #keep;
	readonly #forget;

	constructor(db: Database, now: () => number) {
		this.#db = db;
		this.#now = now;
		this.#find = db.prepare<[UserId, string], Kept>(
			'SELECT request, status, answer FROM commands WHERE user_id = ? AND id = ?'
		);
		this.#keep = db.prepare<[UserId, string, string, number, Buffer, number]>(
			'INSERT INTO commands (user_id, id, request, status, answer, done_at) VALUES (?, ?, ?, ?, ?, ?)'
		);
		this.#forget = db.prepare<[number]>('DELETE FROM commands WHERE done_at < ?');
	}

	/** The user's command of this id has had its outcome. */
	has(user: UserId, id: string): boolean {
		return this.#find.get(user, id) !== undefined;
	}

	/**
	 * Runs `change` in a transaction, once for each id of a user: a command that comes again has the first outcome.
	 * A change that breaks a rule throws a Problem, which undoes it; with an id the refusal is an outcome too.
	 */
	once(user: UserId, command: NamedCommand | undefined, change: () => Outcome): Outcome {
		const run = this.#db.transaction(change);
		if (!command) return run.immediate();
		return this.#db
			.transaction(() => {
				const kept = this.#find.get(user, command.id);
				if (kept) return outcomeOf(kept, command);
				const outcome = orRefusal(run);
				const text = outcome.answer === undefined ? '' : JSON.stringify(outcome.answer);
				const now = this.#now();
				this.#forget.run(now - COMMAND_KEPT_MS);
				this.#keep.run(user, command.id, command.request, outcome.status, deflateRawSync(text), now);
				return outcome;
			})
			.immediate();
	}
}

function outcomeOf({ request, status, answer }: Kept, command: NamedCommand): Outcome {
	if (request !== command.request) throw idReused();
	const text = inflateRawSync(answer).toString();
	return text === '' ? { status } : { status, answer: JSON.parse(text) as object };
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
