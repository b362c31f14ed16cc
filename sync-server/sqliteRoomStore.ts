import type { Database } from 'better-sqlite3';
import type { RoomStore, StoredUpdate } from './ports';

const TABLES = `
	CREATE TABLE IF NOT EXISTS room_updates (
		id INTEGER PRIMARY KEY,
		room TEXT NOT NULL,
		bytes BLOB NOT NULL
	) STRICT;
	CREATE INDEX IF NOT EXISTS room_updates_of_room ON room_updates (room, id);
	CREATE TABLE IF NOT EXISTS room_keys (
		room TEXT NOT NULL,
		user TEXT NOT NULL,
		key TEXT NOT NULL,
		entry TEXT NOT NULL,
		PRIMARY KEY (room, user, key)
	) STRICT, WITHOUT ROWID;
`;

/**
 * Rooms' logs in SQLite. Makes its own tables, and sets what its promise rests on: with `synchronous = FULL` a commit
 * in WAL mode is on disk when it returns; with `secure_delete` erased bytes do not stay in the file.
 */
export function sqliteRoomStore(database: Database): RoomStore {
	database.pragma('journal_mode = WAL');
	database.pragma('synchronous = FULL');
	database.pragma('secure_delete = ON');
	database.exec(TABLES);
	const load = database.prepare<[string], { bytes: Buffer }>(
		'SELECT bytes FROM room_updates WHERE room = ? ORDER BY id'
	);
	const insert = database.prepare<[string, Uint8Array]>(
		'INSERT INTO room_updates (room, bytes) VALUES (?, ?)'
	);
	const insertKey = database.prepare<[string, string, string, string]>(
		'INSERT INTO room_keys (room, user, key, entry) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING'
	);
	const entryOfKey = database.prepare<[string, string, string], { entry: string }>(
		'SELECT entry FROM room_keys WHERE room = ? AND user = ? AND key = ?'
	);
	const append = database.transaction((batch: readonly StoredUpdate[]) => {
		for (const { room, update, keys = [] } of batch) {
			insert.run(room, update);
			for (const { user, key, entry } of keys) insertKey.run(room, user, key, entry);
		}
	});
	return {
		load: async (room) => load.all(room).map(({ bytes }) => new Uint8Array(bytes)),
		append: async (batch) => append.immediate(batch),
		entryOfKey: async (room, user, key) => entryOfKey.get(room, user, key)?.entry
	};
}
