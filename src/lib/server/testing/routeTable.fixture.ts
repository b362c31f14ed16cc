/** The route modules under src/routes/api by their paths, as SvelteKit's router would find them. */
import type { RequestEvent } from '@sveltejs/kit';

export type RouteModule = Readonly<Record<string, (event: RequestEvent) => Promise<Response>>>;

const ROUTES = import.meta.glob<RouteModule>('../../../routes/api/**/+server.ts');

const TABLE = Object.entries(ROUTES).map(([file, load]) => {
	const path = file.replace(/^.*\/routes/, '').replace(/\/\+server\.ts$/, '');
	return { pattern: new RegExp(`^${path.replace(/\[(\w+)\]/g, '(?<$1>[^/]+)')}$`), load };
});

/** The module that answers a path, with the parts of the path that it names; fixed parts go before named ones. */
export async function findRoute(
	path: string
): Promise<{ module?: RouteModule; params: Record<string, string> }> {
	for (const { pattern, load } of TABLE) {
		const match = pattern.exec(path);
		if (match) return { module: await load(), params: { ...match.groups } };
	}
	return { params: {} };
}
