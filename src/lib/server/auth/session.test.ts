import { createHash } from 'node:crypto';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PASSWORD } from '../testing/apiClient.fixture';
import { ApiLab } from '../testing/apiLab.fixture';

const DAY_MS = 86_400_000;
const HTTPS = 'https://chat.example';
const LAN = 'http://192.168.1.7:3000';

let lab: ApiLab;
beforeEach(async () => void (lab = await new ApiLab().start()));
afterEach(async () => {
	vi.useRealTimers();
	await lab.stop();
});

const logIn = (client = lab.visitor(), fields: object = {}) =>
	client.post('/api/login', { username: 'alice', password: PASSWORD, ...fields });

function inDatabase<T>(read: (db: SqliteDatabase.Database) => T): T {
	const db = new SqliteDatabase(join(lab.folder, 'skein.db'));
	try {
		return read(db);
	} finally {
		db.close();
	}
}

describe('logging in', () => {
	beforeEach(async () => void (await lab.person('Alice')));

	it('gives the user and a fresh token each time', async () => {
		const [first, second] = [await logIn(), await logIn()];
		expect(first.status).toBe(200);
		expect(first.body.user.username).toBe('Alice');
		expect(first.body.token).not.toBe(second.body.token);
	});

	it('takes no session that somebody else has planted in the browser', async () => {
		const mallory = await lab.person('mallory');
		const planted = mallory.cookie ?? '';
		const victim = Object.assign(lab.visitor(), { cookie: planted });
		await logIn(victim);
		expect(victim.cookie).not.toBe(planted);
		expect((await victim.get('/api/me')).body.user.username).toBe('Alice');
		// The one that it replaces ends: whoever planted it sees nothing by it.
		expect((await Object.assign(lab.visitor(), { cookie: planted }).get('/api/me')).status).toBe(401);

		const chosen = `__Host-skein=${'m'.repeat(43)}`;
		const other = Object.assign(lab.visitor(), { cookie: chosen });
		await logIn(other);
		expect((await Object.assign(lab.visitor(), { cookie: chosen }).get('/api/me')).status).toBe(401);
		expect((await other.get('/api/me')).status).toBe(200);
	});

	it('does not mind case and accents in the username', async () => {
		expect((await logIn(undefined, { username: ' ÀLICE ' })).status).toBe(200);
	});

	it('answers a wrong password and an unknown user alike', async () => {
		const wrong = await logIn(undefined, { password: 'not the password' });
		const unknown = await logIn(undefined, { username: 'nobody' });
		expect(wrong.status).toBe(401);
		expect(wrong.body).toEqual({
			error: { code: 'wrong_login', message: 'The username or the password is wrong.' }
		});
		expect([unknown.status, unknown.body]).toEqual([wrong.status, wrong.body]);
	});

	it('takes the same password in another Unicode form', async () => {
		await lab.visitor().post('/api/register', { username: 'zoe', password: 'señora grande' });
		const decomposed = await logIn(undefined, {
			username: 'zoe',
			password: 'señora grande'.normalize('NFD')
		});
		expect(decomposed.status).toBe(200);
	});

	it('stores a hash of the token and a hash of the password, and neither of them', async () => {
		const { body } = await logIn();
		const ids = inDatabase((db) => db.prepare('SELECT id FROM sessions').pluck().all());
		expect(ids).toContain(createHash('sha256').update(body.token).digest('hex'));
		expect(ids).not.toContain(body.token);
		const hash = inDatabase((db) => db.prepare('SELECT hash FROM passwords').pluck().get());
		expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
	});
});

describe('the cookie', () => {
	const cookieAt = async (origin: string) =>
		(await lab.visitor(origin).register('alice')).headers.get('set-cookie');

	it.each([HTTPS, 'http://localhost:3000', 'http://127.0.0.1:3000'])(
		'is __Host- and secure at %s',
		async (origin) => {
			expect(await cookieAt(origin)).toMatch(
				/^__Host-skein=[\w-]{43}; Path=\/; Max-Age=7776000; HttpOnly; SameSite=Lax; Secure$/
			);
		}
	);

	it('is plain over http elsewhere, so that people can still log in', async () => {
		expect(await cookieAt(LAN)).toMatch(
			/^skein=[\w-]{43}; Path=\/; Max-Age=7776000; HttpOnly; SameSite=Lax$/
		);
		const bob = lab.visitor(LAN);
		await bob.register('bob');
		expect((await bob.get('/api/me')).status).toBe(200);
	});

	it('is not believed over https if it is the plain one, which any page nearby could plant', async () => {
		const { token } = await lab.person('alice');
		expect((await lab.visitor(HTTPS).get('/api/me', { cookie: `skein=${token}` })).status).toBe(401);
	});
});

