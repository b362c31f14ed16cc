import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SmtpLab } from '../mail/smtp.fixture';
import { PASSWORD, type ApiClient } from '../testing/apiClient.fixture';
import { ApiLab } from '../testing/apiLab.fixture';

const ADDRESS = 'Alice@Example.org';
const NEW = 'wool and long walks';
const MINUTE_MS = 60_000;

let smtp: SmtpLab;
let lab: ApiLab;
let alice: ApiClient;
beforeEach(async () => {
	smtp = await SmtpLab.start();
	lab = await new ApiLab().start(undefined, smtp.env);
	alice = await lab.person('alice');
	await alice.patch('/api/me', { email: ADDRESS, password: PASSWORD });
});
afterEach(async () => {
	await lab.stop();
	await smtp.stop();
});

const logIn = (password: string, username = 'alice') =>
	lab.visitor().post('/api/login', { username, password });
const forget = (asked: object) => lab.visitor().post('/api/password/forgot', asked);
const reset = (token: string, password = NEW) =>
	lab.visitor().post('/api/password/reset', { token, password });
const change = (fields: object, who = alice) =>
	who.post('/api/password/change', { password: PASSWORD, newPassword: NEW, ...fields });
const mailsDue = () => inDatabase((db) => db.prepare('SELECT * FROM mails_due').all());

function inDatabase<T>(read: (db: SqliteDatabase.Database) => T): T {
	const db = new SqliteDatabase(join(lab.folder, 'skein.db'));
	try {
		return read(db);
	} finally {
		db.close();
	}
}

/** The token of the newest mail, once there are so many. */
async function token(mails = 1): Promise<string> {
	await expect.poll(() => smtp.mails.length).toBe(mails);
	const found = /https:\/\/chat\.example\/reset#([\w-]+)/.exec(smtp.mails.at(-1)!.read)?.[1];
	if (found === undefined) throw new Error('the mail has no link');
	return found;
}

/** Starts the server again on the same data. */
async function restart(): Promise<void> {
	lab.server.closeDatabase();
	await lab.start(undefined, smtp.env);
}

