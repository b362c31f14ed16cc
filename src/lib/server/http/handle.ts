/** What happens around every request: who asks, the headers that protect, and errors of `/api` as JSON. */
import type { Handle } from '@sveltejs/kit';
import { Problem } from './problem';
import { allowOrigins, preflight } from './cors';
import { problemAnswer } from './problemAnswer';
import { protect } from './protectiveHeaders';
import type { SkeinServer } from '../skeinServer';
import { USER_HEADER } from '../../protocol/headers';
import { MISSING } from '../../protocol/missingRoute';

export function createHandle(server: () => SkeinServer | Promise<SkeinServer>): Handle {
	return async ({ event, resolve }) => {
		const skein = await server();
		event.locals.skein = skein;
		const isApi = isOfApi(event);
		event.locals.address = addressOf(event);
		if (isApi) await identify(event, skein);
		const isMissing = event.route.id === MISSING;
		const resolved =
			(isApi && preflight(event.request)) ||
			(isApi && isMissing ? notFound() : await resolve(event, { preload: isShownFirst }));
		const response = isApi ? apiAnswer(resolved) : isMissing ? notFound(resolved) : resolved;
		protect(response, event.url);
		if (isApi) allowOrigins(response, event.request, skein);
		const { method } = event.request;
		skein.metrics.answered({ method, route: event.route.id, status: response.status });
		return response;
	};
}

/** By the route that is found as well: the router reads `/%61pi/me` as `/api/me`. */
const isOfApi = ({ url, route }: Parameters<Handle>[0]['event']): boolean =>
	[url.pathname, route.id].some((path) => path?.startsWith('/api/'));

/**
 * What a page asks for at once: its code, its looks, and of the font the part that all three languages have in what
 * they show first. Asked for only once a word is drawn, that came after it, and the lines moved.
 */
const isShownFirst = ({ type, path }: { readonly type: string; readonly path: string }) =>
	type === 'js' || type === 'css' || (type === 'font' && path.includes('-latin-wght-'));

/** The app says so at any such address, on a page that it has like any other. */
const notFound = (page?: Response) => new Response(page?.body, { status: 404, headers: page?.headers });

/** Behind a proxy that is configured, a request that did not come through it has none. */
function addressOf(event: Parameters<Handle>[0]['event']): string | undefined {
	try {
		return event.getClientAddress();
	} catch {
		// Then only what it is about is counted.
		return undefined;
	}
}

async function identify(
	{ request, url, locals }: Parameters<Handle>[0]['event'],
	skein: SkeinServer
): Promise<void> {
	const cookie = request.headers.get('cookie') ?? undefined;
	const authorization = request.headers.get('authorization') ?? undefined;
	const caller = await skein.sessions.authenticate({ cookie, authorization }, url);
	const expected = request.headers.get(USER_HEADER);
	// Another tab has logged in as somebody else: nothing may be done in their name, nor to their session.
	locals.isOtherUser = caller !== undefined && expected !== null && expected !== caller.userId;
	locals.isDeleted = caller === undefined && expected !== null && skein.people.isDeleted(expected);
	if (caller === undefined || locals.isOtherUser) return;
	locals.caller = caller;
	locals.user = skein.accounts.own(caller.userId);
}

/** SvelteKit answers unknown paths and methods in text of its own: clients of the API get JSON. */
function apiAnswer(response: Response): Response {
	const isJson = response.headers.get('content-type')?.startsWith('application/json');
	const answer =
		response.status >= 400 && !isJson ? problemAnswer(problemOfStatus(response.status)) : response;
	const allowed = response.headers.get('allow');
	if (allowed !== null) answer.headers.set('allow', allowed);
	if (!answer.headers.has('cache-control')) answer.headers.set('cache-control', 'no-store');
	return answer;
}

function problemOfStatus(status: number): Problem {
	if (status === 404) return new Problem(404, 'no_such_path', 'There is nothing at this address.');
	if (status === 405) return new Problem(405, 'no_such_method', 'This address does not do that.');
	if (status === 413) return new Problem(413, 'too_large', 'The request is too large.');
	return status < 500
		? new Problem(status, 'refused', 'The request was refused.')
		: new Problem(status, 'internal', 'Something went wrong on the server. Try again.');
}
