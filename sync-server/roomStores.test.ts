import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { memoryRoomStore } from './memoryRoomStore';
import { roomStoreContract } from './roomStore.contract.fixture';
import { noteRestored } from './sqliteRoomTables';
import { SEGMENTS_LOST_MAX } from '../src/lib/domain/limits';
import { sqliteRoomStore } from './sqliteRoomStore';

const ROOM = 'c/d-aaaaaaaaaaaaaaaa-bbbbbbbbbbbbbbbb/0';
const SCOPES = ['d-aaaaaaaaaaaaaaaa-bbbbbbbbbbbbbbbb'];
const change = { room: ROOM, update: new Uint8Array([1]) };

function openDatabase(file = ':memory:') {
	const database = new Database(file);
	onTestFinished(() => void database.close());
	return database;
}

roomStoreContract('memoryRoomStore', () => {
	const store = memoryRoomStore();
	return { store, reopen: () => store };
});

roomStoreContract('sqliteRoomStore', () => {
	const database = openDatabase();
	return { store: sqliteRoomStore(database, () => 0), reopen: () => sqliteRoomStore(database, () => 0) };
});

describe('sqliteRoomStore', () => {
	test('commits to disk and erases for good', () => {
		const database = openDatabase();
		sqliteRoomStore(database, () => 0);
		const FULL = 2;
		expect(database.pragma('synchronous', { simple: true })).toBe(FULL);
		expect(database.pragma('secure_delete', { simple: true })).toBe(1);
	});

	test('restored from an older copy, knows the positions that it never gave, whatever was written since', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'skein-store-'));
		onTestFinished(() => rmSync(folder, { recursive: true }));
		const [file, copy] = [join(folder, 'skein.db'), join(folder, 'copy.db')];
		const original = openDatabase(file);
		const store = sqliteRoomStore(original, () => 1_000);
		const kept = await store.append([change]);
		await store.scrub();
		copyFileSync(file, copy);
		const lost = await store.append([change]);

		const restored = sqliteRoomStore(openDatabase(copy), () => 5_000);
		for (let i = 0; i < 10; i++) await restored.append([change]);
		expect(await restored.changedSince(lost, [])).toMatchObject({ newest: 500_009 });
		const other = 'home/aaaaaaaaaaaaaaaa';
		const again = await restored.append([{ ...change, room: other }]);
		const roomsSince = async (position: number) =>
			(await restored.changedSince(position, ['aaaaaaaaaaaaaaaa', ...SCOPES])).rooms.map(({ room }) => room);
		expect(await roomsSince(lost)).toEqual([ROOM, other]);
		expect(await roomsSince(again - 1)).toEqual([other]);
		expect(await roomsSince(kept)).toEqual([ROOM, other]);
		expect(await roomsSince(again)).toEqual([]);
	});

	test('takes over a file of before rooms had positions', async () => {
		const database = openDatabase();
		database.exec(`
			CREATE TABLE room_updates (id INTEGER PRIMARY KEY, room TEXT NOT NULL, bytes BLOB NOT NULL) STRICT;
			CREATE TABLE room_keys (room TEXT NOT NULL, user TEXT NOT NULL, key TEXT NOT NULL, entry TEXT NOT NULL,
				PRIMARY KEY (room, user, key)) STRICT, WITHOUT ROWID;
			INSERT INTO room_updates (room, bytes) VALUES ('${ROOM}', x'01'), ('home/u', x'02'), ('${ROOM}', x'03');
			INSERT INTO room_keys VALUES ('${ROOM}', 'alice', 'k', '0.1.0');
		`);
		const store = sqliteRoomStore(database, () => 0);
		expect((await store.load(ROOM)).updates).toHaveLength(2);
		expect((await store.changedSince(0, [...SCOPES, 'u'])).rooms).toEqual([
			{ room: 'home/u', position: 2 },
			{ room: ROOM, position: 3 }
		]);
		expect(await store.entryOfKey(`c/${SCOPES[0]}`, 'alice', 'k')).toBe('0.1.0');
		expect(new Set(await store.erased())).toEqual(new Set([ROOM, 'home/u']));
	});

	test('knows how far devices may have gone on in each conversation once an older copy was put back', async () => {
		const database = openDatabase();
		const store = sqliteRoomStore(database, () => 0);
		const [one, two] = SCOPES;
		const update = Uint8Array.of(1);
		const rooms = [`c/${one}/0`, `c/${one}/9`, `c/${one}/10`, `info/${two}`, 'home/u'];
		await store.append(rooms.map((room) => ({ room, update })));
		expect([await store.ahead(one!), await store.ahead(two!)]).toEqual([-1, -1]);
		noteRestored(database);
		noteRestored(database);
		expect(await store.ahead(one!)).toBe(10 + SEGMENTS_LOST_MAX);
		// Begun since: the copy knows nothing of it.
		expect(await store.ahead(two!)).toBe(SEGMENTS_LOST_MAX);
		await store.append([{ room: `c/${one}/11`, update }]);
		expect(await sqliteRoomStore(database, () => 0).ahead(one!)).toBe(10 + SEGMENTS_LOST_MAX);
	});

	test('goes on where all that was written since its last start was taken away, to be written anew', async () => {
		const database = openDatabase();
		const room = `info/${SCOPES[0]}`;
		const first = await sqliteRoomStore(database, () => 1_000).append([{ room, update: Uint8Array.of(1) }]);
		for (const table of ['room_updates', 'rooms']) database.prepare(`DELETE FROM ${table}`).run();
		const store = sqliteRoomStore(database, () => 2_000);
		const next = await store.append([{ room, update: Uint8Array.of(2) }]);
		expect(next).toBeGreaterThan(first);
		// What the position of before told of is gone.
		expect((await store.changedSince(first, SCOPES)).rooms).toEqual([{ room, position: next }]);
		expect((await store.changedSince(next, SCOPES)).rooms).toEqual([]);
	});

	test('does not wait for another reader of the file', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'skein-store-'));
		onTestFinished(() => rmSync(folder, { recursive: true }));
		const database = openDatabase(join(folder, 'skein.db'));
		const store = sqliteRoomStore(database, () => 0);
		await store.append([change]);
		const reader = openDatabase(join(folder, 'skein.db'));
		reader.exec('BEGIN; SELECT count(*) FROM room_updates');
		await store.append([change]);
		expect(await store.scrub()).toBe(false);
		reader.exec('COMMIT');
		expect(await store.scrub()).toBe(true);
		expect(database.pragma('busy_timeout', { simple: true })).toBe(5_000);
	});
});
