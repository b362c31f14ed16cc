/** The relay's tables. They may lie in the same file as others'. */
import type { Database } from 'better-sqlite3';
import { SEGMENTS_LOST_MAX } from '../src/lib/domain/limits';

const TABLES = `
	CREATE TABLE IF NOT EXISTS room_updates (
		id INTEGER PRIMARY KEY, -- the position
		room TEXT NOT NULL,
		bytes BLOB NOT NULL
	) STRICT;
	CREATE INDEX IF NOT EXISTS room_updates_of_room ON room_updates (room, id);
	CREATE TABLE IF NOT EXISTS room_keys (
		room TEXT NOT NULL, -- the scope
		user TEXT NOT NULL,
		key TEXT NOT NULL,
		entry TEXT NOT NULL,
		PRIMARY KEY (room, user, key)
	) STRICT, WITHOUT ROWID;
	-- Positions between the two were never given: each start of the relay leaves such a gap, so that one that was
	-- given by a later state of the file, which a restored copy does not know, is seen not to be this file's.
	CREATE TABLE IF NOT EXISTS room_gaps (
		after INTEGER PRIMARY KEY,
		before INTEGER NOT NULL
	) STRICT;
	-- Updates that could not be read, as they lay in room_updates: for people to look at, and to delete.
	CREATE TABLE IF NOT EXISTS room_asides (
		id INTEGER PRIMARY KEY,
		room TEXT NOT NULL,
		bytes BLOB NOT NULL,
		reason TEXT NOT NULL,
		at INTEGER NOT NULL -- milliseconds since 1970
	) STRICT;
	-- Segments that devices may have gone on to, of conversations that an older copy of the file was put back for.
	CREATE TABLE IF NOT EXISTS room_ahead (
		scope TEXT PRIMARY KEY, -- the conversation; empty for all that the copy has no segments of
		segment INTEGER NOT NULL -- the last of them
	) STRICT, WITHOUT ROWID;
	-- One row, written to learn whether anything can be.
	CREATE TABLE IF NOT EXISTS room_probe (
		id INTEGER PRIMARY KEY CHECK (id = 1),
		bytes BLOB NOT NULL
	) STRICT;
`;

const ROOMS = `
	CREATE TABLE rooms (
		room TEXT PRIMARY KEY,
		scope TEXT NOT NULL,
		position INTEGER NOT NULL, -- of the last update
		erased_at INTEGER NOT NULL DEFAULT 0 -- position of the last update that erased something; 0 once it is replaced
	) STRICT, WITHOUT ROWID;
	CREATE INDEX rooms_of_scope ON rooms (scope, position);
	CREATE INDEX rooms_erased ON rooms (room) WHERE erased_at > 0;
	-- Files of before this table: whether something was erased in them is not known.
	INSERT INTO rooms (room, scope, position, erased_at)
		SELECT room,
			CASE WHEN room LIKE 'c/%'
				THEN substr(room, 3, instr(substr(room, 3), '/') - 1)
				ELSE substr(room, instr(room, '/') + 1)
			END,
			max(id), max(id)
		FROM room_updates GROUP BY room;
	UPDATE OR IGNORE room_keys SET room = substr(room, 1, length(room) - 2) WHERE room LIKE 'c/%/0';
`;

/** Call when an older copy of the file has been put back: lets devices go on where they are (`RoomStore.ahead`). */
export function noteRestored(database: Database): void {
	makeRoomTables(database);
	database
		.prepare(
			`INSERT INTO room_ahead (scope, segment)
			SELECT scope, max(CAST(substr(room, length(scope) + 4) AS INTEGER)) + @lost FROM rooms WHERE room LIKE 'c/%'
			GROUP BY scope
			UNION ALL SELECT '', @lost WHERE true
			ON CONFLICT DO UPDATE SET segment = max(segment, excluded.segment)`
		)
		.run({ lost: SEGMENTS_LOST_MAX });
}

/** How far devices may have gone on in single conversations, which the file has less of. */
export function roomsAhead(database: Database) {
	makeRoomTables(database);
	const read = database.prepare<[string], number>('SELECT segment FROM room_ahead WHERE scope = ?').pluck();
	const raise = database.prepare<[string, number]>(
		`INSERT INTO room_ahead (scope, segment) VALUES (?, ?)
		ON CONFLICT DO UPDATE SET segment = max(segment, excluded.segment)`
	);
	return {
		/** The last segment that they may have gone on to; undefined if that was never said of this one. */
		of: (scope: string): number | undefined => read.get(scope),
		/** Lets them go on up to this segment. */
		raise: (scope: string, segment: number): void => void raise.run(scope, segment)
	};
}

/** Makes the tables that are not there, and brings older ones up to date. */
export function makeRoomTables(database: Database): void {
	database
		.transaction(() => {
			database.exec(TABLES);
			const known = database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'rooms'");
			if (!known.get()) database.exec(ROOMS);
		})
		.immediate();
}
