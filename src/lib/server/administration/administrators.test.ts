import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ApiLab } from '../testing/apiLab.fixture';
import { PASSWORD, type ApiClient } from '../testing/apiClient.fixture';

let lab: ApiLab;
let root: ApiClient;
let bob: ApiClient;
let carol: ApiClient;
beforeEach(async () => {
	lab = await new ApiLab().start();
	root = await lab.person('root');
	bob = await lab.person('bob');
	carol = await lab.person('carol');
});
afterEach(() => lab.stop());

const set = (actor: ApiClient, whom: ApiClient, administrator: boolean) =>
	actor.patch(`/api/admin/users/${whom.id}`, { administrator });
const suspend = (actor: ApiClient, whom: ApiClient) =>
	actor.patch(`/api/admin/users/${whom.id}`, { suspended: true });
const heard = ({ status, body }: { status: number; body: { error?: { code: string } } }) => [
	status,
	body?.error?.code
];
const administer = (...people: ApiClient[]) =>
	Promise.all(people.map(async (who) => (await who.get('/api/admin/audit')).status === 200));
const leave = (who: ApiClient, successor?: string) =>
	who.delete('/api/me', { password: PASSWORD, successor });

async function restart(env: Record<string, string> = {}): Promise<void> {
	await lab.server.relay.close();
	lab.server.closeDatabase();
	await lab.start(undefined, env);
}

describe('an administrator', () => {
	it('makes somebody else one, who is one at once and after a restart', async () => {
		const answer = await set(root, bob, true);
		expect([answer.status, answer.body.user.administrator]).toEqual([200, true]);
		expect(await administer(root, bob, carol)).toEqual([true, true, false]);
		expect((await bob.get('/api/me')).body.user.administrator).toBe(true);
		await restart();
		expect(await administer(root, bob, carol)).toEqual([true, true, false]);
	});

	it('takes it back, which ends no session and holds at once', async () => {
		await set(root, bob, true);
		lab.relay.droppedSessions.length = 0;
		expect((await set(root, bob, false)).body.user.administrator).toBe(false);
		expect(await administer(root, bob)).toEqual([true, false]);
		expect((await bob.get('/api/me')).status).toBe(200);
		expect(lab.relay.droppedSessions).toEqual([]);
	});

	it('takes it from the first one, who stays without it after a restart and once others have gone', async () => {
		await set(root, bob, true);
		expect((await set(bob, root, false)).status).toBe(200);
		expect(await administer(root, bob)).toEqual([false, true]);
		await restart();
		expect(await administer(root, bob)).toEqual([false, true]);
		await set(bob, carol, true);
		expect((await leave(bob)).status).toBe(204);
		expect(await administer(root, carol)).toEqual([false, true]);
	});

	it('gives it up, unless nobody else could administer the server', async () => {
		expect(heard(await set(root, root, false))).toEqual([409, 'sole_administrator']);
		await set(root, bob, true);
		await suspend(root, bob);
		expect(heard(await set(root, root, false))).toEqual([409, 'sole_administrator']);
		await root.patch(`/api/admin/users/${bob.id}`, { suspended: false });
		expect((await set(root, root, false)).status).toBe(200);
		await bob.post('/api/login', { username: 'bob', password: PASSWORD });
		expect(await administer(root, bob)).toEqual([false, true]);
	});

	it('makes nobody one who is suspended, deleted or was never there', async () => {
		await suspend(root, bob);
		await leave(carol);
		expect(heard(await set(root, bob, true))).toEqual([409, 'suspended_account']);
		expect(heard(await set(root, carol, true))).toEqual([404, 'no_such_user']);
		expect((await root.patch('/api/admin/users/zzzzzzzzzzzzzzzz', { administrator: true })).status).toBe(404);
		expect((await root.patch(`/api/admin/users/${bob.id}`, {})).status).toBe(400);
	});

	it('is made by administrators alone, and by no program of theirs', async () => {
		expect(heard(await set(bob, bob, true))).toEqual([403, 'not_administrator']);
		const { token } = (await root.post('/api/tokens', { name: 'x', scopes: ['profile:write'], days: 1 }))
			.body;
		const byToken = await lab
			.visitor()
			.send('PATCH', `/api/admin/users/${bob.id}`, '{"administrator":true}', {
				authorization: `Bearer ${token}`
			});
		expect(heard(byToken)).toEqual([403, 'out_of_scope']);
	});

	it('does it once: the audit log says who was made one and of whom it was taken, however often it is asked', async () => {
		for (const administrator of [true, true, false, false]) await set(root, bob, administrator);
		const { entries } = (await root.get('/api/admin/audit')).body;
		expect(entries).toMatchObject([
			{ actor: root.id, action: 'administrator-unmade', subject: bob.id },
			{ actor: root.id, action: 'administrator-made', subject: bob.id }
		]);
	});

	it('may delete the account without a successor where there is another one', async () => {
		await set(root, bob, true);
		expect((await leave(root)).status).toBe(204);
		expect(await administer(bob, carol)).toEqual([true, false]);
		expect(heard(await leave(bob))).toEqual([409, 'last_administrator']);
	});

	it('leaves the server neither to themselves nor to somebody suspended, administrator or not', async () => {
		await set(root, bob, true);
		await suspend(bob, root);
		expect(heard(await leave(bob, root.id))).toEqual([400, 'unknown_user']);
		expect(heard(await leave(bob, bob.id))).toEqual([400, 'unknown_user']);
		expect(heard(await leave(bob))).toEqual([409, 'last_administrator']);
		expect((await leave(bob, carol.id)).status).toBe(204);
		expect(await administer(carol)).toEqual([true]);
	});

	it('two who take it from each other at once leave one', async () => {
		await set(root, bob, true);
		const answers = await Promise.all([set(root, bob, false), set(bob, root, false)]);
		expect(answers.map(({ status }) => status).sort()).toEqual([200, 403]);
		expect((await administer(root, bob)).filter(Boolean)).toHaveLength(1);
	});

	it('two who suspend each other at once leave one who is logged in', async () => {
		await set(root, bob, true);
		await Promise.all([suspend(root, bob), suspend(bob, root)]);
		expect((await administer(root, bob)).filter(Boolean)).toHaveLength(1);
	});
});

describe('the one whom the environment names', () => {
	beforeEach(async () => {
		await restart({ SKEIN_ADMIN: 'root' });
		await set(root, bob, true);
	});

	it('is neither suspended nor made a plain account by those whom they made administrators', async () => {
		expect(heard(await set(bob, root, false))).toEqual([409, 'named_administrator']);
		expect(heard(await suspend(bob, root))).toEqual([409, 'named_administrator']);
		expect(await administer(root, bob)).toEqual([true, true]);
	});

	it('is told apart from the others, so that nobody is offered what is refused', async () => {
		const { users } = (await bob.get('/api/admin/users')).body;
		const told = users.map((user: { username: string; named?: boolean }) => [user.username, user.named]);
		expect(Object.fromEntries(told)).toEqual({ root: true, bob: undefined, carol: undefined });
	});

	it('is not taken over by a link for a new password, which they get from nobody but themselves', async () => {
		expect(heard(await bob.post(`/api/admin/users/${root.id}/reset`))).toEqual([409, 'named_administrator']);
		expect((await root.post(`/api/admin/users/${root.id}/reset`)).status).toBe(201);
		expect((await root.post(`/api/admin/users/${bob.id}/reset`)).status).toBe(201);
	});

	it('leaves the server to the others', async () => {
		expect((await leave(root)).status).toBe(204);
		expect(await administer(bob, carol)).toEqual([true, false]);
	});
});
