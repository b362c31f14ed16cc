/** Every REST route that the file system has, under what anybody may send. A route without its cases fails here. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiLab } from '../testing/apiLab.fixture';
import type { Answer, ApiClient } from '../testing/apiClient.fixture';
import { SCOPES, type Scope } from '../../protocol/scopes';
import { SAMPLE } from '../../protocol/restSamples';
import { routeTable } from '../../../routes/api/routeTable';
import type { DocumentedRoute } from '../openapi/openApiDocument';

const routes = await routeTable();
const writes = routes.filter(({ method }) => method !== 'GET');
const named = (some: readonly DocumentedRoute[]) =>
	some.map((route) => [`${route.method} ${route.path}`, route] as const);

/**
 * Who is logged in and still may not, and what they hear. `nobody`: it is about the one who asks, or open to all. Routes
 * of a conversation need no line: people who are not in it hear that there is none.
 */
const WRONG_ROLE: Readonly<Record<string, 'nobody' | number>> = {
	'GET /api/blocks': 'nobody',
	'PUT /api/blocks/[userId]': 'nobody',
	'DELETE /api/blocks/[userId]': 'nobody',
	'GET /api/conversations': 'nobody',
	'POST /api/conversations': 'nobody',
	'GET /api/docs': 'nobody',
	'GET /api/health': 'nobody',
	'POST /api/hooks/[token]': 404,
	'GET /api/invites/[token]': 404,
	'POST /api/invites/[token]/accept': 404,
	'POST /api/login': 'nobody',
	'POST /api/logout': 'nobody',
	'GET /api/me': 'nobody',
	'PATCH /api/me': 'nobody',
	'DELETE /api/me': 'nobody',
	'PUT /api/me/picture': 'nobody',
	'DELETE /api/me/picture': 'nobody',
	'GET /api/messages/conversation/[userId]': 'nobody',
	'POST /api/messages/send': 404,
	'GET /api/openapi.json': 'nobody',
	'POST /api/password/change': 'nobody',
	'POST /api/password/forgot': 'nobody',
	'POST /api/password/reset': 400,
	'GET /api/pictures/[hash]': 404,
	'POST /api/register': 'nobody',
	'POST /api/reports': 'nobody',
	'GET /api/sessions': 'nobody',
	'DELETE /api/sessions': 'nobody',
	'DELETE /api/sessions/[id]': 404,
	'GET /api/tokens': 'nobody',
	'POST /api/tokens': 'nobody',
	'DELETE /api/tokens/[id]': 404,
	'GET /api/users': 'nobody',
	'GET /api/users/[id]': 'nobody'
};

/** What each scope opens, and nothing else does but a session. `sync` opens /sync, which is no route. */
const OPENS: Readonly<Record<Scope, readonly string[]>> = {
	'messages:read': ['GET /api/conversations/[id]/messages', 'GET /api/messages/conversation/[userId]'],
	'messages:send': ['POST /api/messages/send'],
	'messages:delete': ['DELETE /api/conversations/[id]/messages/[entryId]'],
	'conversations:read': [
		'GET /api/conversations',
		'GET /api/conversations/[id]',
		'GET /api/conversations/[id]/invites'
	],
	'conversations:write': [
		'DELETE /api/conversations/[id]/invites/[inviteId]',
		'DELETE /api/conversations/[id]/members/[userId]',
		'DELETE /api/conversations/[id]/picture',
		'DELETE /api/conversations/[id]/requests/[userId]',
		'PATCH /api/conversations/[id]',
		'PATCH /api/conversations/[id]/members/[userId]',
		'POST /api/conversations',
		'POST /api/conversations/[id]/invites',
		'POST /api/conversations/[id]/members',
		'POST /api/conversations/[id]/requests/[userId]',
		'POST /api/invites/[token]/accept',
		'PUT /api/conversations/[id]/picture'
	],
	'people:read': ['GET /api/blocks', 'GET /api/pictures/[hash]', 'GET /api/users', 'GET /api/users/[id]'],
	'profile:read': ['GET /api/me'],
	'profile:write': ['DELETE /api/me/picture', 'PATCH /api/me', 'PUT /api/me/picture'],
	sync: []
};

let lab: ApiLab;
let hasty: ApiLab;
let alice: ApiClient;
let mallory: ApiClient;
let group: string;

