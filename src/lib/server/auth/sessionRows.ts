/** The rows of sessions, apart from what Lucia does with them. A time that is over counts as an end. */
import type { Database } from 'better-sqlite3';
import type { UserId } from '../../domain/ids';

/** A session as its user sees it. */
export interface SessionRecord {
	/** As the relay knows it. Told to nobody. */
	readonly id: string;
	readonly publicId: string;
	readonly agent: string;
	/** Milliseconds since 1970. */
	readonly createdAt: number;
	/** Milliseconds since 1970, to some minutes. */
	readonly seenAt: number;
}

export class SessionRows {
	readonly #list;
	readonly #count;
	readonly #holds;
	readonly #renew;
	readonly #seen;
	readonly #endOne;
	readonly #endOthers;
	readonly #endBeyond;

	constructor(db: Database) {
		this.#list = db.prepare<[UserId], SessionRecord>(
			`SELECT id, public_id AS publicId, agent, created_at * 1000 AS createdAt, seen_at AS seenAt FROM sessions
			WHERE user_id = ? AND expires_at > unixepoch() ORDER BY seen_at DESC, created_at DESC, public_id`
		);
		this.#count = db
			.prepare<[UserId], number>(
				'SELECT count(*) FROM sessions WHERE user_id = ? AND expires_at > unixepoch()'
			)
			.pluck();
		this.#holds = db.prepare<[string]>(
			`SELECT 1 FROM sessions WHERE id = ? AND expires_at > unixepoch()
			AND user_id IN (SELECT id FROM users WHERE deleted_at IS NULL AND suspended_at IS NULL)`
		);
		this.#renew = db.prepare<[string, string]>('UPDATE sessions SET id = ? WHERE id = ?');
		this.#seen = db.prepare<[number, string]>('UPDATE sessions SET seen_at = ? WHERE id = ?');
		this.#endOne = db
			.prepare<[UserId, string], string>(
				'DELETE FROM sessions WHERE user_id = ? AND public_id = ? RETURNING id'
			)
			.pluck();
		this.#endOthers = db
			.prepare<[UserId, string], string>('DELETE FROM sessions WHERE user_id = ? AND id <> ? RETURNING id')
			.pluck();
		// Of those that were seen at the same time the one that began last stays: it is the one that was just told.
		this.#endBeyond = db
			.prepare<[UserId, number], string>(
				`DELETE FROM sessions WHERE id IN (
					SELECT id FROM sessions WHERE user_id = ? ORDER BY seen_at DESC, rowid DESC LIMIT -1 OFFSET ?
				) RETURNING id`
			)
			.pluck();
	}

	/** Those in use last first. */
	of(user: UserId): SessionRecord[] {
		return this.#list.all(user);
	}

	countOf(user: UserId): number {
		return this.#count.get(user) ?? 0;
	}

	/** False once it has ended, or its user was suspended or deleted. */
	holds(id: string): boolean {
		return this.#holds.get(id) !== undefined;
	}

	/** False if it has ended. */
	renew(id: string, fresh: string): boolean {
		return this.#renew.run(fresh, id).changes === 1;
	}

	/** `at` is in milliseconds since 1970. */
	noteSeen(id: string, at: number): void {
		this.#seen.run(at, id);
	}

	/** Returns its id; undefined if the user has none such. */
	endOne(user: UserId, publicId: string): string | undefined {
		return this.#endOne.get(user, publicId);
	}

	/** Ends all of a user's but one. Returns their ids. */
	endOthers(user: UserId, except: string): string[] {
		return this.#endOthers.all(user, except);
	}

	/** Leaves the user so many, those that were seen last. Returns the ids of the others. */
	endBeyond(user: UserId, max: number): string[] {
		return this.#endBeyond.all(user, max);
	}
}
