import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { ApiLab } from '../testing/apiLab.fixture';
import { PASSWORD, type ApiClient } from '../testing/apiClient.fixture';

let lab: ApiLab;
let alice: ApiClient;
beforeEach(async () => {
	lab = await new ApiLab().start();
	alice = await lab.person('alice');
});
afterEach(() => lab.stop());

const rename = (headers: Record<string, string>, body = '{"displayName":"Ann"}') =>
	alice.send('PATCH', '/api/me', body, headers);

describe('where a write comes from', () => {
	it.each(['http://evil.example', 'https://localhost:3000', 'http://localhost:3001', 'null'])(
		'is refused with a cookie from %s',
		async (origin) => {
			const { status, body } = await rename({ origin });
			expect([status, body.error.code]).toEqual([403, 'other_origin']);
			expect((await alice.get('/api/me')).body.user.displayName).toBe('alice');
		}
	);

	it('is refused if the browser says another site even without an Origin', async () => {
		alice = Object.assign(lab.visitor(), { cookie: alice.cookie });
		const request = new Request('http://localhost:3000/api/logout', {
			method: 'POST',
			headers: { cookie: alice.cookie ?? '', 'sec-fetch-site': 'cross-site' }
		});
		expect((await lab.fetch(request)).status).toBe(403);
	});

	it('does not matter with a Bearer token, which no browser sends of itself', async () => {
		expect(
			(await rename({ origin: 'http://evil.example', authorization: `Bearer ${alice.token}` })).status
		).toBe(200);
	});

	it('may be unsaid by a client that is no browser', async () => {
		const request = new Request('http://localhost:3000/api/me', {
			method: 'PATCH',
			headers: { cookie: alice.cookie ?? '', 'content-type': 'application/json' },
			body: '{"displayName":"Ann"}'
		});
		expect((await lab.fetch(request)).status).toBe(200);
	});

	it('matters for a login too, so that no site logs a person in as someone else', async () => {
		const { status } = await lab.visitor().post('/api/login', {}, { origin: 'http://evil.example' });
		expect(status).toBe(403);
	});
});

describe('an address with signs escaped that need not be', () => {
	it('is the same one: who asks is known, and no cache keeps the answer', async () => {
		const mine = await alice.get('/%61pi/me');
		expect([mine.status, mine.headers.get('cache-control')]).toEqual([200, 'no-store']);
		const login = await lab.visitor().post('/%61pi/login', { username: 'alice', password: PASSWORD });
		expect([login.status, login.headers.get('cache-control')]).toEqual([200, 'no-store']);
	});
});

