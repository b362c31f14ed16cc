import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDatabase } from './database';
import { readSettings } from './settings';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'skein-database-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('a new file gets its folder, its tables and the settings that make a commit last', () => {
	const db = openDatabase(join(folder, 'deep', 'skein.db'));
	const pragma = (name: string) => db.pragma(name, { simple: true });
	expect([pragma('journal_mode'), pragma('synchronous'), pragma('secure_delete')]).toEqual(['wal', 2, 1]);
	expect([pragma('foreign_keys'), pragma('busy_timeout')]).toEqual([1, 5000]);
	db.close();
});

it('a folder that is made is for its own user alone, and one that is there stays as it is', () => {
	openDatabase(join(folder, 'fresh', 'skein.db')).close();
	expect((statSync(join(folder, 'fresh')).mode & 0o777).toString(8)).toBe('700');
	mkdirSync(join(folder, 'shared'));
	chmodSync(join(folder, 'shared'), 0o750);
	openDatabase(join(folder, 'shared', 'skein.db')).close();
	expect((statSync(join(folder, 'shared')).mode & 0o777).toString(8)).toBe('750');
});

it('a file is opened again with what it holds', () => {
	const file = join(folder, 'skein.db');
	const first = openDatabase(file);
	first
		.prepare(
			"INSERT INTO users (id, username, username_key, display_name, display_name_key, created_at) VALUES ('a', 'a', 'a', 'a', 'a', 1)"
		)
		.run();
	first.close();
	const second = openDatabase(file);
	expect(second.prepare('SELECT count(*) FROM users').pluck().get()).toBe(1);
	second.close();
});

it('of the commands that an older Skein kept, what others are called goes, and the rest stays as it is', () => {
	const file = join(folder, 'skein.db');
	const old = openDatabase(file);
	old.exec(`DROP INDEX commands_of_user; ALTER TABLE commands DROP COLUMN about;
		ALTER TABLE former_members DROP COLUMN gone_at; ALTER TABLE audit_log DROP COLUMN report_settled; ALTER TABLE conversations DROP COLUMN empty_since; PRAGMA user_version = 21;
		INSERT INTO users (id, username, username_key, display_name, display_name_key, created_at) VALUES ('a', 'a', 'a', 'a', 'a', 1)`);
	const keep = old.prepare("INSERT INTO commands VALUES ('a', ?, 'hash', ?, ?, 1)");
	const answers: readonly (readonly [string, number, object | undefined])[] = [
		['1', 201, { conversation: { id: 'c', members: [{ displayName: 'Bob' }] } }],
		['2', 200, { user: { id: 'b', username: 'bob' } }],
		['3', 200, { user: { id: 'a', username: 'a' } }],
		['4', 204, undefined],
		['5', 403, { error: { code: 'not_allowed' } }],
		// Not one that there was: a refusal stays as it was told, whatever it told.
		['6', 409, { conversation: { id: 'c' }, user: { id: 'b' } }]
	];
	for (const [id, status, answer] of answers)
		keep.run(id, status, deflateRawSync(answer === undefined ? '' : JSON.stringify(answer)));
	old.close();
	const db = openDatabase(file);
	const rows = db
		.prepare<[], { about: string | null; answer: Buffer }>('SELECT about, answer FROM commands ORDER BY id')
		.all()
		.map(({ about, answer }) => [about, inflateRawSync(answer).toString()]);
	expect(rows).toEqual([
		['{"conversation":"c"}', ''],
		['{"account":"b"}', ''],
		[null, '{"user":{"id":"a","username":"a"}}'],
		[null, ''],
		[null, '{"error":{"code":"not_allowed"}}'],
		[null, '{"conversation":{"id":"c"},"user":{"id":"b"}}']
	]);
	db.close();
});

it('whom an older Skein knew is found by other spellings of their names too, and whoever is gone by none', () => {
	const file = join(folder, 'skein.db');
	const old = openDatabase(file);
	old.exec(`ALTER TABLE former_members DROP COLUMN gone_at; ALTER TABLE audit_log DROP COLUMN report_settled; ALTER TABLE conversations DROP COLUMN empty_since; PRAGMA user_version = 23;
		INSERT INTO users (id, username, username_key, display_name, display_name_key, created_at)
		VALUES ('a', 'a', 'a', 'Jörg O’Neil', 'jorg o’neil', 1), ('b', 'b', 'b', 'Bob', 'bob', 1)`);
	old.exec(`INSERT INTO users (id, username, username_key, display_name, display_name_key, created_at, deleted_at)
		VALUES ('c', '', 'deleted:c', '', '', 1, 2)`);
	old.close();
	const db = openDatabase(file);
	const by = (word: string) =>
		db
			.prepare(
				'SELECT user_id FROM people_found WHERE n IN (SELECT rowid FROM people_words WHERE people_words MATCH ?)'
			)
			.pluck()
			.all(word);
	expect([by('oneil'), by('joerg'), by('jorg'), by('bob')]).toEqual([['a'], ['a'], ['a'], ['b']]);
	expect(db.prepare("SELECT display_name_key FROM users WHERE id = 'c'").pluck().get()).toBe('');
	db.close();
});

