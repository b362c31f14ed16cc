import { afterEach, beforeEach, expect, it } from 'vitest';
import { ApiLab } from '../testing/apiLab.fixture';
import { PASSWORD, type ApiClient } from '../testing/apiClient.fixture';

let lab: ApiLab;
let root: ApiClient;
let bob: ApiClient;
beforeEach(async () => {
	lab = await new ApiLab().start();
	root = await lab.person('root');
	bob = await lab.person('bob');
});
afterEach(() => lab.stop());

const suspend = (suspended: boolean) => root.patch(`/api/admin/users/${bob.id}`, { suspended });
const logIn = () => lab.visitor().post('/api/login', { username: 'bob', password: PASSWORD });

it('the first account is the administrator, and no other', async () => {
	const { users } = (await root.get('/api/admin/users')).body;
	expect(
		users.map((user: { username: string; administrator: boolean }) => [user.username, user.administrator])
	).toEqual([
		['bob', false],
		['root', true]
	]);
	expect((await bob.get('/api/admin/users')).status).toBe(403);
});

it('the environment may name another one', async () => {
	await lab.server.relay.close();
	lab.server.closeDatabase();
	await lab.start(undefined, { SKEIN_ADMIN: 'Bob' });
	expect((await bob.get('/api/admin/audit')).status).toBe(200);
	expect((await root.get('/api/admin/audit')).status).toBe(403);
});

it('who is suspended is out at once, with their sockets, and does not come in again until readmitted', async () => {
	const { token, apiToken } = (
		await bob.post('/api/tokens', { name: 'bot', scopes: ['profile:read'], days: 1 })
	).body;
	const byToken = () => lab.visitor().get('/api/me', { authorization: `Bearer ${token}` });
	expect((await suspend(true)).body.user.suspendedAt).toBe(lab.nowMs);
	expect(lab.relay.droppedSessions).toEqual([
		expect.stringMatching(/^[0-9a-f]{64}$/),
		`token:${apiToken.id}`
	]);
	const refused = await logIn();
	expect([refused.status, refused.body.error.code]).toEqual([403, 'suspended']);
	expect([(await bob.get('/api/me')).status, (await byToken()).status]).toEqual([401, 401]);
	expect((await suspend(false)).body.user.suspendedAt).toBeUndefined();
	expect([(await logIn()).status, (await byToken()).status]).toEqual([200, 200]);
});

it('that an account is suspended is told to nobody who does not know its password', async () => {
	await suspend(true);
	const answer = await lab.visitor().post('/api/login', { username: 'bob', password: 'a wrong guess' });
	expect([answer.status, answer.body.error.code]).toEqual([401, 'wrong_login']);
});

it('administrators do not suspend themselves', async () => {
	expect((await root.patch(`/api/admin/users/${root.id}`, { suspended: true })).status).toBe(409);
});

it('what was done stands in the audit log, the newest first, and once though it was asked twice', async () => {
	const headers = { 'idempotency-key': 'one' };
	const path = `/api/admin/users/${bob.id}`;
	for (let n = 0; n < 2; n++) await root.send('PATCH', path, '{"suspended":true}', headers);
	await root.delete(`${path}/sessions`);
	const { entries } = (await root.get('/api/admin/audit')).body;
	expect(entries).toMatchObject([
		{ actor: root.id, action: 'sessions-ended', subject: bob.id },
		{ actor: root.id, action: 'suspended', subject: bob.id }
	]);
});
