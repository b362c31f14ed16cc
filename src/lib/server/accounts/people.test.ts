import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ApiLab } from '../testing/apiLab.fixture';
import type { ApiClient } from '../testing/apiClient.fixture';
import { searchKey, searchRank, asTyped } from '../../domain/nameSearch';

let lab: ApiLab;
let alice: ApiClient;
beforeEach(async () => {
	lab = await new ApiLab().start();
	alice = await lab.person('alice', 'Alice Ångström');
});
afterEach(() => lab.stop());

const found = async (query: string) =>
	(await alice.get(`/api/users?${query}`)).body.users.map(({ username }: { username: string }) => username);

describe('finding people', () => {
	it('is by username or displayed name, without case and accents, usernames that begin so first', async () => {
		await lab.person('zalice', 'Zed');
		await lab.person('bob', 'Bob Malice');
		expect(await found('search=ALÍCE')).toEqual(['alice', 'bob', 'zalice']);
		expect(await found('search=angstrom')).toEqual(['alice']);
		expect(await found('search=nobody')).toEqual([]);
	});

	it('takes what people type as text and not as a pattern', async () => {
		expect(await found(`search=${encodeURIComponent('%')}`)).toEqual([]);
		expect(await found(`search=${encodeURIComponent("' OR 1=1 --")}`)).toEqual([]);
	});

	it('goes page by page through everybody, each once', async () => {
		for (let i = 10; i < 32; i++) await lab.person(`user${i}`);
		const first = await alice.get('/api/users');
		expect(first.body.users).toHaveLength(20);
		const second = await alice.get(`/api/users?cursor=${first.body.cursor}`);
		expect(second.body.cursor).toBeUndefined();
		const ids = [...first.body.users, ...second.body.users].map(({ id }) => id);
		expect(new Set(ids).size).toBe(23);
	});

	it('refuses a cursor that it never gave', async () => {
		const forged = ['xyz', '[]', '[3,"",0]', '[0.5,"",0]', '[0,1,2]', '{"rank":0}'];
		for (const text of ['xyz', ...forged.map((each) => Buffer.from(each).toString('base64url'))]) {
			const { status, body } = await alice.get(`/api/users?search=a&cursor=${text}`);
			expect([status, body.error.field]).toEqual([400, 'cursor']);
		}
	});

	it('finds whom searchRank finds, in its order, page by page, in any script', async () => {
		const names = [
			['anna.lee', 'Anna Lee'],
			['bo-lee', 'Annabel Bo'],
			['strasse', 'Klaus Straße'],
			['soren', 'Søren Åberg'],
			['жанна', 'Жанна Ёлкина'],
			['sofia_g', 'Σοφία Παππάς'],
			['wang1', '王小明'],
			['tanaka', '田中さくら'],
			['somchai', 'สมชาย'],
			['minjun', '김민준'],
			['ahmed', 'أحمد علي'],
			['istanbul', 'İrem Işık'],
			['leeann', 'Lee Ann'],
			['jorg.m', 'Jörg Müller-Lüdenscheidt'],
			['shay', 'Shay O’Neil'],
			['रामा', 'राम'],
			['राम', 'सीता राम'],
			['gaki', 'がき'],
			['joergm', 'Joerg Mueller']
		] as const;
		await Promise.all(names.map(([username, displayName]) => lab.person(username, displayName)));
		const everybody = [...names, ['alice', 'Alice Ångström'] as const].map(([username, displayName]) => ({
			username,
			displayName,
			key: searchKey(username)
		}));
		const queries = ['', 'a', 'le', 'lee', 'ann', 'lee ann', 'nn', 'nna', 'STRASS', 'straß', 'søren', 'berg'];
		for (const typed of [
			...queries,
			'ёлк',
			'σοφια',
			'ΠΑΠΠΑΣ',
			'小明',
			'明',
			'さくら',
			'ชาย',
			'민준',
			'علي',
			'işık',
			'irem',
			'mueller',
			'muellerlued',
			'uelle',
			'oneil',
			"o'neil",
			'nei',
			'jorgm',
			'boulee',
			'bolee',
			'strasse',
			'रा',
			'राम',
			'रामा',
			'री',
			'ाम',
			'かき',
			'がき',
			'Müller',
			'jörg müll'
		]) {
			const wanted = everybody
				.flatMap((person) => {
					const rank = searchRank(asTyped(typed), person);
					return rank === undefined ? [] : [{ ...person, rank }];
				})
				.sort((a, b) => a.rank - b.rank || (a.key < b.key ? -1 : 1));
			expect([typed, await found(`search=${encodeURIComponent(typed)}`)]).toEqual([
				typed,
				wanted.map(({ username }) => username)
			]);
		}
	});

	it('goes on right behind the last one, whoever comes and is renamed in between', async () => {
		for (let i = 10; i < 40; i++) await lab.person(`user${i}`, `Number ${i}`);
		const first = await alice.get('/api/users?search=number');
		await lab.person('user0', 'Number 0');
		await lab.person('user99', 'Number 99');
		const { body } = await alice.get(`/api/users?search=number&cursor=${first.body.cursor}`);
		const usernames = [...first.body.users, ...body.users].map(({ username }) => username);
		expect(usernames).toEqual([...Array.from({ length: 30 }, (_, i) => `user${i + 10}`), 'user99']);
	});

	it('follows a new name, and forgets the old one', async () => {
		await alice.patch('/api/me', { displayName: 'Ann' });
		expect(await found('search=ann')).toEqual(['alice']);
		expect(await found('search=angstrom')).toEqual([]);
		expect(await found('search=ngstr')).toEqual([]);
		const db = new Database(join(lab.folder, 'skein.db'));
		db.pragma('wal_checkpoint(TRUNCATE)');
		const file = readFileSync(join(lab.folder, 'skein.db'));
		expect(['angstrom', 'Ångström'].filter((name) => file.includes(name))).toEqual([]);
		db.close();
	});

	it('works on a copy of the database too, in which rows have other numbers', async () => {
		const bob = await lab.person('bob');
		await lab.person('carol', 'Carol Ångström');
		const db = new Database(join(lab.folder, 'skein.db'));
		db.pragma('foreign_keys = ON');
		db.prepare('DELETE FROM users WHERE id = ?').run(bob.id);
		db.exec('VACUUM');
		db.close();
		expect(await found('search=angstrom')).toEqual(['alice', 'carol']);
		expect(await found('search=bob')).toEqual([]);
		expect(await found('search=ngstr')).toEqual(['alice', 'carol']);
	});

	it('tells of others only what others may know', async () => {
		const bob = lab.visitor();
		await bob.post('/api/register', {
			username: 'bob',
			password: 'quite a long one',
			email: 'bob@example.org'
		});
		const { body } = await alice.get('/api/users?search=bob');
		expect(Object.keys(body.users[0]).sort()).toEqual(['displayName', 'id', 'username']);
		expect((await alice.get(`/api/users/${body.users[0].id}`)).body).toEqual({ user: body.users[0] });
	});

	it('answers 404 for someone who is not there, and 401 to someone who is not logged in', async () => {
		expect((await alice.get('/api/users/aaaaaaaaaaaaaaaa')).status).toBe(404);
		expect((await lab.visitor().get('/api/users')).status).toBe(401);
		expect((await lab.visitor().get(`/api/users/${alice.id}`)).status).toBe(401);
	});
});

