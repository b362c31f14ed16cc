import type { Database } from 'better-sqlite3';

/** The id and the username of the nth of them. */
export const userName = (n: number): string => `u${String(n).padStart(15, '0')}`;

/** Rows as many registrations would have made them: no password is hashed for somebody who never logs in. */
export function addPeople(db: Database, count: number): void {
	const insert = db.prepare(
		`INSERT INTO users (id, username, username_key, display_name, display_name_key, created_at)
		VALUES (?, ?, ?, ?, ?, 0)`
	);
	db.transaction(() => {
		for (let n = 0; n < count; n++) {
			const name = userName(n);
			insert.run(name, name, name, `Person ${n}`, `person ${n}`);
		}
	})();
}
