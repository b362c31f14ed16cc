/**
 * Pages of other origins (Fetch standard, CORS): none may call the API unless the operator has named its origin, and then
 * with a token alone, never with a cookie.
 */
import { COMMAND_HEADER, JOINED_HEADER } from '../../protocol/headers';

/** The answer to a preflight; undefined if the request is none. */
export function preflight(request: Request): Response | undefined {
	const isPreflight = request.method === 'OPTIONS' && request.headers.has('access-control-request-method');
	return isPreflight ? new Response(null, { status: 204 }) : undefined;
}

/** Lets pages of the named origins read the answer. `Vary` stands on all, or a cache would give one's answer to another. */
export function allowOrigins(
	{ headers }: Response,
	request: Request,
	{ corsOrigins }: { readonly corsOrigins: readonly string[] }
): void {
	if (corsOrigins.length === 0) return;
	headers.append('vary', 'Origin');
	const origin = request.headers.get('origin');
	if (origin === null || !corsOrigins.includes(origin)) return;
	headers.set('access-control-allow-origin', origin);
	headers.set('cross-origin-resource-policy', 'cross-origin');
	headers.set('access-control-expose-headers', 'retry-after');
	if (request.method !== 'OPTIONS') return;
	headers.set('access-control-allow-methods', 'GET, POST, PUT, PATCH, DELETE');
	headers.set(
		'access-control-allow-headers',
		`authorization, content-type, ${COMMAND_HEADER}, ${JOINED_HEADER}`
	);
	headers.set('access-control-max-age', '600');
}