beforeAll(async () => {
	lab = await new ApiLab().start();
	alice = await lab.person('alice');
	mallory = await lab.person('mallory');
	group = (await alice.post('/api/conversations', { kind: 'group', members: [] })).body.conversation.id;
	hasty = await new ApiLab().start(undefined, { SKEIN_RATE_FACTOR: '0.0000001' });
});
afterAll(async () => {
	await lab.stop();
	await hasty.stop();
});

/** With the ids of this test in place of the samples'. */
const mine = (text: string): string =>
	text.replaceAll(SAMPLE.conversationId, group).replaceAll(SAMPLE.userId, alice.id);

const pathOf = ({ path, spec }: DocumentedRoute): string =>
	mine(path.replace(/\[(\w+)\]/g, (_, name: string) => spec.example?.params?.[name] ?? 'none'));

const bodyOf = ({ spec }: DocumentedRoute): string | undefined =>
	spec.example?.body && mine(JSON.stringify(spec.example.body));

const ask = (
	client: ApiClient,
	route: DocumentedRoute,
	body = bodyOf(route),
	headers = {}
): Promise<Answer> => client.send(route.method, pathOf(route), body, headers);

const heard = ({ status, body }: Answer) => [status, body?.error?.code];

/** A client with the same session, whose cookie an answer may blank without the others losing theirs. */
const as = (client: ApiClient): ApiClient => Object.assign(lab.visitor(), { cookie: client.cookie });

/** All that SvelteKit's router sends to the server, by file: those of /api are the table's. */
const SERVED = Object.keys(import.meta.glob('../../../routes/**/+*server.ts')).filter(
	(file) => !/\/routes\/api\/.*\+server\.ts$/.test(file)
);

describe('the cases', () => {
	it('hold for all that the router has: the metrics beside the API, with their own (metrics.test.ts), and no more', () => {
		expect(SERVED).toEqual(['../../../routes/metrics/+server.ts']);
	});

	it('name no route that there is not', () => {
		const names = routes.map(({ method, path }) => `${method} ${path}`);
		expect(names).toEqual(expect.arrayContaining(Object.keys(WRONG_ROLE)));
	});
});

describe('without a session', () => {
	it.each(named(routes.filter(({ spec }) => spec.access !== 'anyone')))('%s is refused', async (_, route) => {
		expect(heard(await ask(lab.visitor(), route))).toEqual([401, 'not_logged_in']);
	});

	it.each(named(routes.filter(({ spec }) => spec.access !== 'anyone')))(
		'%s is refused with a session that there is not',
		async (_, route) => {
			const stranger = Object.assign(lab.visitor(), { cookie: `__Host-skein=${'A'.repeat(43)}` });
			expect((await ask(stranger, route)).status).toBe(401);
		}
	);
});

describe('somebody who is logged in and may not', () => {
	it.each(named(routes))('is refused %s', async (name, route) => {
		if (route.spec.access === 'admin') {
			expect(heard(await ask(as(mallory), route))).toEqual([403, 'not_administrator']);
			return;
		}
		if (route.path.startsWith('/api/conversations/[id]')) {
			expect((await ask(as(mallory), route)).status).toBe(404);
			return;
		}
		const refused = WRONG_ROLE[name];
		expect(refused, `who may not ${name}?`).toBeDefined();
		if (refused !== 'nobody') expect((await ask(as(mallory), route)).status).toBe(refused);
	});
});

describe('a personal API token', () => {
	it.each(named(routes.filter(({ spec }) => spec.access !== 'anyone')))(
		'that may do all but what it needs is refused %s',
		async (_, route) => {
			const scopes = SCOPES.filter((scope) => scope !== route.spec.scope);
			const { token } = lab.server.sessions.tokens.create(lab.userOf(`t${routes.indexOf(route)}x`), {
				name: 'all others',
				scopes,
				days: 1
			});
			const answer = await ask(lab.visitor(), route, bodyOf(route), { authorization: `Bearer ${token}` });
			expect(heard(answer)).toEqual([403, 'out_of_scope']);
		}
	);

	it.each(SCOPES)('for %s alone opens what that says, and nothing else', async (scope) => {
		const { token } = lab.server.sessions.tokens.create(lab.userOf(`only.${scope.replace(':', '.')}`), {
			name: scope,
			scopes: [scope],
			days: 1
		});
		const opened: string[] = [];
		for (const route of routes.filter(({ spec }) => spec.access !== 'anyone')) {
			const answer = await ask(lab.visitor(), route, bodyOf(route), { authorization: `Bearer ${token}` });
			const [status, code] = heard(answer);
			expect(status).not.toBe(401);
			if (code !== 'out_of_scope') opened.push(`${route.method} ${route.path}`);
		}
		expect(opened.sort()).toEqual(OPENS[scope]);
	});
});

