/** Every example of the OpenAPI document does what it says and answers as it says, in a world that holds what the samples stand for. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { otherwise } from './asDocumented.fixture';
import { ExampleWorld } from './exampleWorld.fixture';
import { openApiDocument } from './openApiDocument';
import { relayOnSqlite } from '../app';
import { routeTable } from '../../../routes/api/routeTable';

const routes = await routeTable();
const { paths, components } = openApiDocument(routes, { version: '1.2.3', cookie: '__Host-skein' });

let world: ExampleWorld;
beforeEach(async () => void (world = await new ExampleWorld().start(relayOnSqlite)));
afterEach(() => world.stop());

it.each(routes.map((route) => [`${route.method} ${route.path}`, route] as const))('%s', async (_, route) => {
	const answer = await world.fetch(await world.request(route));
	expect(Object.keys(route.spec.answers).map(Number)).toContain(answer.status);
	expect(answer.status).toBeLessThan(300);
	const operation = paths[route.path.replace(/\[(\w+)\]/g, '{$1}')]?.[route.method.toLowerCase()];
	expect(operation && (await otherwise(answer, operation, components))).toEqual([]);
});