describe('a session', () => {
	it('lets in by cookie and by Bearer token, which are the same', async () => {
		const { cookie, token } = await lab.person('alice');
		expect(cookie).toBe(`__Host-skein=${token}`);
		for (const [name, value] of [
			['cookie', `other=1; ${cookie}`],
			['authorization', `Bearer ${token}`]
		] as const) {
			const { status, body } = await lab.visitor().get('/api/me', { [name]: value });
			expect([status, body.user.username]).toEqual([200, 'alice']);
		}
	});

	it.each([
		[{}],
		[{ cookie: '__Host-skein=' }],
		[{ cookie: '__Host-skein=guessed' }],
		[{ authorization: 'Bearer guessed' }],
		[{ authorization: 'Basic YWxpY2U6eA==' }]
	])('is needed: %o gets 401', async (headers) => {
		const { status, body } = await lab.visitor().get('/api/me', headers as Record<string, string>);
		expect(status).toBe(401);
		expect(body.error).toEqual({ code: 'not_logged_in', message: 'You are not logged in. Log in first.' });
	});

	it('does not fall back to the cookie when a Bearer token is wrong', async () => {
		const alice = await lab.person('alice');
		expect((await alice.get('/api/me', { authorization: 'Bearer guessed' })).status).toBe(401);
	});

	it('ends 90 days after login however much it was used', async () => {
		const alice = await lab.person('alice');
		vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
		for (let day = 0; day < 88; day += 8) {
			vi.setSystemTime(Date.now() + 8 * DAY_MS);
			expect((await alice.get('/api/me')).status).toBe(200);
		}
		vi.setSystemTime(Date.now() + 2 * DAY_MS);
		expect((await alice.get('/api/me')).status).toBe(401);
	});
});

describe('logging out', () => {
	it('ends the session, takes the cookie away and closes the sockets of this session alone', async () => {
		const alice = await lab.person('alice');
		const elsewhere = lab.visitor();
		await logIn(elsewhere);
		const { token } = alice;
		const { status, headers } = await alice.post('/api/logout');
		expect(status).toBe(204);
		expect(headers.get('clear-site-data')).toBeNull();
		expect(alice.cookie).toBeUndefined();
		expect((await alice.get('/api/me', { authorization: `Bearer ${token}` })).status).toBe(401);
		expect(lab.relay.droppedSessions).toEqual([createHash('sha256').update(`${token}`).digest('hex')]);
		expect((await elsewhere.get('/api/me')).status).toBe(200);
	});

	it('has the browser wipe what it stores only when the client asks for it', async () => {
		const alice = await lab.person('alice');
		expect((await alice.post('/api/logout?wipe=1')).headers.get('clear-site-data')).toBe('"storage"');
	});

	it('is no error when the session is already gone', async () => {
		const alice = await lab.person('alice');
		const { cookie } = alice;
		await alice.post('/api/logout');
		alice.cookie = cookie;
		expect((await alice.post('/api/logout')).status).toBe(204);
		expect((await lab.visitor().post('/api/logout')).status).toBe(204);
	});
});

describe('a tab whose browser has logged in as somebody else meanwhile', () => {
	it('does nothing in the name of the other, and ends no session of theirs', async () => {
		const [alice, bob] = [await lab.person('alice'), await lab.person('bob')];
		const asAlice = { 'x-skein-user': alice.id };
		expect((await bob.get('/api/me', asAlice)).status).toBe(401);
		expect((await bob.post('/api/conversations', { kind: 'group', members: [] }, asAlice)).status).toBe(401);
		const { status, headers } = await bob.post('/api/logout?wipe=1', undefined, asAlice);
		expect([status, headers.get('set-cookie'), headers.get('clear-site-data')]).toEqual([204, null, null]);
		expect((await bob.get('/api/me', { 'x-skein-user': bob.id })).status).toBe(200);
	});
});
