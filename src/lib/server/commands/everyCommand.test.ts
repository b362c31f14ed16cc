/** Every command that comes again under its id: the same changes nothing, another is refused. */
import Database from 'better-sqlite3';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ExampleWorld } from '../openapi/exampleWorld.fixture';
import { routeTable } from '../../../routes/api/routeTable';

/**
 * Those that take no id: who asks is not known yet, or a password is in it, of which nothing may be kept; or doing it again
 * comes to the same.
 */
const WITHOUT = new Set([
	'POST /api/register',
	'POST /api/login',
	'POST /api/logout',
	'DELETE /api/me',
	'POST /api/password/change',
	'POST /api/password/forgot',
	'POST /api/password/reset'
]);

const routes = (await routeTable())
	.filter(({ method }) => method !== 'GET')
	.map((route) => [`${route.method} ${route.path}`, route] as const)
	.filter(([name]) => !WITHOUT.has(name));

let world: ExampleWorld;
beforeEach(async () => void (world = await new ExampleWorld().start()));
afterEach(() => world.stop());

/** All that is on disk of what people have, as text. */
function onDisk(): string {
	const db = new Database(join(world.folder, 'skein.db'), { readonly: true });
	try {
		const tables = db
			.prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'")
			.pluck()
			.all();
		return tables
			.map((name) => `${name} ${JSON.stringify(db.prepare(`SELECT * FROM "${name}"`).all())}`)
			.join('\n');
	} finally {
		db.close();
	}
}

/** Messages have keys of their own: messages.test.ts and webhooks.test.ts tell of them. */
const MESSAGES = new Set(['POST /api/messages/send', 'POST /api/hooks/[token]']);

it.each(routes.filter(([name]) => !MESSAGES.has(name)))(
	'%s is refused under the id of another command, and changes nothing',
	async (_, route) => {
		const headers = { 'idempotency-key': 'one' };
		await world.wanda.send('PATCH', '/api/me', JSON.stringify({ about: 'Weaves.' }), headers);
		const before = onDisk();
		const response = await world.fetch(await world.request(route, headers));
		const { error } = (await response.json()) as { error: { code: string } };
		expect([response.status, error.code]).toEqual([422, 'id_reused']);
		expect(onDisk()).toBe(before);
	}
);

it.each(routes)('%s again under its id changes nothing', async (_, route) => {
	const { key = 'one' } = { ...route.spec.example?.body } as { readonly key?: string };
	const headers = { 'idempotency-key': key };
	const ask = async () => {
		const response = await world.fetch(await world.request(route, headers));
		const text = await response.text();
		return {
			status: response.status,
			body: text === '' ? undefined : (JSON.parse(text) as Record<string, unknown>)
		};
	};
	const first = await ask();
	expect(first.status).toBeLessThan(300);
	const before = onDisk();
	world.nowMs += 1_000;
	const again = await ask();
	expect(again.status).toBe(first.status);
	// A secret is told with the first answer alone.
	expect(first.body).toMatchObject(again.body ?? {});
	expect(onDisk()).toBe(before);
});