describe('from a page of another site', () => {
	it.each(named(writes))('%s is refused', async (_, route) => {
		const answer = await ask(as(alice), route, bodyOf(route), { origin: 'http://evil.example' });
		expect(heard(answer)).toEqual([403, 'other_origin']);
	});
});

describe('a body', () => {
	it.each(named(writes))('of %s that is of another type is refused', async (_, route) => {
		const answer = await ask(as(alice), route, 'text=1', { 'content-type': 'text/plain' });
		expect(answer.status).toBe(415);
	});

	it.each(named(writes))('of %s that is malformed is refused', async (_, route) => {
		const headers = route.spec.takes ? { 'content-type': route.spec.takes[0] } : {};
		expect((await ask(as(alice), route, '{"text":', headers)).status).toBe(400);
	});

	it.each(named(writes))('of %s that is too large is refused', async (_, route) => {
		const headers = route.spec.takes ? { 'content-type': route.spec.takes[0] } : {};
		const size = route.spec.takes ? 3_000_001 : 256_001;
		expect((await ask(as(alice), route, JSON.stringify('x'.repeat(size)), headers)).status).toBe(413);
	});

	it.each(named(writes.filter(({ spec }) => spec.body)))(
		'of %s that is no object is refused',
		async (_, route) => {
			expect(heard(await ask(as(alice), route, '[]'))).toEqual([400, 'invalid']);
		}
	);
});

describe('too often', () => {
	it.each(named(routes))('%s is refused, with the time to wait', async (_, route) => {
		const token = await hasty.server.sessions.start(hasty.userOf(`u${routes.indexOf(route)}x`));
		const bot = Object.assign(hasty.visitor(), { cookie: `__Host-skein=${token}` });
		hasty.address = `198.51.100.${routes.indexOf(route)}`;
		await ask(bot, route);
		const answer = await ask(Object.assign(hasty.visitor(), { cookie: `__Host-skein=${token}` }), route);
		expect(heard(answer)).toEqual([429, 'too_often']);
		expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
	});
});

describe('what is refused before it is counted as what it is', () => {
	it.each(named(routes.filter(({ spec }) => spec.access !== 'anyone')))(
		'is counted by the address: %s without a session',
		async (_, route) => {
			hasty.address = `198.51.101.${routes.indexOf(route)}`;
			expect((await ask(hasty.visitor(), route)).status).toBe(401);
			expect(heard(await ask(hasty.visitor(), route))).toEqual([429, 'too_often']);
		}
	);

	it.each(named(writes))('is counted by the address: %s from another site', async (_, route) => {
		hasty.address = `198.51.102.${routes.indexOf(route)}`;
		const foreign = () => ask(hasty.visitor(), route, bodyOf(route), { origin: 'http://evil.example' });
		expect((await foreign()).status).toBe(403);
		expect(heard(await foreign())).toEqual([429, 'too_often']);
	});

	it('is counted by the address: what is out of the scope of a token', async () => {
		hasty.address = '198.51.103.1';
		const { token } = hasty.server.sessions.tokens.create(hasty.userOf('scoped'), {
			name: 'reads',
			scopes: ['messages:read'],
			days: 1
		});
		const out = () => hasty.visitor().get('/api/users', { authorization: `Bearer ${token}` });
		expect((await out()).status).toBe(403);
		expect(heard(await out())).toEqual([429, 'too_often']);
	});
});

describe('the headers that protect', () => {
	it.each(named(routes))('stand on the answer to %s', async (_, route) => {
		const request = new Request(`https://chat.example${pathOf(route)}`, { method: route.method });
		const { headers } = await lab.fetch(request);
		expect(Object.fromEntries(headers)).toMatchObject({
			'x-content-type-options': 'nosniff',
			'referrer-policy': 'same-origin',
			'cross-origin-opener-policy': 'same-origin',
			'cross-origin-resource-policy': 'same-origin',
			'permissions-policy': expect.stringContaining('camera=()'),
			'strict-transport-security': expect.stringContaining('max-age='),
			'content-security-policy': expect.stringContaining("default-src 'none'"),
			'cache-control': expect.stringMatching(/no-store|private/)
		});
		expect([...headers.keys()]).not.toContain('access-control-allow-origin');
	});

	it('promise https only to those who came by it', async () => {
		const { headers } = await lab.fetch(new Request('http://localhost:3000/api/health'));
		expect(headers.has('strict-transport-security')).toBe(false);
	});
});
