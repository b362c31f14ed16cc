/** The route modules of the server by their paths, as SvelteKit's router would find them. */
import type { RequestEvent } from '@sveltejs/kit';

export type RouteModule = Readonly<Record<string, (event: RequestEvent) => Promise<Response>>>;

const ROUTES = import.meta.glob<RouteModule>([
	'../../../routes/api/**/+server.ts',
	'../../../routes/metrics/+server.ts'
]);

const TABLE = Object.entries(ROUTES).map(([file, load]) => {
	const path = file.replace(/^.*\/routes/, '').replace(/\/\+server\.ts$/, '');
	return { id: path, pattern: new RegExp(`^${path.replace(/\[(\w+)\]/g, '(?<$1>[^/]+)')}$`), load };
});

/** The module that answers a path, with the parts of the path that it names; fixed parts go before named ones. */
export async function findRoute(
	path: string
): Promise<{ module?: RouteModule; params: Record<string, string>; id: string | null }> {
	const read = decoded(path);
	for (const { id, pattern, load } of TABLE) {
		const match = pattern.exec(read);
		if (!match) continue;
		const parts = Object.entries(match.groups ?? {}).map(([name, part]) => [name, decodeURIComponent(part)]);
		return { module: await load(), params: Object.fromEntries(parts), id };
	}
	return { params: {}, id: null };
}

/** The router reads what is escaped without need first, and the rest of a part once it is found. */
function decoded(path: string): string {
	try {
		return path.split('%25').map(decodeURI).join('%25');
	} catch {
		return path;
	}
}