describe('a body', () => {
	it.each([
		['text/plain', 415, 'not_json'],
		['application/x-www-form-urlencoded', 415, 'not_json'],
		['application/json; charset=utf-8', 200, undefined]
	])('of type %s gets %i', async (type, status, code) => {
		const answer = await rename({ 'content-type': type });
		expect([answer.status, answer.body.error?.code]).toEqual([status, code]);
	});

	it.each(['', '{', 'undefined', '{"displayName":'])('of malformed JSON %o gets 400', async (text) => {
		const { status, body } = await rename({}, text);
		expect([status, body.error.code]).toEqual([400, 'malformed_json']);
	});

	it('of another encoding than UTF-8 gets 400: its words would be others', async () => {
		const latin = Buffer.from('{"displayName":"Zoë"}', 'latin1');
		const { status, body } = await alice.send('PATCH', '/api/me', latin, {
			'content-type': 'application/json'
		});
		expect([status, body.error?.code]).toEqual([400, 'malformed_json']);
	});

	it.each(['null', '[]', '"text"', '7'])('that is %s and no object gets 400', async (text) => {
		const { status, body } = await rename({}, text);
		expect([status, body.error.code]).toEqual([400, 'invalid']);
	});

	it('that is too long is not taken back, which would cut the line before the answer', async () => {
		let isCancelled = false;
		const pull = (sink: ReadableStreamDefaultController) => sink.enqueue(new Uint8Array(100_000));
		const endless = new ReadableStream({ pull, cancel: () => void (isCancelled = true) });
		const { status } = await alice.send('PATCH', '/api/me', endless, { 'content-type': 'application/json' });
		expect([status, isCancelled]).toEqual([413, false]);
	});

	it('that breaks off gets 400, and is no error in the log', async () => {
		const lines: string[] = [];
		await lab.server.relay.close();
		lab.server.closeDatabase();
		await lab.start(undefined, {}, pino({ level: 'error' }, { write: (line: string) => lines.push(line) }));
		const broken = new ReadableStream({ pull: (sink) => sink.error(new Error('aborted')) });
		const { status } = await alice.send('PATCH', '/api/me', broken, { 'content-type': 'application/json' });
		expect([status, lines]).toEqual([400, []]);
	});

	it.each([
		['is nested without end', '['.repeat(120_000) + ']'.repeat(120_000)],
		['has parts without end', `{${Array.from({ length: 25_000 }, (_, n) => `"${n.toString(36)}":0`).join()}}`]
	])('that %s gets 400 before it is read as values, which takes long', async (_, text) => {
		const read = vi.spyOn(JSON, 'parse');
		onTestFinished(() => read.mockRestore());
		const { status } = await lab
			.visitor()
			.send('POST', `/api/hooks/${'A'.repeat(43)}`, text, { 'content-type': 'application/json' });
		expect(status).toBe(400);
		expect(read).not.toHaveBeenCalledWith(text);
	});

	it('over 44 kB gets 413 where it holds no long texts, so that nobody has the server read many of them', async () => {
		const nested = '['.repeat(22_001) + ']'.repeat(22_001);
		expect((await rename({}, nested)).status).toBe(413);
		const text = '\\u2665'.repeat(20_000);
		const longest = `{"userId":"${alice.id}","text":"${text}"}`;
		const headers = { 'content-type': 'application/json' };
		expect((await alice.send('POST', '/api/messages/send', longest, headers)).status).toBe(201);
	});

	it('over 256 kB gets 413, whether it tells its length or not', async () => {
		const text = JSON.stringify({ displayName: 'x'.repeat(300_000) });
		expect((await rename({}, text)).status).toBe(413);
		expect((await rename({ 'content-length': String(text.length) }, text)).status).toBe(413);
	});
});

describe('an answer', () => {
	it('carries the headers that protect, and is not to be kept by caches', async () => {
		const { headers } = await alice.get('/api/me');
		expect(Object.fromEntries(headers)).toMatchObject({
			'x-content-type-options': 'nosniff',
			'referrer-policy': 'same-origin',
			'cross-origin-opener-policy': 'same-origin',
			'cache-control': 'no-store'
		});
	});

	it('is JSON for paths and methods that there are not', async () => {
		const [path, method] = [await alice.get('/api/nothing'), await alice.send('PUT', '/api/me')];
		expect([path.status, path.body.error.code]).toEqual([404, 'no_such_path']);
		expect([method.status, method.body.error.code]).toEqual([405, 'no_such_method']);
		expect(method.headers.get('allow')?.split(', ').sort()).toEqual(['DELETE', 'GET', 'PATCH']);
	});

	it('says that the server is well', async () => {
		const { status, body } = await lab.visitor().get('/api/health');
		expect([status, body]).toEqual([200, { status: 'ok' }]);
	});

	it('tells nothing of the cause when something breaks inside', async () => {
		lab.server.closeDatabase();
		const { status, body } = await lab
			.visitor()
			.post('/api/login', { username: 'alice', password: 'anything' });
		expect(status).toBe(500);
		expect(body.error.message).toBe('Something went wrong on the server. Try again.');
		const health = await lab.visitor().get('/api/health');
		expect([health.status, health.body]).toEqual([503, { status: 'failing' }]);
		await lab.start();
	});
});
