/** Every example of the OpenAPI document does what it says, in a world that holds what the samples stand for. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ExampleWorld } from './exampleWorld.fixture';
import { relayOnSqlite } from '../app';
import { routeTable } from '../../../routes/api/routeTable';

const routes = await routeTable();

let world: ExampleWorld;
beforeEach(async () => void (world = await new ExampleWorld().start(relayOnSqlite)));
afterEach(() => world.stop());

it.each(routes.map((route) => [`${route.method} ${route.path}`, route] as const))('%s', async (_, route) => {
	const { status } = await world.fetch(await world.request(route));
	expect(Object.keys(route.spec.answers).map(Number)).toContain(status);
	expect(status).toBeLessThan(300);
});