describe('a forgotten password', () => {
	it('is set anew by the link of a mail, in plain words as text and as HTML', async () => {
		expect((await forget({ email: 'alice@example.ORG ' })).status).toBe(202);
		const link = await token();
		const [mail] = smtp.mails;
		expect(mail?.to).toEqual(['Alice@example.org']);
		expect(mail?.raw).toContain('multipart/alternative');
		expect(mail?.raw).toContain('From: Skein <skein@chat.example>');
		expect(mail?.read).toContain('To choose a new password for alice');
		expect((await reset(link)).status).toBe(204);
		expect([(await logIn(PASSWORD)).status, (await logIn(NEW)).status]).toEqual([401, 200]);
	});

	it('is answered in the language that the request asks for', async () => {
		const headers = { 'accept-language': 'fr, de-AT;q=0.9' };
		await lab.visitor().post('/api/password/forgot', { username: 'alice' }, headers);
		const link = await token();
		expect(smtp.mails[0]?.read).toContain(
			'Jemand, vermutlich du, hat auf Skein ein neues Passwort angefordert.'
		);
		expect((await reset(link)).status).toBe(204);
	});

	it('is asked for by the username as well', async () => {
		await forget({ username: 'Àlice' });
		expect((await reset(await token())).status).toBe(204);
	});

	it('is answered alike whether or not there is such an account', async () => {
		const known = await forget({ email: ADDRESS });
		const unknown = await forget({ email: 'nobody@example.org' });
		const strip = ({ status, body }: typeof known) => ({ status, body });
		expect(strip(unknown)).toEqual(strip(known));
		expect([...known.headers].filter(([name]) => name !== 'date')).toEqual(
			[...unknown.headers].filter(([name]) => name !== 'date')
		);
	});

	it('sends nothing where there is no such account, or one without an address', async () => {
		await lab.person('bob');
		for (const asked of [{ email: 'nobody@example.org' }, { username: 'nobody' }, { username: 'bob' }])
			await forget(asked);
		await forget({ email: ADDRESS });
		await token();
		await expect.poll(mailsDue).toEqual([]);
		expect(smtp.mails).toHaveLength(1);
	});

	it('names each account that has the address', async () => {
		const other = await lab.person('alice.at.work');
		await other.patch('/api/me', { email: ADDRESS.toLowerCase(), password: PASSWORD });
		await forget({ email: ADDRESS });
		await token();
		const { read } = smtp.mails[0]!;
		expect(read).toContain('for alice,');
		expect(read).toContain('for alice.at.work,');
		const links = new Set([...read.matchAll(/reset#([\w-]+)/g)].map(([, found]) => found));
		expect(links.size).toBe(2);
		for (const link of links) expect((await reset(link!)).status).toBe(204);
		expect((await logIn(NEW, 'alice.at.work')).status).toBe(200);
	});

	it('reaches whoever has the address, however many older accounts others have given it', async () => {
		const everybody = ['one', 'two', 'three', 'four'].map((name) => lab.userOf(name));
		for (const id of everybody) lab.server.people.setEmail(id, ADDRESS);
		const [, victim] = [lab.nowMs++, await lab.person('late')];
		lab.server.people.setEmail(victim.id, ADDRESS);
		await forget({ email: ADDRESS });
		await token(1);
		await expect.poll(mailsDue).toEqual([]);
		expect(smtp.mails[0]!.read).not.toContain('for late,');
		expect(smtp.mails[0]!.read).toContain('Other accounts have this address too');
		await forget({ email: ADDRESS });
		await token(2);
		expect(smtp.mails[1]!.read).toContain('for late,');
	});

	it('logs out everywhere, and ends the sockets', async () => {
		const phone = await logIn(PASSWORD);
		expect((await alice.get('/api/sessions')).body.sessions).toHaveLength(2);
		await forget({ email: ADDRESS });
		await reset(await token());
		expect((await alice.get('/api/me')).status).toBe(401);
		const headers = { authorization: `Bearer ${phone.body.token}` };
		expect((await lab.visitor().get('/api/me', headers)).status).toBe(401);
		expect(lab.relay.droppedSessions).toHaveLength(2);
	});
});

it('the link of a mail leads to where the operator says, whatever address was asked', async () => {
	const evil = lab.visitor('https://evil.example');
	expect((await evil.post('/api/password/forgot', { email: ADDRESS })).status).toBe(202);
	await token();
	expect(smtp.mails[0]!.read).not.toContain('evil');
});

describe('the link of a mail', () => {
	beforeEach(async () => void (await forget({ email: ADDRESS })));

	it('works once', async () => {
		const link = await token();
		expect((await reset(link)).status).toBe(204);
		const again = await reset(link, 'another long secret');
		expect([again.status, again.body.error.code]).toEqual([400, 'link_over']);
		expect((await logIn(NEW)).status).toBe(200);
	});

	it('ends personal API tokens too, with their sockets: whoever had the account may have made them', async () => {
		const { apiToken, token: secret } = (
			await alice.post('/api/tokens', { name: 'bot', scopes: ['sync', 'profile:read'], days: 30 })
		).body;
		const asked = () => lab.visitor().get('/api/me', { authorization: `Bearer ${secret}` });
		expect((await asked()).status).toBe(200);
		await reset(await token());
		expect((await asked()).status).toBe(401);
		expect(lab.relay.droppedSessions).toContain(`token:${apiToken.id}`);
	});

	it('works once, though it comes many times at once', async () => {
		const link = await token();
		const wanted = ['first long secret', 'second long secret', 'third long secret'];
		const answers = await Promise.all(wanted.map((password) => reset(link, password)));
		expect(answers.map(({ status }) => status).sort()).toEqual([204, 400, 400]);
		const right = await Promise.all(wanted.map((password) => logIn(password)));
		expect(right.map(({ status }) => status)).toEqual(
			answers.map(({ status }) => (status === 204 ? 200 : 401))
		);
	});

	it('works for half an hour', async () => {
		const link = await token();
		lab.nowMs += 30 * MINUTE_MS;
		expect((await reset(link)).body.error.code).toBe('link_over');
		lab.nowMs -= 1;
		expect((await reset(link)).status).toBe(204);
	});

	it('no longer works once a newer one is on its way', async () => {
		const older = await token();
		await forget({ email: ADDRESS });
		const newer = await token(2);
		expect((await reset(older)).status).toBe(400);
		expect((await reset(newer)).status).toBe(204);
	});

	it('no longer works once the password, or the address, was changed', async () => {
		const first = await token();
		await change({});
		expect((await reset(first)).status).toBe(400);
		await expect.poll(() => smtp.mails.length).toBe(2);
		await forget({ email: ADDRESS });
		const second = await token(3);
		await alice.patch('/api/me', { email: 'other@example.org', password: NEW });
		expect((await reset(second)).status).toBe(400);
	});

	it('is not used up by a password that is refused', async () => {
		const link = await token();
		expect((await reset(link, 'password')).body.error).toMatchObject({
			code: 'common_password',
			field: 'password'
		});
		expect((await reset(link, 'short')).status).toBe(400);
		expect((await reset(link)).status).toBe(204);
	});

	it('has 256 random bits, of which the database knows a hash alone', async () => {
		const link = await token();
		expect(Buffer.from(link, 'base64url')).toHaveLength(32);
		expect(readFileSync(join(lab.folder, 'skein.db')).includes(link)).toBe(false);
		expect(readFileSync(join(lab.folder, 'skein.db-wal')).includes(link)).toBe(false);
	});

	it.each(['', 'x', 'A'.repeat(43)])('is not %j', async (guess) => {
		expect((await reset(guess)).status).toBe(400);
	});
});

describe('mails', () => {
	it('that cannot be sent wait, also through a restart, and hold no link while they wait', async () => {
		smtp.isBusy = true;
		await forget({ email: ADDRESS });
		await expect.poll(() => smtp.refused).toBe(1);
		await expect.poll(mailsDue).toMatchObject([{ kind: 'reset', tries: 1 }]);
		expect(JSON.stringify(mailsDue())).not.toContain('reset#');
		smtp.isBusy = false;
		lab.nowMs += MINUTE_MS;
		await restart();
		expect((await reset(await token())).status).toBe(204);
	});

	it('with a link that could not be sent are tried for an hour, and their tries are no links', async () => {
		smtp.isBusy = true;
		await forget({ email: ADDRESS });
		const asked = lab.nowMs;
		/** The server looks for what is due when it is asked for anything. */
		const tryAgain = async () => {
			lab.nowMs = (mailsDue()[0] as { next_at: number }).next_at;
			await forget({ username: 'nobody' });
		};
		for (let tries = 1; tries <= 10; tries++) {
			if (tries > 1) await tryAgain();
			await expect.poll(mailsDue).toMatchObject([{ kind: 'reset', tries }]);
			expect(smtp.refused).toBe(tries);
		}
		expect(lab.nowMs - asked).toBeGreaterThan(40 * MINUTE_MS);
		smtp.isBusy = false;
		await tryAgain();
		await token();
		for (let mails = 2; mails <= 5; mails++) {
			await expect.poll(mailsDue).toEqual([]);
			await forget({ email: ADDRESS });
			await token(mails);
		}
	});

	it('that nobody waits for any more are given up', async () => {
		smtp.isBusy = true;
		await forget({ email: ADDRESS });
		await expect.poll(() => smtp.refused).toBe(1);
		await expect.poll(mailsDue).toMatchObject([{ tries: 1 }]);
		lab.nowMs += 61 * MINUTE_MS;
		await restart();
		await expect.poll(mailsDue).toEqual([]);
	});

	it('with a link are at most five an hour for one account', async () => {
		for (let i = 1; i <= 5; i++) {
			await forget({ email: ADDRESS });
			await token(i);
			// Asked for while the one before is still being handed over, it would be the same mail.
			await expect.poll(mailsDue).toEqual([]);
		}
		await forget({ email: ADDRESS });
		await expect.poll(mailsDue).toEqual([]);
		expect(smtp.mails).toHaveLength(5);
		lab.nowMs += 61 * MINUTE_MS;
		await forget({ email: ADDRESS });
		await token(6);
	});

	it('with other news are at most ten an hour for one address, of whatever account', async () => {
		for (let i = 1; i <= 12; i++) {
			expect((await change({ newPassword: PASSWORD })).status).toBe(200);
			await expect.poll(mailsDue).toEqual([]);
		}
		expect(smtp.mails).toHaveLength(10);
	});

	it('are files where no SMTP server is set', async () => {
		lab.server.closeDatabase();
		await lab.start();
		await forget({ email: ADDRESS });
		const folder = join(lab.folder, 'mail');
		const files = () => {
			try {
				return readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
			} catch {
				// The folder is made with the first mail.
				return [];
			}
		};
		await expect.poll(() => files().filter((text) => text.includes('</p>'))).toHaveLength(1);
		const link = /reset#([\w-]+)/.exec(
			files()[0]!
				.replace(/=\r?\n/g, '')
				.replaceAll('=3D', '=')
		)?.[1];
		expect((await reset(link!)).status).toBe(204);
		expect(smtp.mails).toEqual([]);
	});
});

describe('changing the password', () => {
	it('ends all other sessions, and gives this one a fresh token', async () => {
		const [phone, desk] = [await logIn(PASSWORD), await logIn(PASSWORD)];
		const before = { cookie: alice.cookie, sessions: (await alice.get('/api/sessions')).body.sessions };
		const answer = await change({});
		expect([answer.status, answer.body.user.username]).toEqual([200, 'alice']);
		expect(alice.cookie).not.toBe(before.cookie);
		expect((await alice.get('/api/me')).status).toBe(200);
		for (const { body } of [phone, desk]) {
			const headers = { authorization: `Bearer ${body.token}` };
			expect((await lab.visitor().get('/api/me', headers)).status).toBe(401);
		}
		expect((await lab.visitor().get('/api/me', { cookie: before.cookie! })).status).toBe(401);
		expect(lab.relay.droppedSessions).toHaveLength(3);
		const { sessions } = (await alice.get('/api/sessions')).body;
		const current = before.sessions.find((session: { current: boolean }) => session.current);
		expect(sessions).toMatchObject([{ id: current.id, current: true }]);
		expect([(await logIn(PASSWORD)).status, (await logIn(NEW)).status]).toEqual([401, 200]);
	});

	it('needs the one of now', async () => {
		const { status, body } = await change({ password: 'not hers at all' });
		expect([status, body.error.code, body.error.field]).toEqual([403, 'wrong_password', 'password']);
		expect((await logIn(PASSWORD)).status).toBe(200);
		expect(lab.relay.droppedSessions).toEqual([]);
	});

	it.each(['password', 'short', 'x'.repeat(257)])('does not take %j', async (newPassword) => {
		const { status, body } = await change({ newPassword });
		expect([status, body.error.field]).toEqual([400, 'newPassword']);
	});

	it('is for those who are logged in', async () => {
		expect((await change({}, lab.visitor())).status).toBe(401);
	});

	it('is told to the address', async () => {
		await change({});
		await expect.poll(() => smtp.mails.length).toBe(1);
		expect(smtp.mails[0]!.read).toContain('The password of alice on Skein was changed');
	});
});

describe('the address', () => {
	it('is optional, told to its owner alone, and may be taken away', async () => {
		const bob = await lab.person('bob');
		expect((await alice.get('/api/me')).body.user.email).toBe(ADDRESS);
		expect((await bob.get(`/api/users/${alice.id}`)).body.user).not.toHaveProperty('email');
		const { body } = await alice.patch('/api/me', { email: '', password: PASSWORD });
		expect(body.user).not.toHaveProperty('email');
		await forget({ email: ADDRESS });
		await expect.poll(mailsDue).toEqual([]);
		expect(smtp.mails.map(({ read }) => /Subject: (.*)\r/.exec(read)?.[1])).toEqual([
			'Your address was taken off Skein'
		]);
	});

	it('is changed by the password alone', async () => {
		for (const fields of [{}, { password: 'not hers at all' }]) {
			const { status, body } = await alice.patch('/api/me', { email: 'thief@example.org', ...fields });
			expect([[400, 403].includes(status), body.error.field]).toEqual([true, 'password']);
		}
		expect((await alice.get('/api/me')).body.user.email).toBe(ADDRESS);
	});

	it('must be one', async () => {
		const { status, body } = await alice.patch('/api/me', { email: 'alice', password: PASSWORD });
		expect([status, body.error]).toMatchObject([
			400,
			{ code: 'invalid', field: 'email', message: 'This is not an email address.' }
		]);
	});

	it('tells nobody, when an account is made, whether another has it', async () => {
		const twin = await lab
			.visitor()
			.post('/api/register', { username: 'twin', password: PASSWORD, email: ADDRESS });
		expect(twin.status).toBe(201);
	});
});
