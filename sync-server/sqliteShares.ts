/** How much of the store each user takes in each room, as the relay tells: a table beside the rooms' updates. */
import type { Database } from 'better-sqlite3';
import type { Share } from './roomStore';
import type { UserId } from '../src/lib/domain/ids';

const TABLE = `
	CREATE TABLE IF NOT EXISTS room_shares (
		room TEXT NOT NULL,
		user TEXT NOT NULL,
		bytes INTEGER NOT NULL,
		PRIMARY KEY (room, user)
	) STRICT, WITHOUT ROWID;
	CREATE INDEX IF NOT EXISTS room_shares_of_user ON room_shares (user);
`;

export interface SqliteShares {
	/** Within a transaction. */
	set(room: string, share: Share): void;
	/** Bytes in all rooms. */
	of(user: UserId): number;
	/** The rooms. */
	rooms(user: UserId): string[];
}

export function sqliteShares(database: Database): SqliteShares {
	database.exec(TABLE);
	const set = database.prepare<[string, string, number]>(
		`INSERT INTO room_shares (room, user, bytes) VALUES (?, ?, ?)
		ON CONFLICT DO UPDATE SET bytes = excluded.bytes`
	);
	const of = database
		.prepare<[string], number | null>('SELECT sum(bytes) FROM room_shares WHERE user = ?')
		.pluck();
	const rooms = database
		.prepare<[string], string>('SELECT room FROM room_shares WHERE user = ? ORDER BY room')
		.pluck();
	return {
		set: (room, { user, bytes }) => void set.run(room, user, Math.round(bytes)),
		of: (user) => of.get(user) ?? 0,
		rooms: (user) => rooms.all(user)
	};
}
