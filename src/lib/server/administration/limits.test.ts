import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ApiLab } from '../testing/apiLab.fixture';
import { PASSWORD, type ApiClient } from '../testing/apiClient.fixture';

let lab: ApiLab;
let root: ApiClient;
beforeEach(async () => {
	lab = await new ApiLab().start(undefined, { SKEIN_RATE_FACTOR: '1', SKEIN_USER_STORE_MB: '250' });
	root = await lab.person('root');
});
afterEach(() => lab.stop());

interface Told {
	readonly name: string;
	readonly value?: number;
	readonly standard?: number;
	readonly isSet?: boolean;
}
const set = (body: object, headers = {}) =>
	root.send('PATCH', '/api/admin/limits', JSON.stringify(body), headers);
const limits = async () => (await root.get('/api/admin/limits')).body as { settable: Told[]; fixed: Told[] };
const limit = async (name: string) =>
	[...(await limits()).settable, ...(await limits()).fixed].find((each) => each.name === name);
const register = (username: string) =>
	lab.visitor().post('/api/register', { username, password: 'a long enough secret' });

it('say what holds: by the environment, by Skein itself, or no limit at all', async () => {
	expect(await limit('userStoreMb')).toEqual({
		name: 'userStoreMb',
		value: 250,
		standard: 250,
		isSet: false
	});
	expect(await limit('roomStoreMb')).toMatchObject({ value: 100 });
	expect(await limit('accounts')).toEqual({ name: 'accounts', isSet: false });
	expect(await limit('groupMembers')).toEqual({ name: 'groupMembers', value: 500 });
	expect(await limit('loginTries')).toEqual({ name: 'loginTries', value: 10 });
	expect(await limit('conversationsOfUser')).toEqual({ name: 'conversationsOfUser', value: 2_000 });
	expect(await limit('conversationsByOthers')).toEqual({ name: 'conversationsByOthers', value: 1_500 });
	expect(await limit('conversationsBegunPerHour')).toMatchObject({ value: 600 });
});

it('are set and read by an administrator alone', async () => {
	const bob = await lab.person('bob');
	expect((await bob.get('/api/admin/limits')).status).toBe(403);
	expect((await bob.patch('/api/admin/limits', { accounts: 9 })).status).toBe(403);
	expect((await limit('accounts'))?.value).toBeUndefined();
});

it.each([{ userStoreMb: 0 }, { userStoreMb: 1.5 }, { userStoreMb: 1e9 }, { accounts: '7' }])(
	'are whole numbers within reason, and not %o',
	async (wrong) => {
		expect((await set(wrong)).status).toBe(400);
	}
);

it('of the store reach the relay at once, hold after a restart, and go back to what the environment says', async () => {
	expect(lab.relay.limits).toEqual({ socketsMax: 1_000, roomBytesMax: 1e8, userBytesMax: 250e6 });
	expect((await set({ userStoreMb: 3, userSockets: 7 })).status).toBe(200);
	expect(lab.relay.limits).toEqual({ socketsMax: 7, roomBytesMax: 1e8, userBytesMax: 3e6 });
	await lab.server.relay.close();
	lab.server.closeDatabase();
	lab.relay.limits = {};
	await lab.start(undefined, { SKEIN_USER_STORE_MB: '40' });
	expect(lab.relay.limits).toMatchObject({ socketsMax: 7, userBytesMax: 3e6 });
	await set({ userStoreMb: null });
	expect(lab.relay.limits).toMatchObject({ socketsMax: 7, userBytesMax: 40e6 });
});

it('of accounts let no more register than there may be, and everybody log in', async () => {
	await set({ accounts: 2 });
	expect((await register('bob')).status).toBe(201);
	const refused = await register('carol');
	expect([refused.status, refused.body.error.code]).toEqual([403, 'server_full']);
	expect(
		(await lab.visitor().post('/api/login', { username: 'bob', password: 'a long enough secret' })).status
	).toBe(200);
	await set({ accounts: null });
	expect((await register('carol')).status).toBe(201);
});

it('of accounts hold for those who come at the same moment', async () => {
	await set({ accounts: 2 });
	const answers = await Promise.all(['bob', 'carol', 'dave'].map(register));
	expect(answers.map(({ status }) => status).sort()).toEqual([201, 403, 403]);
});

it('a place is free again once somebody has deleted their account', async () => {
	const bob = await lab.person('bob');
	await set({ accounts: 2 });
	expect((await register('carol')).status).toBe(403);
	await bob.send('DELETE', '/api/me', JSON.stringify({ password: PASSWORD }));
	expect((await register('carol')).status).toBe(201);
});

it('of registering count from now on, and what was counted before counts', async () => {
	await set({ registrationsPerHour: 3 });
	expect((await register('bob')).status).toBe(201);
	expect((await register('carol')).status).toBe(201);
	const refused = await register('dave');
	expect([refused.status, refused.body.error.code]).toEqual([429, 'too_often']);
	expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3_000);
	await set({ registrationsPerHour: null });
	expect((await register('dave')).status).toBe(201);
});

describe('in the audit log', () => {
	const entries = async () => (await root.get('/api/admin/audit')).body.entries;

	it('each that is set stands with its number, once though it was asked twice, and none that was so already', async () => {
		const key = { 'idempotency-key': 'one' };
		for (let n = 0; n < 2; n++) await set({ userStoreMb: 500, accounts: 200 }, key);
		await set({ userStoreMb: 500 });
		await set({ accounts: null });
		expect(await entries()).toMatchObject([
			{ action: 'limit-set', actor: root.id, subject: '', limit: { name: 'accounts', value: null } },
			{ action: 'limit-set', limit: { name: 'accounts', value: 200 } },
			{ action: 'limit-set', limit: { name: 'userStoreMb', value: 500 } }
		]);
		expect(await entries()).toHaveLength(3);
	});
});
