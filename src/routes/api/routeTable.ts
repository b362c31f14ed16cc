/** Every REST route there is, as the file system has them, with what it says of itself. */
import type { DocumentedRoute } from '$lib/server/openapi/openApiDocument';
import type { Route } from '$lib/server/http/routeSpec';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Loaded when asked for: the document's own route is among them. */
const FILES = import.meta.glob<Readonly<Record<string, unknown>>>('./**/+server.ts');

const isRoute = (handler: unknown): handler is Route => typeof handler === 'function' && 'spec' in handler;

/** Sorted by path. Throws if a route declares nothing. */
export async function routeTable(): Promise<readonly DocumentedRoute[]> {
	const routes = await Promise.all(
		Object.entries(FILES).map(async ([file, load]) => {
			const path = `/api${file.slice(1, -'/+server.ts'.length)}`;
			return Object.entries(await load())
				.filter(([method]) => METHODS.includes(method))
				.map(([method, handler]) => {
					if (!isRoute(handler)) throw new Error(`${method} ${path} declares nothing of itself`);
					return { path, method, spec: handler.spec };
				});
		})
	);
	const rank = ({ path, method }: DocumentedRoute) => `${path} ${METHODS.indexOf(method)}`;
	return routes.flat().sort((one, other) => (rank(one) < rank(other) ? -1 : 1));
}
