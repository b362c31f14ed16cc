import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ApiLab } from '../testing/apiLab.fixture';
import type { ApiClient } from '../testing/apiClient.fixture';
import { COMMAND_KEPT_MS } from '../../domain/limits';

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
