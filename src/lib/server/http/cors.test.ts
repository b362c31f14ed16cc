import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ApiLab } from '../testing/apiLab.fixture';
import { openApiDocument } from '../openapi/openApiDocument';
import { readSettings } from '../settings';
import { PASSWORD, type ApiClient } from '../testing/apiClient.fixture';
import { routeTable } from '../../../routes/api/routeTable';

const PAGE = 'https://page.example';

let lab: ApiLab;
let alice: ApiClient;
beforeEach(async () => {
	lab = await new ApiLab().start(undefined, { SKEIN_CORS_ORIGINS: PAGE });
	alice = await lab.person('alice');
});
afterEach(() => lab.stop());

const preflight = (origin: string) =>
	lab.fetch(
		new Request('http://localhost:3000/api/messages/send', {
			method: 'OPTIONS',
			headers: { origin, 'access-control-request-method': 'POST' }
		})
	);

it('a page of a named origin may call with a token', async () => {
	const { status, headers } = await preflight(PAGE);
	expect([status, headers.get('access-control-allow-origin')]).toEqual([204, PAGE]);
	expect(headers.get('access-control-allow-headers')).toContain('authorization');
	const answer = await lab.visitor().send('PATCH', '/api/me', '{"about":"hi"}', {
		origin: PAGE,
		authorization: `Bearer ${alice.token}`
	});
	expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, PAGE]);
});

it('it may never call with a cookie', async () => {
	const { headers } = await preflight(PAGE);
	expect(headers.has('access-control-allow-credentials')).toBe(false);
	const answer = await alice.send('PATCH', '/api/me', '{"about":"hi"}', { origin: PAGE });
	expect(answer.status).toBe(403);
});

it('pages of other origins may not, and none may where none is named', async () => {
	expect((await preflight('https://evil.example')).headers.has('access-control-allow-origin')).toBe(false);
	const closed = await new ApiLab().start();
	const answer = await closed.fetch(
		new Request('http://localhost:3000/api/health', { headers: { origin: PAGE } })
	);
	expect(answer.headers.has('access-control-allow-origin')).toBe(false);
	await closed.stop();
});

it.each(['*', 'page.example', 'https://page.example/', 'https://*.example'])('%s names no origin', (given) =>
	expect(() => readSettings({ SKEIN_CORS_ORIGINS: given })).toThrow('SKEIN_CORS_ORIGINS')
);

describe('what only looks like a named origin', () => {
	const LOOKALIKES = [
		'null',
		'',
		'http://page.example',
		'https://page.example:8443',
		'https://page.example.',
		'https://page.example.evil.example',
		'https://evilpage.example',
		'https://evil.page.example',
		'https://page.example@evil.example',
		'https://PAGE.example',
		'https://page.example/',
		'https://page.example, https://evil.example',
		'https://page.exampl'
	];

	it.each(LOOKALIKES)('%j may not ask, and reads nothing', async (origin) => {
		const asked = await preflight(origin);
		const read = await alice.get('/api/me', { origin });
		const withToken = await lab.visitor().get('/api/me', { origin, authorization: `Bearer ${alice.token}` });
		for (const { headers } of [asked, read, withToken]) {
			const cors = [...headers.keys()].filter((name) => name.startsWith('access-control-'));
			expect([cors, headers.get('vary')]).toEqual([[], 'Origin']);
			expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
		}
	});

	it.each(LOOKALIKES)('%j changes nothing with a cookie', async (origin) => {
		const answer = await alice.send('PATCH', '/api/me', '{"about":"hi"}', { origin });
		expect([answer.status, answer.body.error.code]).toEqual([403, 'other_origin']);
		expect((await alice.get('/api/me')).body.user.about ?? '').toBe('');
	});
});

describe('a page of a named origin', () => {
	it('may send each header that the description of the API names', async () => {
		const { paths } = openApiDocument(await routeTable(), { version: '1', cookie: 'skein' });
		const named = Object.values(paths).flatMap((operations) =>
			Object.values(operations).flatMap(({ parameters }) =>
				parameters.flatMap((parameter) => (parameter.in === 'header' ? [parameter.name.toLowerCase()] : []))
			)
		);
		const allowed = (await preflight(PAGE)).headers.get('access-control-allow-headers')?.split(', ');
		expect(allowed?.sort()).toEqual(['authorization', 'content-type', ...new Set(named)].sort());
	});

	it('reads refusals too, and when to come again', async () => {
		const answer = await lab.visitor().get('/api/me', { origin: PAGE, authorization: 'Bearer none' });
		expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([401, PAGE]);
		expect(answer.headers.get('access-control-expose-headers')).toBe('retry-after');
	});

	it('is given nothing that a cookie opens: a browser keeps from it what it asked for with one', async () => {
		const { headers } = await alice.get('/api/me', { origin: PAGE });
		expect(headers.get('access-control-allow-origin')).toBe(PAGE);
		expect(headers.has('access-control-allow-credentials')).toBe(false);
	});

	it.each(['Bearer none', 'Bearer ', 'Basic eDp5', 'Bearer'])(
		'changes nothing with a cookie beside %j',
		async (authorization) => {
			const headers = { origin: PAGE, authorization };
			const answer = await alice.send('PATCH', '/api/me', '{"about":"hi"}', headers);
			expect([401, 403]).toContain(answer.status);
			expect((await alice.get('/api/me')).body.user.about ?? '').toBe('');
		}
	);

	it('acts as whom its token names, whatever cookie comes along', async () => {
		const bob = await lab.person('bob');
		const headers = { origin: PAGE, authorization: `Bearer ${bob.token}` };
		expect((await alice.send('PATCH', '/api/me', '{"about":"hi"}', headers)).body.user.id).toBe(bob.id);
		expect((await alice.get('/api/me')).body.user.about ?? '').toBe('');
	});

	it('logs nobody in, and registers nobody: no cookie comes of it', async () => {
		const visitor = lab.visitor();
		for (const path of ['/api/login', '/api/register']) {
			const body = { username: 'alice', password: PASSWORD };
			const answer = await visitor.post(path, body, { origin: PAGE });
			expect([answer.status, answer.headers.has('set-cookie')]).toEqual([403, false]);
		}
	});
});
