import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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

it('a session that begins while its account is being suspended opens nothing, the relay neither', async () => {
	await suspend(true);
	const { sessions } = lab.server;
	const authorization = `Bearer ${await sessions.start(bob.id)}`;
	expect(await sessions.authenticate({ authorization })).toBeUndefined();
	await suspend(false);
	const caller = await sessions.authenticate({ authorization });
	expect(caller?.userId).toBe(bob.id);
	expect(await sessions.lives(caller?.sessionId ?? '')).toBe(true);
});

it('a link for one admits one of those who register by it at once, where people come by invitation', async () => {
	const group = (await root.post('/api/conversations', { kind: 'group', members: [] })).body.conversation.id;
	const invite = (await root.post(`/api/conversations/${group}/invites`, { uses: 1 })).body.token;
	await root.send('PUT', '/api/admin/registration', JSON.stringify({ mode: 'invitation' }));
	const register = (username: string) =>
		lab.visitor().post('/api/register', { username, password: PASSWORD, invite });
	const answers = await Promise.all(['carol', 'dave', 'erin'].map(register));
	expect(answers.map(({ status }) => status).sort()).toEqual([201, 404, 404]);
});

it('whose sessions are ended comes in by none, nor by a token of a program, until they log in again', async () => {
	const made = await bob.post('/api/tokens', { name: 'bot', scopes: ['profile:read'], days: 1 });
	const { token, apiToken } = made.body;
	const byToken = () => lab.visitor().get('/api/me', { authorization: `Bearer ${token}` });
	expect((await byToken()).status).toBe(200);
	expect((await root.delete(`/api/admin/users/${bob.id}/sessions`)).status).toBe(204);
	expect([(await bob.get('/api/me')).status, (await byToken()).status]).toEqual([401, 401]);
	expect(lab.relay.droppedSessions).toContain(`token:${apiToken.id}`);
	const again = await logIn();
	expect(again.status).toBe(200);
	const headers = { authorization: `Bearer ${again.body.token}` };
	expect((await lab.visitor().get('/api/tokens', headers)).body.tokens).toEqual([]);
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

it('who is suspended already, or is not, stays so, and nothing of it stands in the audit log', async () => {
	expect((await suspend(false)).status).toBe(200);
	await suspend(true);
	const since = lab.nowMs;
	lab.nowMs += 60_000;
	const again = await suspend(true);
	expect([again.status, again.body.user.suspendedAt]).toEqual([200, since]);
	await suspend(false);
	await suspend(false);
	const { entries } = (await root.get('/api/admin/audit')).body;
	expect(entries.map(({ action }: { action: string }) => action)).toEqual(['readmitted', 'suspended']);
});

describe('a link for a new password', () => {
	const make = () => root.post(`/api/admin/users/${bob.id}/reset`);
	const reset = (token: string, password = 'another long secret') =>
		lab.visitor().post('/api/password/reset', { token, password });

	it('lets whoever holds it set the password once, ends all sessions, and stands in the audit log', async () => {
		const { status, body } = await make();
		expect(status).toBe(201);
		expect(body.token).toMatch(/^[\w-]{43}$/);
		expect((await reset(body.token)).status).toBe(204);
		expect((await bob.get('/api/me')).status).toBe(401);
		expect((await reset(body.token)).status).toBe(400);
		const { entries } = (await root.get('/api/admin/audit')).body;
		expect(entries).toMatchObject([{ actor: root.id, action: 'reset-link-made', subject: bob.id }]);
	});

	it('is the newest one alone, for half an hour', async () => {
		const [first, second] = [(await make()).body.token, (await make()).body.token];
		expect((await reset(first)).status).toBe(400);
		lab.nowMs += 30 * 60_000;
		expect((await reset(second)).status).toBe(400);
	});

	it('is told once: asked again with the same id, the answer holds none', async () => {
		const path = `/api/admin/users/${bob.id}/reset`;
		const key = { 'idempotency-key': 'one' };
		expect((await root.send('POST', path, undefined, key)).body.token).toBeDefined();
		expect((await root.send('POST', path, undefined, key)).body).toEqual({});
	});

	it('is made by an administrator alone, and of nobody that there is not', async () => {
		expect((await bob.post(`/api/admin/users/${root.id}/reset`)).status).toBe(403);
		expect((await root.post(`/api/admin/users/${'z'.repeat(16)}/reset`)).status).toBe(404);
	});
});

it('an administrator learns from their own account that they are one, and others learn nothing', async () => {
	expect((await root.get('/api/me')).body.user.administrator).toBe(true);
	expect((await bob.get('/api/me')).body.user).not.toHaveProperty('administrator');
});

it('what each account has written is told in bytes, and left out while the relay cannot say', async () => {
	await bob.post('/api/messages/send', { userId: root.id, text: 'x'.repeat(500) });
	const bytes = async () =>
		(await root.get('/api/admin/users?search=bob')).body.users.map((user: { bytes?: number }) => user.bytes);
	const [told] = await bytes();
	expect(told).toBeGreaterThan(500);
	expect(told).toBeLessThan(600);
	lab.relay.isBroken = true;
	expect(await bytes()).toEqual([undefined]);
	lab.relay.isBroken = false;
});
