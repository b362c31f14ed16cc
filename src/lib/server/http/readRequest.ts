/** Reads what a request holds, by what its route has declared to take. Throws a Problem if it does not fit. */
import type { z } from 'zod';
import { problemOf } from './explain';
import { readJson } from './readJson';
import type { RouteSpec } from './routeSpec';

type Read<S extends z.ZodType | undefined> = S extends z.ZodType ? z.output<S> : undefined;

/** A parameter that is empty is one that is not given. */
export function readQuery<Q extends z.ZodObject | undefined>(query: URLSearchParams, schema: Q | undefined) {
	const given = [...query].filter(([, value]) => value !== '');
	return fitting<Q>(Object.fromEntries(given), schema);
}

/**
 * A route without a schema takes no JSON, but what comes with a request must be some all the same: a browser sends
 * anything else for any site's page, without asking.
 */
export async function readBody<B extends z.ZodType | undefined>(
	request: Request,
	{ body: schema, takes, holdsTexts }: Pick<RouteSpec<B, undefined>, 'body' | 'takes' | 'holdsTexts'>
): Promise<Read<B>> {
	const isRead = request.method === 'GET' || request.method === 'HEAD';
	if (isRead || takes || (schema === undefined && !hasBody(request))) return undefined as Read<B>;
	return fitting<B>(await readJson(request, holdsTexts), schema);
}

const hasBody = (request: Request): boolean =>
	request.body !== null && request.headers.get('content-length') !== '0';

function fitting<S extends z.ZodType | undefined>(given: unknown, schema: S | undefined): Read<S> {
	if (schema === undefined) return undefined as Read<S>;
	const parsed = schema.safeParse(given, { reportInput: true });
	if (!parsed.success) throw problemOf(parsed.error.issues);
	return parsed.data as Read<S>;
}
