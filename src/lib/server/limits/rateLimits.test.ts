import Database from 'better-sqlite3';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiLab } from '../testing/apiLab.fixture';
import { PASSWORD, type ApiClient } from '../testing/apiClient.fixture';

const verified = vi.hoisted(() => ({ count: 0 }));
vi.mock('@node-rs/argon2', async (original) => {
	const argon2 = await original<typeof import('@node-rs/argon2')>();
	return {
		...argon2,
		verify: (...of: Parameters<typeof argon2.verify>) => {
			verified.count++;
			return argon2.verify(...of);
		}
	};
});

const ON = { SKEIN_RATE_FACTOR: '1' };

let lab: ApiLab;
beforeEach(async () => {
	lab = await new ApiLab().start(undefined, ON);
	await lab.person('alice');
});
afterEach(() => lab.stop());

const logIn = (username: string, password: string) =>
	lab.visitor().post('/api/login', { username, password });

async function guess(username: string, times: number) {
	const heard: number[] = [];
	for (let n = 0; n < times; n++) heard.push((await logIn(username, `wrong guess ${n}`)).status);
	return heard;
}

async function restart(env = ON): Promise<void> {
	await lab.server.relay.close();
	lab.server.closeDatabase();
	await lab.start(undefined, env);
}

describe('logging in', () => {
	it('hears the same, after the same work, for an unknown name and for a wrong password', async () => {
		const answers = [];
		for (const name of ['alice', 'nobody']) {
			verified.count = 0;
			const { status, body } = await logIn(name, 'wrong');
			answers.push({ status, body, work: verified.count });
		}
		expect(answers[0]).toEqual(answers[1]);
		expect(answers[0]).toMatchObject({ status: 401, work: 1 });
	});

	it.each(['alice', 'nobody'])('as %s is refused after ten wrong guesses, without any work', async (name) => {
		expect(await guess(name, 10)).toEqual(Array(10).fill(401));
		verified.count = 0;
		const { status, body, headers } = await logIn(name, PASSWORD);
		expect([status, body.error.code, verified.count]).toEqual([429, 'too_often', 0]);
		expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
	});

	it('stays refused when the server starts again', async () => {
		await guess('alice', 10);
		await restart();
		expect((await logIn('alice', PASSWORD)).status).toBe(429);
	});

	it('is refused to nobody else, and to the same one elsewhere not yet', async () => {
		await lab.person('bob');
		await guess('alice', 11);
		expect((await logIn('bob', PASSWORD)).status).toBe(200);
		lab.address = '198.51.100.9';
		expect((await logIn('alice', PASSWORD)).status).toBe(200);
	});

	it('is possible again once the time is over', async () => {
		await guess('alice', 11);
		lab.nowMs += 15 * 60_000 - 1;
		const { status, headers } = await logIn('alice', PASSWORD);
		expect([status, headers.get('retry-after')]).toEqual([429, '1']);
		lab.nowMs += 1;
		expect((await logIn('alice', PASSWORD)).status).toBe(200);
	});

	it('is counted by the same clock while the file of the counts cannot be written', async () => {
		const file = new Database(join(lab.folder, 'limits.db'));
		file.exec('DROP TABLE rates');
		file.close();
		expect(await guess('alice', 11)).toEqual([...Array(10).fill(401), 429]);
		lab.nowMs += 15 * 60_000 - 1;
		const { status, headers } = await logIn('alice', PASSWORD);
		expect([status, headers.get('retry-after')]).toEqual([429, '1']);
		lab.nowMs += 1;
		expect((await logIn('alice', PASSWORD)).status).toBe(200);
	});

	it('is not refused to who has logged in there lately, though others guess at it elsewhere', async () => {
		const home = lab.address;
		for (let n = 0; n < 11; n++) {
			lab.address = `198.51.100.${n}`;
			await guess('alice', 10);
		}
		expect((await logIn('alice', PASSWORD)).status).toBe(429);
		lab.address = home;
		await restart();
		expect((await logIn('alice', PASSWORD)).status).toBe(200);
		expect(await guess('alice', 11)).toEqual([...Array(10).fill(401), 429]);
	});

	it('is known where it was right for a month', async () => {
		const here = { account: 'alice', from: lab.address };
		lab.nowMs += 30 * 24 * 60 * 60_000;
		await logIn('alice', 'wrong');
		// Whoever registers is known, too, and that is over.
		expect(lab.server.rates.knows(here)).toBe(false);
		await logIn('alice', PASSWORD);
		lab.nowMs += 30 * 24 * 60 * 60_000 - 1;
		expect(lab.server.rates.knows(here)).toBe(true);
		expect(lab.server.rates.knows({ ...here, account: 'bob' })).toBe(false);
		expect(lab.server.rates.knows({ ...here, from: '198.51.100.1' })).toBe(false);
		lab.nowMs += 1;
		expect(lab.server.rates.knows(here)).toBe(false);
	});

	it('does not count as a guess when it is right', async () => {
		for (let n = 0; n < 12; n++) expect((await logIn('alice', PASSWORD)).status).toBe(200);
	});

	it('is counted too when it is right, and soon costs no work any more', async () => {
		await restart({ SKEIN_RATE_FACTOR: '0.1' });
		for (let n = 0; n < 12; n++) expect((await logIn('alice', PASSWORD)).status).toBe(200);
		verified.count = 0;
		for (let n = 0; n < 3; n++) {
			const { status, headers } = await logIn('alice', PASSWORD);
			expect([status, Number(headers.get('retry-after')) > 0]).toEqual([429, true]);
		}
		expect(verified.count).toBe(1);
		lab.nowMs += 3_600_000;
		expect((await logIn('alice', PASSWORD)).status).toBe(200);
	});
});