describe('changing the displayed name', () => {
	it('is told in the own directory, in direct peers’ directories and in every conversation', async () => {
		const bob = await lab.person('bob');
		const direct = await alice.post('/api/conversations', { kind: 'direct', members: [bob.id] });
		const group = await alice.post('/api/conversations', { kind: 'group', members: [bob.id] });
		const { status, body } = await alice.patch('/api/me', { displayName: '  Ann  ' });
		expect([status, body.user.displayName]).toEqual([200, 'Ann']);
		const ann = { username: 'alice', displayName: 'Ann' };
		const directId = direct.body.conversation.id;
		expect(lab.relay.facts(`directory/${alice.id}`).self).toEqual(ann);
		expect(lab.relay.facts(`directory/${bob.id}`)[`conversation/${directId}`]).toMatchObject(ann);
		for (const { body } of [direct, group]) {
			expect(lab.relay.facts(`info/${body.conversation.id}`)[`person/${alice.id}`]).toEqual(ann);
		}
		expect(await found('search=ann')).toEqual(['alice']);
	});

	it('refuses an empty or too long one', async () => {
		expect((await alice.patch('/api/me', { displayName: ' ' })).body.error.message).toBe(
			'This is empty. Fill it in.'
		);
		expect((await alice.patch('/api/me', { displayName: 'x'.repeat(65) })).body.error.message).toBe(
			'Too long by 1. Use at most 64 characters.'
		);
	});

	it('changes nothing if nothing is said', async () => {
		expect((await alice.patch('/api/me', {})).body.user.displayName).toBe('Alice Ångström');
	});
});
