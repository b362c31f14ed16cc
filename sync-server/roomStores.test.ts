import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { memoryRoomStore } from './memoryRoomStore';
import { roomStoreContract } from './roomStore.contract.fixture';
import { sqliteRoomStore } from './sqliteRoomStore';

function openDatabase() {
	const database = new Database(':memory:');
	onTestFinished(() => void database.close());
	return database;
}

roomStoreContract('memoryRoomStore', () => {
	const store = memoryRoomStore();
	return { store, reopen: () => store };
});

roomStoreContract('sqliteRoomStore', () => {
	const database = openDatabase();
	return { store: sqliteRoomStore(database), reopen: () => sqliteRoomStore(database) };
});

test('sqliteRoomStore commits to disk and erases for good', () => {
	const database = openDatabase();
	sqliteRoomStore(database);
	const FULL = 2;
	expect(database.pragma('synchronous', { simple: true })).toBe(FULL);
	expect(database.pragma('secure_delete', { simple: true })).toBe(1);
});
