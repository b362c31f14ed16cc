import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { agentName } from './agentName';
import { PASSWORD, type ApiClient } from '../testing/apiClient.fixture';
import { ApiLab } from '../testing/apiLab.fixture';

const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0';
const MINUTE_MS = 60_000;

let lab: ApiLab;
let alice: ApiClient;
beforeEach(async () => {
	lab = await new ApiLab().start();
	alice = await lab.person('alice');
});
afterEach(() => lab.stop());

/** Alice on a further device. */
async function logIn(agent = ''): Promise<ApiClient> {
	const client = lab.visitor();
	const headers = { 'user-agent': agent };
	const { body } = await client.post('/api/login', { username: 'alice', password: PASSWORD }, headers);
	client.token = body.token;
	return client;
}

const list = async (who = alice) => (await who.get('/api/sessions')).body.sessions;
const isIn = async (who: ApiClient) => (await who.get('/api/me')).status === 200;

it('the hundred-and-first session ends the one that was seen longest ago, and its sockets', async () => {
	const phone = await logIn();
	lab.nowMs += 6 * MINUTE_MS;
	expect(await isIn(alice)).toBe(true);
	for (let n = 0; n < 98; n++) await lab.server.sessions.start(alice.id);
	expect(await list()).toHaveLength(100);
	const bob = await lab.person('bob');
	const desk = await logIn();
	expect([await isIn(phone), await isIn(alice), await isIn(desk), await isIn(bob)]).toEqual([
		false,
		true,
		true,
		true
	]);
	expect(await list()).toHaveLength(100);
	expect(lab.relay.droppedSessions).toEqual([createHash('sha256').update(phone.token!).digest('hex')]);
});

describe('the list of sessions', () => {
	it('says of each what it is, and which one asks', async () => {
		await logIn(FIREFOX);
		const sessions = await list();
		expect(sessions).toHaveLength(2);
		expect(sessions.filter((session: { current: boolean }) => session.current)).toHaveLength(1);
		expect(sessions).toContainEqual(
			expect.objectContaining({ browser: 'Firefox', system: 'Windows', current: false, seenAt: lab.nowMs })
		);
	});

	it('names no session by what would open it, or by what the server stores', async () => {
		const said = JSON.stringify(await list());
		expect(said).not.toContain(alice.token);
		expect(said).not.toContain(createHash('sha256').update(alice.token!).digest('hex'));
	});

	it('is one’s own', async () => {
		const bob = await lab.person('bob');
		expect(await list(bob)).toHaveLength(1);
		expect((await lab.visitor().get('/api/sessions')).status).toBe(401);
	});

	it('says when each was last in use, to some minutes', async () => {
		const phone = await logIn(FIREFOX);
		const seenAt = async () =>
			(await list()).find((session: { current: boolean }) => !session.current).seenAt;
		const first = await seenAt();
		lab.nowMs += 4 * MINUTE_MS;
		await phone.get('/api/me');
		expect(await seenAt()).toBe(first);
		lab.nowMs += MINUTE_MS;
		await phone.get('/api/me');
		expect(await seenAt()).toBe(lab.nowMs);
	});
});

describe('a session', () => {
	it('is ended by its public id, and its sockets with it', async () => {
		const phone = await logIn(FIREFOX);
		const { id } = (await list()).find((session: { current: boolean }) => !session.current);
		expect((await alice.delete(`/api/sessions/${id}`)).status).toBe(204);
		expect([await isIn(phone), await isIn(alice)]).toEqual([false, true]);
		expect(lab.relay.droppedSessions).toHaveLength(1);
		const again = await alice.delete(`/api/sessions/${id}`);
		expect([again.status, again.body.error.code]).toEqual([404, 'no_such_session']);
	});

	it('of somebody else cannot be ended', async () => {
		const bob = await lab.person('bob');
		const [{ id }] = await list();
		expect((await bob.delete(`/api/sessions/${id}`)).status).toBe(404);
		expect(await isIn(alice)).toBe(true);
		expect(lab.relay.droppedSessions).toEqual([]);
	});

	it('ends all others of its user, and none of anybody else', async () => {
		const bob = await lab.person('bob');
		const others = [await logIn(), await logIn()];
		expect((await alice.delete('/api/sessions')).status).toBe(204);
		expect(await Promise.all(others.map(isIn))).toEqual([false, false]);
		expect([await isIn(alice), await isIn(bob)]).toEqual([true, true]);
		expect(lab.relay.droppedSessions).toHaveLength(2);
	});
});

describe('a client', () => {
	it.each([
		[FIREFOX, { browser: 'Firefox', system: 'Windows' }],
		[
			'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
			{ browser: 'Safari', system: 'iOS' }
		],
		['curl/8.5.0', { browser: 'curl' }],
		['', {}],
		['<script>alert(1)</script>', {}]
	])('that calls itself %j is named so that people know it', (agent, name) => {
		expect(agentName(agent)).toEqual(name);
	});
});
