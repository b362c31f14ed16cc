import type { Database } from 'better-sqlite3';
import { makeRoomTables } from './sqliteRoomTables';
import { PageGaps } from './pageGaps';
import { scopeOf } from './roomScope';
import { sqliteShares } from './sqliteShares';
import { truncateLog } from './truncateLog';
import type { Placed, Replacement, RoomStore, RoomThrough, StoredUpdate } from './roomStore';

/** Positions that a start leaves for each millisecond of wall clock, far more than can be written in one. */
const POSITIONS_EACH_MS = 100;

/** As SQLite says it. */
const NO_LIMIT = -1;

/** Of a probe: about what a short message takes in pages of the log. */
const PROBE_BYTES = 32_000;

/**
 * Rooms' logs in SQLite. Makes its own tables, and sets what its promise rests on: with `synchronous = FULL` a commit
 * in WAL mode is on disk when it returns; with `secure_delete` erased bytes do not stay in the file. `now` is the wall
 * clock in milliseconds: it tells the positions of one start from those of another.
 */
export function sqliteRoomStore(database: Database, now: () => number): RoomStore {
	database.pragma('journal_mode = WAL');
	database.pragma('synchronous = FULL');
	database.pragma('secure_delete = ON');
	makeRoomTables(database);
	const shares = sqliteShares(database);
	const gaps = new PageGaps(database);
	gaps.look('all');
	const load = database.prepare<[string], { id: number; bytes: Buffer }>(
		'SELECT id, bytes FROM room_updates WHERE room = ? ORDER BY id'
	);
	const loadBehind = database.prepare<[string, number], { id: number; bytes: Buffer }>(
		'SELECT id, bytes FROM room_updates WHERE room = ? AND id > ? ORDER BY id'
	);
	const insert = database.prepare<[number, string, Uint8Array]>(
		'INSERT INTO room_updates (id, room, bytes) VALUES (?, ?, ?)'
	);
	const touch = database.prepare<[string, string, number, number]>(
		`INSERT INTO rooms (room, scope, position, erased_at) VALUES (?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET position = excluded.position, erased_at = max(erased_at, excluded.erased_at)`
	);
	const insertKey = database.prepare<[string, string, string, string]>(
		'INSERT INTO room_keys (room, user, key, entry) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING'
	);
	const entryOfKey = database
		.prepare<[string, string, string], string>(
			'SELECT entry FROM room_keys WHERE room = ? AND user = ? AND key = ?'
		)
		.pluck();
	const newest = database.prepare<[], number | null>('SELECT max(id) FROM room_updates').pluck();
	// All that was behind such a gap may have been taken away since, to be written anew.
	const insertGap = database.prepare<[number, number]>(
		`INSERT INTO room_gaps (after, before) VALUES (?, ?)
		ON CONFLICT DO UPDATE SET before = max(before, excluded.before)`
	);
	const gapAt = database.prepare<[number, number]>('SELECT 1 FROM room_gaps WHERE after < ? AND before > ?');
	const position = database.prepare<[string], number>('SELECT position FROM rooms WHERE room = ?').pluck();
	const lastBetween = database
		.prepare<[string, number, number], number | null>(
			'SELECT max(id) FROM room_updates WHERE room = ? AND id > ? AND id <= ?'
		)
		.pluck();
	const deleteBetween = database.prepare<[string, number, number]>(
		'DELETE FROM room_updates WHERE room = ? AND id > ? AND id <= ?'
	);
	const insertAside = database.prepare<[string, Uint8Array, string, number]>(
		'INSERT INTO room_asides (room, bytes, reason, at) VALUES (?, ?, ?, ?)'
	);
	const asides = database.prepare<[string], { bytes: Buffer; reason: string }>(
		'SELECT bytes, reason FROM room_asides WHERE room = ? ORDER BY id'
	);
	// Random, since SQLite writes no page that is as it was; of one size, so that the file does not grow with it.
	const probe = database.prepare<[number]>(
		`INSERT INTO room_probe (id, bytes) VALUES (1, randomblob(?))
		ON CONFLICT DO UPDATE SET bytes = excluded.bytes`
	);
	const settle = database.prepare<[string, number]>(
		'UPDATE rooms SET erased_at = 0 WHERE room = ? AND erased_at <= ?'
	);
	const erased = database.prepare<[], string>('SELECT room FROM rooms WHERE erased_at > 0').pluck();
	// The scopes lead: each is one look into the index, whatever else the store holds.
	const changed = database.prepare<[string, number, number], { room: string; position: number }>(
		`SELECT room, position FROM json_each(?) AS wanted CROSS JOIN rooms
		WHERE rooms.scope = wanted.value AND position > ? ORDER BY position LIMIT ?`
	);
	const ahead = database
		.prepare<[string], number>(
			"SELECT segment FROM room_ahead WHERE scope IN (?, '') ORDER BY scope DESC LIMIT 1"
		)
		.pluck();
	let hasBegun = false;

	function nextId(): number {
		const last = newest.get() ?? 0;
		const next = hasBegun ? last + 1 : Math.max(last + 1, Math.floor(now()) * POSITIONS_EACH_MS);
		if (next > last + 1) insertGap.run(last, next);
		return next;
	}

	const append = database.transaction((batch: readonly StoredUpdate[]) => {
		let id = nextId() - 1;
		const touched = new Map<string, { last: number; erasedAt: number }>();
		for (const { room, update, keys = [], erased: what = 'nothing', shares: told = [] } of batch) {
			insert.run(++id, room, update);
			for (const share of told) shares.set(room, share);
			const erasedAt = what === 'nothing' ? (touched.get(room)?.erasedAt ?? 0) : id;
			touched.set(room, { last: id, erasedAt });
			for (const { scope, user, key, entry } of keys) insertKey.run(scope, user, key, entry);
		}
		for (const [room, { last, erasedAt }] of touched) touch.run(room, scopeOf(room), last, erasedAt);
		return id;
	});

	/** The one update takes the place of the last one that it replaces: so no position is ever given twice. */
	const replace = database.transaction(
		(replacements: readonly Replacement[], clean: readonly RoomThrough[]) => {
			for (const { room, behind = 0, through, update, aside = [] } of replacements) {
				const last = lastBetween.get(room, behind, through);
				if (typeof last !== 'number') continue;
				deleteBetween.run(room, behind, last);
				insert.run(last, room, update);
				for (const { bytes, reason } of aside) insertAside.run(room, bytes, reason, Math.floor(now()));
			}
			for (const { room, through } of clean) settle.run(room, through);
		}
	);

	return {
		async load(room) {
			const rows = load.all(room);
			return { updates: rows.map(({ bytes }) => new Uint8Array(bytes)), position: rows.at(-1)?.id ?? 0 };
		},
		async read(room, behind, bytesMax) {
			const read: Placed[] = [];
			let readBytes = 0;
			for (const { id, bytes } of loadBehind.iterate(room, behind)) {
				read.push({ position: id, bytes: new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length) });
				readBytes += bytes.length;
				if (readBytes >= bytesMax) break;
			}
			return read;
		},
		async append(batch) {
			const last = append.immediate(batch);
			hasBegun = true;
			return last;
		},
		probe: async () => void probe.run(PROBE_BYTES),
		async replace(replacements, clean = []) {
			replace.immediate(replacements, clean);
			gaps.look();
			tryTo(() => gaps.clear());
		},
		asides: async (room) =>
			asides.all(room).map(({ bytes, reason }) => ({ bytes: new Uint8Array(bytes), reason })),
		erased: async () => erased.all(),
		async scrub() {
			gaps.clear();
			return truncateLog(database);
		},
		shareOf: async (user) => shares.of(user),
		writtenBy: async (user) => shares.rooms(user),
		position: async (room) => position.get(room) ?? 0,
		async changedSince(asked, scopes, { limit, behind } = { limit: NO_LIMIT }) {
			const last = newest.get() ?? 0;
			const since = behind ?? (asked <= last && !gapAt.get(asked, asked) ? asked : 0);
			return { rooms: changed.all(JSON.stringify(scopes), since, limit), newest: last };
		},
		ahead: async (conversation) => ahead.get(conversation) ?? -1,
		entryOfKey: async (scope, user, key) => entryOfKey.get(scope, user, key)
	};
}

/** What fails is done later. */
function tryTo(action: () => void): void {
	try {
		action();
	} catch {
		return;
	}
}
