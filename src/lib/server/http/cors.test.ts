import { afterEach, beforeEach, expect, it } from 'vitest';
import { ApiLab } from '../testing/apiLab.fixture';
import { readSettings } from '../settings';
import type { ApiClient } from '../testing/apiClient.fixture';

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
