import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ExampleWorld } from './exampleWorld.fixture';
import { openApiDocument } from './openApiDocument';
import { SCOPES } from '../../protocol/scopes';
import { routeTable } from '../../../routes/api/routeTable';

const document = openApiDocument(await routeTable(), { version: '1.2.3', cookie: '__Host-skein' });

describe('the OpenAPI document', () => {
	it('is one of OpenAPI 3.1', async () => {
		const validator = new Validator();
		const { valid, errors } = await validator.validate(structuredClone(document) as Record<string, unknown>);
		expect(errors).toBeUndefined();
		expect([valid, validator.version]).toEqual([true, '3.1']);
	});

	it('refers to nothing that it does not hold', () => {
		const text = JSON.stringify(document);
		const named = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name ?? '');
		expect(named.length).toBeGreaterThan(0);
		for (const name of named) expect(document.components.schemas).toHaveProperty(name);
		expect(text).not.toContain('$defs');
	});

	it('gives each operation a name of its own', () => {
		const names = [...JSON.stringify(document).matchAll(/"operationId":"(\w+)"/g)].map(([, name]) => name);
		expect(new Set(names).size).toBe(names.length);
	});

	it('lists every route that the file system has', async () => {
		const listed = Object.entries(document.paths).flatMap(([path, methods]) =>
			Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`)
		);
		const there = (await routeTable()).map(
			({ path, method }) => `${method} ${path.replace(/\[(\w+)\]/g, '{$1}')}`
		);
		expect(listed.sort()).toEqual(there.sort());
	});
});

describe('who may ask', () => {
	const routes = routeTable();
	let world: ExampleWorld;
	beforeAll(async () => void (world = await new ExampleWorld().start()));
	afterAll(() => world.stop());

	it('a personal API token is told of exactly where it is taken, with the scope that it needs', async () => {
		const allScopes = world.server.sessions.tokens.create(world.userOf('reader'), {
			name: 'all',
			scopes: SCOPES,
			days: 1
		});
		for (const { path, method, spec } of await routes) {
			const told = document.paths[path.replace(/\[(\w+)\]/g, '{$1}')]?.[method.toLowerCase()]?.security;
			const names = told?.flatMap((each) => Object.keys(each));
			if (spec.access === 'anyone') expect(names).toEqual([]);
			else {
				const address = `http://localhost:3000${path.replace(/\[\w+\]/g, 'none')}`;
				const headers = { authorization: `Bearer ${allScopes.token}` };
				const heard = await world.fetch(new Request(address, { method, headers }));
				const isTaken = !(await heard.text()).includes('out_of_scope');
				expect(names, `${method} ${path}`).toEqual(['session', 'bearer', ...(isTaken ? ['apiToken'] : [])]);
			}
		}
	});

	it.each([
		['https://chat.example', '__Host-skein'],
		['http://localhost:3000', '__Host-skein'],
		['http://192.168.1.7:3000', 'skein']
	])('the session’s cookie is called at %s as it is set there: %s', async (origin, name) => {
		const answer = await world.fetch(new Request(`${origin}/api/openapi.json`));
		expect(await answer.json()).toMatchObject({ components: { securitySchemes: { session: { name } } } });
		const visitor = world.visitor(origin);
		await visitor.register(`visitor${name.length}${origin.length}`);
		expect(visitor.cookie?.split('=')[0]).toBe(name);
	});
});

describe('the id of a command', () => {
	let world: ExampleWorld;
	beforeEach(async () => void (world = await new ExampleWorld().start()));
	afterEach(() => world.stop());

	it('the header is told of exactly where a repeat is known', async () => {
		const told = [];
		const read = [];
		const routes = (await routeTable()).filter(({ method }) => method !== 'GET');
		const isTold = ({ path, method }: (typeof routes)[number]) =>
			document.paths[path.replace(/\[(\w+)\]/g, '{$1}')]?.[method.toLowerCase()]?.parameters.some(
				({ name }) => name === 'idempotency-key'
			) ?? false;
		for (const route of routes) {
			const name = `${route.method} ${route.path}`;
			if (isTold(route)) told.push(name);
			const response = await world.fetch(await world.request(route, { 'idempotency-key': 'x'.repeat(500) }));
			const text = await response.text();
			if (response.status === 400 && text.includes('"field":"idempotency-key"')) read.push(name);
			else {
				// It has done something, maybe logged out.
				await world.stop();
				world = await new ExampleWorld().start();
			}
		}
		expect(told).toEqual(read);
		expect(told).toContain('POST /api/hooks/[token]');
	});
});
