import Database from 'better-sqlite3';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ApiLab } from '../testing/apiLab.fixture';
import type { ApiClient } from '../testing/apiClient.fixture';
import { CommandLog } from './commandLog';
import { openDatabase } from '../database';
import { UserStore } from '../accounts/userStore';
import { COMMAND_KEPT_MS, COMMANDS_KEPT_MAX } from '../../domain/limits';

let lab: ApiLab;
let alice: ApiClient;
let bob: ApiClient;
let group: string;
beforeEach(async () => {
	lab = await new ApiLab().start();
	[alice, bob] = [await lab.person('alice'), await lab.person('bob')];
	group = (await alice.post('/api/conversations', { kind: 'group', members: [] })).body.conversation.id;
});
afterEach(() => lab.stop());

const rename = (by: ApiClient, id: string, displayName: string) =>
	by.send('PATCH', '/api/me', JSON.stringify({ displayName }), { 'idempotency-key': id });
const add = (id: string, userId: string) =>
	alice.post(`/api/conversations/${group}/members`, { userId }, { 'idempotency-key': id });
const nameOf = async (client: ApiClient) => (await client.get('/api/me')).body.user.displayName;

describe('a command that comes again under its id', () => {
	it('changes nothing and answers the same, whatever happened in between', async () => {
		const first = await rename(alice, 'one', 'Ann');
		await rename(alice, 'two', 'Anna');
		const again = await rename(alice, 'one', 'Ann');
		expect([again.status, again.body]).toEqual([first.status, first.body]);
		expect(await nameOf(alice)).toBe('Anna');
	});

	it('answers the same after a restart', async () => {
		const first = await add('one', bob.id);
		lab.server.closeDatabase();
		await lab.start();
		const again = await add('one', bob.id);
		expect([first.status, again.status]).toEqual([201, 201]);
		expect(again.body).toEqual(first.body);
		expect(await lab.relay.entries(`c/${group}/0`)).toHaveLength(2);
	});

	it('stays refused, though it would be allowed by now', async () => {
		const carol = await lab.person('carol');
		const addCarol = () =>
			bob.post(`/api/conversations/${group}/members`, { userId: carol.id }, { 'idempotency-key': 'one' });
		const first = await addCarol();
		expect([first.status, first.body.error.code]).toEqual([404, 'no_such_conversation']);
		await add('two', bob.id);
		const again = await addCarol();
		expect([again.status, again.body]).toEqual([first.status, first.body]);
	});

	it('is refused if it asks for something else by its query alone', async () => {
		const takeAway = (was: string) =>
			alice.send('DELETE', `/api/conversations/${group}/picture?was=${was}`, undefined, {
				'idempotency-key': 'one'
			});
		expect((await takeAway('none')).status).toBe(200);
		const other = await takeAway('another');
		expect([other.status, other.body.error?.code]).toEqual([422, 'id_reused']);
	});

	it('is done once, though both come at once', async () => {
		const answers = await Promise.all([add('one', bob.id), add('one', bob.id)]);
		expect(answers.map(({ status }) => status)).toEqual([201, 201]);
		expect(await lab.relay.entries(`c/${group}/0`)).toHaveLength(2);
	});

	it('is refused if it asks for something else', async () => {
		await rename(alice, 'one', 'Ann');
		const { status, body } = await rename(alice, 'one', 'Anna');
		expect([status, body.error.code]).toEqual([422, 'id_reused']);
		expect(await nameOf(alice)).toBe('Ann');
	});

	it('is another’s own, if another user has minted the same id', async () => {
		await rename(alice, 'one', 'Ann');
		expect((await rename(bob, 'one', 'Bobby')).status).toBe(200);
		expect(await nameOf(bob)).toBe('Bobby');
	});
});

it('a command is known for at least 30 days, and its note goes some time after', async () => {
	await rename(alice, 'one', 'Ann');
	lab.nowMs += 31 * 24 * 60 * 60_000;
	await rename(alice, 'two', 'Anna');
	await rename(alice, 'one', 'Ann');
	expect(await nameOf(alice)).toBe('Anna');
	lab.nowMs += COMMAND_KEPT_MS + 1;
	await rename(alice, 'three', 'Annie');
	await rename(alice, 'one', 'Ann');
	expect(await nameOf(alice)).toBe('Ann');
});

