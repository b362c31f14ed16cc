import { afterEach, describe, expect, it } from 'vitest';
import { relayOnSqlite } from '../app';
import { ApiLab } from '../testing/apiLab.fixture';
import { Metrics } from './metrics';
import { StartProblem } from '../startProblem';
import { readSettings } from '../settings';

const TOKEN = 'a token that nobody guesses';
let lab: ApiLab;
afterEach(() => lab.stop());

const ask = (headers: Record<string, string> = {}) =>
	lab.fetch(new Request('http://localhost:3000/metrics', { headers }));

describe('GET /metrics', () => {
	it('is closed to strangers, also when a proxy on this machine brings them', async () => {
		lab = await new ApiLab().start();
		expect((await ask()).status).toBe(403);
		expect((await ask({ authorization: `Bearer ${TOKEN}` })).status).toBe(403);
		lab.address = '127.0.0.1';
		expect((await ask({ 'x-forwarded-for': '203.0.113.7' })).status).toBe(403);
		expect((await ask({ forwarded: 'for=203.0.113.7' })).status).toBe(403);
	});

	it('is closed to whoever asked for another name: a page in a browser here whose name leads here', async () => {
		lab = await new ApiLab().start();
		lab.address = '127.0.0.1';
		expect((await ask({ host: 'rebound.example:3000' })).status).toBe(403);
		for (const host of ['localhost:3000', '127.0.0.1', '[::1]:3000'])
			expect((await ask({ host })).status).toBe(200);
	});

	it('is open to this machine', async () => {
		lab = await new ApiLab().start();
		for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) {
			lab.address = address;
			expect((await ask()).status).toBe(200);
		}
	});

	it('is open to who knows the token, from anywhere', async () => {
		lab = await new ApiLab().start(undefined, { METRICS_TOKEN: TOKEN });
		expect((await ask()).status).toBe(403);
		expect((await ask({ authorization: 'Bearer another' })).status).toBe(403);
		const answer = await ask({ authorization: `Bearer ${TOKEN}` });
		expect(answer.status).toBe(200);
		expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
	});

	it('tells of requests by route and status, and of what the relay does', async () => {
		lab = await new ApiLab().start(relayOnSqlite);
		lab.address = '::1';
		const alice = await lab.person('alice');
		const bob = await lab.person('bob');
		await alice.post('/api/messages/send', { userId: bob.id, text: 'hello' });
		await alice.get('/api/users/nobody');
		await alice.get('/api/nonsense');
		const text = await (await ask()).text();
		const lines = text.split('\n');
		expect(lines).toContain('skein_http_requests_total{method="POST",route="/api/register",status="201"} 2');
		expect(lines).toContain('skein_http_requests_total{method="GET",route="/api/users/[id]",status="404"} 1');
		expect(lines).toContain('skein_http_requests_total{method="GET",route="none",status="404"} 1');
		const value = (name: string) => Number(lines.find((line) => line.startsWith(`${name} `))?.split(' ')[1]);
		expect(value('skein_relay_commits_total')).toBeGreaterThan(0);
		expect(value('skein_relay_commit_seconds_count')).toBe(value('skein_relay_commits_total'));
		expect(value('skein_relay_committed_updates_total')).toBeGreaterThan(0);
		expect(value('skein_relay_rooms')).toBeGreaterThan(0);
		expect(value('skein_relay_sockets')).toBe(0);
	});
});

describe('metrics', () => {
	it('tell refusals apart by code and reason, however many numbers are in them', async () => {
		lab = await new ApiLab().start();
		const metrics = new Metrics({ ofProcess: false });
		metrics.relay.refused(4409, '1700000000000');
		metrics.relay.refused(4409, '1700000000001');
		metrics.relay.refused(4403, 'not a member');
		metrics.relay.paused('bytes');
		for (let i = 0; i < 1_000; i++) metrics.relay.refused(4400, `made up ${'x'.repeat(i)}`);
		const { text } = await metrics.read();
		expect(text).toContain('skein_relay_refusals_total{code="4409",reason="N"} 2');
		expect(text).toContain('skein_relay_refusals_total{code="4403",reason="not a member"} 1');
		expect(text).toContain('skein_relay_pauses_total{budget="bytes"} 1');
		expect(text).toContain('skein_relay_refusals_total{code="4400",reason="other"}');
		expect(text.match(/^skein_relay_refusals_total/gm)!.length).toBeLessThan(110);
	});

	it('tell the slowest frame of each kind', async () => {
		lab = await new ApiLab().start();
		const metrics = new Metrics({ ofProcess: false });
		for (const seconds of [0.25, 0.5, 0.125]) metrics.relay.frameTook({ kind: 'update', seconds });
		metrics.relay.frameTook({ kind: 'step1', seconds: 0.0625 });
		const { text } = await metrics.read();
		expect(text).toContain('skein_relay_slowest_frame_seconds{kind="update"} 0.5');
		expect(text).toContain('skein_relay_slowest_frame_seconds{kind="step1"} 0.0625');
	});

	it('are those of one server alone', async () => {
		lab = await new ApiLab().start();
		const [one, other] = [new Metrics({ ofProcess: false }), new Metrics({ ofProcess: false })];
		one.relay.count('commits', 3);
		expect((await one.read()).text).toContain('skein_relay_commits_total 3');
		expect((await other.read()).text).toContain('skein_relay_commits_total 0');
	});
});

describe('settings', () => {
	it('say how much one user may have, in plain words if they make no sense', async () => {
		lab = await new ApiLab().start();
		const env = {
			SKEIN_USER_SOCKETS: '10',
			SKEIN_USER_KB_PER_SECOND: '500',
			SKEIN_USER_STORE_MB: '20',
			SKEIN_OPEN_ROOMS_MB: '300'
		};
		expect(readSettings(env).relayLimits).toEqual({
			socketsMax: 10,
			bytes: { perSecond: 500_000, burst: 8_000_000 },
			userBytesMax: 20_000_000,
			allOpenBytesMax: 300_000_000
		});
		expect(readSettings({}).relayLimits).toEqual({});
		for (const wrong of [
			{ SKEIN_USER_ROOM_MB: 'much' },
			{ SKEIN_USER_SOCKETS: '0' },
			{ SKEIN_OPEN_ROOMS_MB: '-1' },
			{ METRICS_TOKEN: 'short' }
		])
			expect(() => readSettings(wrong)).toThrow(StartProblem);
	});
});