it('asking for a mail is counted alike, whether or not there is such an account', async () => {
	for (const username of ['alice', 'nobody']) {
		const forget = () => lab.visitor().post('/api/password/forgot', { username });
		for (let n = 0; n < 10; n++) expect((await forget()).status).toBe(202);
		expect((await forget()).status).toBe(429);
	}
});

describe('webhooks', () => {
	let alice: ApiClient;
	let group: string;
	beforeEach(async () => {
		alice = lab.visitor();
		await alice.post('/api/login', { username: 'alice', password: PASSWORD });
		const made = await alice.post('/api/conversations', { kind: 'group', members: [] });
		group = made.body.conversation.id;
	});
	const make = () => alice.post(`/api/conversations/${group}/webhooks`, { name: 'Weather' });
	const retryAfter = ({ headers }: { headers: Headers }) => Number(headers.get('retry-after'));

	it('are made sixty times in an hour, also by who takes them away again, and over a restart', async () => {
		for (let n = 0; n < 60; n++) {
			const { status, body } = await make();
			expect(status).toBe(201);
			await alice.delete(`/api/conversations/${group}/webhooks/${body.webhook.id}`);
		}
		await restart();
		const refused = await make();
		expect([refused.status, refused.body.error.code, retryAfter(refused)]).toEqual([429, 'too_often', 3_600]);
		lab.nowMs += 3_600_000;
		expect((await make()).status).toBe(201);
	});

	it('post six hundred times in a minute each, over a restart, and another one goes on', async () => {
		const [one, other] = [(await make()).body.token, (await make()).body.token];
		const post = (token: string) => lab.visitor().post(`/api/hooks/${token}`, { text: 'rain' });
		for (let n = 0; n < 600; n++) expect((await post(one)).status).toBe(201);
		await restart();
		const refused = await post(one);
		expect([refused.status, refused.body.error.code, retryAfter(refused)]).toEqual([429, 'too_often', 60]);
		expect((await post(other)).status).toBe(201);
		lab.nowMs += 60_000;
		expect((await post(one)).status).toBe(201);
	});
});

it('reading pages and beginning conversations are counted by themselves', async () => {
	const [bob, carol] = [await lab.person('bob'), await lab.person('carol')];
	lab.server.closeDatabase();
	await lab.server.relay.close();
	await lab.start(undefined, { SKEIN_RATE_FACTOR: '0.01' });
	const alice = lab.visitor();
	await alice.post('/api/login', { username: 'alice', password: PASSWORD });
	const statuses = async (times: number, ask: () => Promise<{ status: number }>) => {
		const heard: number[] = [];
		for (let n = 0; n < times; n++) heard.push((await ask()).status);
		return heard;
	};
	const begin = () => alice.post('/api/conversations', { kind: 'group', members: [] });
	const write = (userId: string) => alice.post('/api/messages/send', { userId, text: 'Psst' });
	expect((await write(bob.id)).status).toBe(201);
	expect(await statuses(6, begin)).toEqual([...Array(5).fill(201), 429]);
	// Whom one writes with already is no beginning.
	expect([(await write(bob.id)).status, (await write(carol.id)).status]).toEqual([201, 429]);
	expect(await statuses(13, () => alice.get('/api/conversations'))).toEqual([...Array(12).fill(200), 429]);
	expect((await alice.get('/api/me')).status).toBe(200);
	lab.nowMs += 60 * 60_000;
	expect((await begin()).status).toBe(201);
});