it('vowels that are written as marks count in what an older Skein wrote: in who has a username, and in who is found', () => {
	const file = join(folder, 'skein.db');
	const old = openDatabase(file);
	old.exec(`ALTER TABLE audit_log DROP COLUMN report_settled; ALTER TABLE conversations DROP COLUMN empty_since; PRAGMA user_version = 25;
		DROP TABLE people_words;
		CREATE VIRTUAL TABLE people_words USING fts5 (
			words, content = 'people_found', content_rowid = 'n', detail = none, prefix = '1 2 3',
			tokenize = 'unicode61 remove_diacritics 0'
		);
		INSERT INTO users (id, username, username_key, display_name, display_name_key, created_at)
		VALUES ('a', 'रामा', 'रम', 'सीता', 'सत', 1), ('b', 'bob', 'bob', 'Bob', 'bob', 1)`);
	old.close();
	const db = openDatabase(file);
	const by = (word: string) =>
		db
			.prepare(
				'SELECT user_id FROM people_found WHERE n IN (SELECT rowid FROM people_words WHERE people_words MATCH ?)'
			)
			.pluck()
			.all(`"${word}"*`);
	expect(db.prepare('SELECT username_key FROM users ORDER BY id').pluck().all()).toEqual(['रामा', 'bob']);
	expect([by('राम'), by('सी'), by('रम'), by('म'), by('bob')]).toEqual([['a'], ['a'], [], [], ['b']]);
	db.close();
});

it('where nobody was any more under an older Skein, groups lose their picture, and all is erased when the time has come', () => {
	const file = join(folder, 'skein.db');
	const old = openDatabase(file);
	old.exec(`ALTER TABLE conversations DROP COLUMN empty_since; PRAGMA user_version = 27;
		INSERT INTO users (id, username, username_key, display_name, display_name_key, created_at) VALUES ('a', 'a', 'a', 'a', 'a', 1);
		INSERT INTO pictures (hash, bytes) VALUES ('of both', x'00'), ('of one', x'01');
		INSERT INTO conversations (id, kind, name, picture, creator, created_at)
		VALUES ('left', 'group', 'Old', 'of one', 'a', 1), ('too', 'group', 'Old', 'of both', 'a', 1), ('here', 'group', 'New', 'of both', 'a', 1);
		INSERT INTO members (conversation_id, user_id, role, joined_at) VALUES ('here', 'a', 'owner', 1);
		INSERT INTO users (id, username, username_key, display_name, display_name_key, created_at, deleted_at)
		VALUES ('b', '', 'deleted:b', '', '', 1, 2), ('c', '', 'deleted:c', '', '', 1, 2);
		INSERT INTO conversations (id, kind, name, creator, created_at) VALUES ('of a', 'direct', '', 'a', 1), ('of none', 'direct', '', 'b', 1);
		INSERT INTO members (conversation_id, user_id, role, joined_at)
		VALUES ('of a', 'a', 'member', 1), ('of a', 'b', 'member', 1), ('of none', 'b', 'member', 1), ('of none', 'c', 'member', 1)`);
	old.close();
	const db = openDatabase(file);
	const groups = db
		.prepare('SELECT id, name, picture, empty_since > 0 AS empty FROM conversations ORDER BY id')
		.all();
	expect(groups).toEqual([
		{ id: 'here', name: 'New', picture: 'of both', empty: null },
		{ id: 'left', name: '', picture: null, empty: 1 },
		{ id: 'of a', name: '', picture: null, empty: null },
		{ id: 'of none', name: '', picture: null, empty: 1 },
		{ id: 'too', name: '', picture: null, empty: 1 }
	]);
	expect(db.prepare('SELECT hash FROM pictures').pluck().all()).toEqual(['of both']);
	db.close();
});

it('a file of a newer Skein is refused and left alone', () => {
	const file = join(folder, 'skein.db');
	const db = openDatabase(file);
	db.pragma('user_version = 999');
	db.close();
	expect(() => openDatabase(file)).toThrow('of version 999');
});

it('settings that make no sense are refused in plain words', () => {
	expect(() => readSettings({ SKEIN_LOG: 'loud' })).toThrow('SKEIN_LOG is "loud"');
	expect(() => readSettings({ ORIGIN: 'chat.example' })).toThrow('ORIGIN is "chat.example"');
	const SMTP_URL = 'smtp://mail.example:587';
	expect(() => readSettings({ SMTP_URL: 'mail.example' })).toThrow('SMTP_URL is no address');
	expect(() => readSettings({ SMTP_URL })).toThrow('SMTP_URL needs MAIL_FROM');
	expect(() => readSettings({ SMTP_URL, MAIL_FROM: 'a@b.example' })).toThrow('SMTP_URL needs ORIGIN');
	expect(readSettings({})).toMatchObject({ dataFolder: 'data', logLevel: 'info', origin: undefined });
});