describe('what is kept of a command', () => {
	/** Bytes, of all commands there are. */
	function kept(): { count: number; bytes: number } {
		const db = new Database(join(lab.folder, 'skein.db'), { readonly: true });
		try {
			const row = 'length(request) + length(answer) + coalesce(length(about), 0)';
			const sum = db.prepare(`SELECT count(*) AS count, coalesce(sum(${row}), 0) AS bytes FROM commands`);
			return sum.get() as { count: number; bytes: number };
		} finally {
			db.close();
		}
	}
	const renameGroup = (id: string, name: string) =>
		alice.send('PATCH', `/api/conversations/${group}`, JSON.stringify({ name }), { 'idempotency-key': id });

	it('does not grow with the group', async () => {
		await renameGroup('one', 'Boats');
		const { bytes } = kept();
		for (let n = 0; n < 100; n++)
			lab.server.membership.add(alice.id, group, lab.userOf(`somebody-of-the-group-${n}`));
		await renameGroup('two', 'Ships');
		expect(kept()).toEqual({ count: 2, bytes: 2 * bytes });
	});

	it('tells how the conversation stands when it comes again', async () => {
		await renameGroup('one', 'Boats');
		await renameGroup('two', 'Ships');
		await add('three', bob.id);
		const { status, body } = await renameGroup('one', 'Boats');
		expect([status, body.conversation.name, body.conversation.members.length]).toEqual([200, 'Ships', 2]);
	});

	it('tells nothing of the conversation to who is no longer in it', async () => {
		await add('one', bob.id);
		await alice.patch(`/api/conversations/${group}/members/${bob.id}`, { role: 'admin' });
		const name = (key: string) =>
			bob.send('PATCH', `/api/conversations/${group}`, '{"name":"Boats"}', { 'idempotency-key': key });
		await name('mine');
		await alice.delete(`/api/conversations/${group}/members/${bob.id}`);
		const { status, body } = await name('mine');
		expect([status, body.conversation]).toMatchObject([200, { id: group, name: '', members: [], live: 0 }]);
	});

	it('are the newest of each user', () => {
		const db = openDatabase(':memory:');
		const users = new UserStore(db);
		for (const id of ['alice', 'bob']) users.insert({ id, username: id, displayName: id, createdAt: 0 });
		let now = 0;
		const commands = new CommandLog({ db, now: () => now, retell: () => ({}), keptMax: 3 });
		const run = (user: string, id: string) =>
			commands.once(user, { id, request: id }, () => ({ status: 204 }));
		run('bob', 'his');
		for (const id of ['a', 'b', 'c', 'd']) {
			now += 1;
			run('alice', id);
		}
		expect(['a', 'b', 'c', 'd'].map((id) => commands.has('alice', id))).toEqual([false, true, true, true]);
		expect(commands.has('bob', 'his')).toBe(true);
		db.close();
	});

	it('are ten thousand of a user at most', async () => {
		const db = new Database(join(lab.folder, 'skein.db'));
		const keep = db.prepare("INSERT INTO commands VALUES (?, ?, 'hash', 204, x'', ?, NULL)");
		db.transaction(() => {
			for (let n = 0; n < COMMANDS_KEPT_MAX; n++) keep.run(alice.id, `before ${n}`, lab.nowMs - 20_000 + n);
		})();
		await rename(alice, 'one-more', 'Annie');
		expect(kept().count).toBe(COMMANDS_KEPT_MAX);
		const has = (id: string) => lab.server.commands.has(alice.id, id);
		expect(['before 0', 'before 1', 'one-more'].map(has)).toEqual([false, true, true]);
		db.close();
	});
});

it('a fault is no outcome, and undoes what was changed: the command may come again', async () => {
	const { commands, profiles } = lab.server;
	const command = { id: 'one', request: 'rename' };
	const change = () => ({ status: 200, answer: profiles.update(alice.id, { displayName: 'Ann' }) });
	const broken = () => {
		change();
		throw new Error('the disk is full');
	};
	expect(() => commands.once(alice.id, command, broken)).toThrow('the disk is full');
	expect(await nameOf(alice)).toBe('alice');
	expect(commands.once(alice.id, command, change).status).toBe(200);
	expect(await nameOf(alice)).toBe('Ann');
});

it('a command without an id is done each time', async () => {
	for (const displayName of ['Ann', 'Anna', 'Ann']) await alice.patch('/api/me', { displayName });
	expect(await nameOf(alice)).toBe('Ann');
});

it.each([
	['with a space', 'a b'],
	['too long', 'x'.repeat(129)],
	['empty', '']
])('an id that is %s is refused', async (_, id) => {
	const { status, body } = await rename(alice, id, 'Ann');
	expect([status, body.error.field]).toEqual([400, 'idempotency-key']);
	expect(await nameOf(alice)).toBe('alice');
});
