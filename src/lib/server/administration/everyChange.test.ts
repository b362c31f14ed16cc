/** Whatever an administrator changes stands in the audit log: a route of theirs that says nothing there fails here. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ExampleWorld } from '../openapi/exampleWorld.fixture';
import { routeTable } from '../../../routes/api/routeTable';

const changes = (await routeTable()).filter(
	({ spec, method }) => spec.access === 'admin' && method !== 'GET'
);

let world: ExampleWorld;
let administrator: string;
beforeAll(async () => {
	world = await new ExampleWorld().start();
	administrator = (await world.wanda.get('/api/me')).body.user.id;
});
afterAll(() => world.stop());

const newest = async () => (await world.wanda.get('/api/admin/audit')).body.entries[0];

it.each(changes.map((route) => [`${route.method} ${route.path}`, route] as const))(
	'%s stands in the audit log, with who did it',
	async (_, route) => {
		const before = await newest();
		expect((await world.fetch(await world.request(route))).status).toBeLessThan(300);
		const entry = await newest();
		expect(entry?.id).not.toBe(before?.id);
		expect(entry?.actor).toBe(administrator);
	}
);
