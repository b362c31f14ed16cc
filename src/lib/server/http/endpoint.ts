/**
 * What every REST route does: checks where the request came from, who asks and what they sent, and writes refusals as
 * `{error}`. A route file holds only what is its own.
 */
import { json, type RequestEvent } from '@sveltejs/kit';
import type { z } from 'zod';
import { problemOf } from './explain';
import { isOwnOrigin } from './origin';
import { notLoggedIn, Problem } from './problem';
import { readJson } from './readJson';
import { storageProblem } from './storageProblem';
import { namedCommand } from './namedCommand';
import type { Outcome } from '../commands/commandLog';
import type { OwnUser } from '../../protocol/rest';
import type { SkeinServer } from '../skeinServer';

/** The parts of SvelteKit's event that routes use. */
type ApiEvent = Pick<RequestEvent, 'request' | 'url' | 'locals'> & {
	readonly params: Readonly<Partial<Record<string, string>>>;
};

interface Call<Body> {
	readonly skein: SkeinServer;
	readonly event: ApiEvent;
	/** The request's body, as its schema gave it. */
	readonly body: Body;
	/** A part of the route's path. */
	param(name: string): string;
}

interface OwnCall<Body> extends Call<Body> {
	readonly user: OwnUser;
	/**
	 * Runs what the request changes in one transaction, brings the documents up and answers. If the request came with a
	 * command's id before, nothing changes and the answer is the same. Only what is read, or costs much, goes before it.
	 */
	once(change: () => Outcome): Promise<Response>;
}

type Answer = Response | Promise<Response>;
type Route = (event: ApiEvent) => Promise<Response>;
type Schema = z.ZodType | undefined;
type BodyOf<S extends Schema> = S extends z.ZodType ? z.output<S> : undefined;

/** A route for those who are logged in; others get 401. With a schema the request must have a body that fits it. */
export function endpoint<S extends Schema = undefined>(
	handle: (call: OwnCall<BodyOf<S>>) => Answer,
	schema?: S
): Route {
	return openEndpoint<S>((call) => {
		const { user } = call.event.locals;
		if (!user) throw notLoggedIn();
		const { skein, event, body } = call;
		const once = async (change: () => Outcome) => {
			const command = namedCommand(event, body);
			const { status, answer, secret, after } = skein.commands.once(user.id, command, change);
			after?.();
			await skein.projector.bringUp();
			return answer ? json({ ...answer, ...secret }, { status }) : new Response(null, { status });
		};
		return handle({ ...call, user, once });
	}, schema);
}

/** A route that changes something: all that it does is one {@link OwnCall.once}. */
export const command = <S extends Schema = undefined>(
	change: (call: Omit<OwnCall<BodyOf<S>>, 'once'>) => Outcome,
	schema?: S
): Route => endpoint<S>(({ once, ...call }) => once(() => change(call)), schema);

/** A route for anyone. */
export function openEndpoint<S extends Schema = undefined>(
	handle: (call: Call<BodyOf<S>>) => Answer,
	schema?: S
): Route {
	return async (event) => {
		const { skein } = event.locals;
		try {
			refuseOtherSites(event);
			const body = await readBody(event.request, schema);
			const param = (name: string) => event.params[name] ?? '';
			return await handle({ skein, event, body, param });
		} catch (error) {
			if (error instanceof Problem) return problemAnswer(error);
			const unavailable = storageProblem(error);
			// Of a full disk the relay has told once: not again with each request.
			const level = unavailable && skein.relay.health().status === 'degraded' ? 'debug' : 'error';
			skein.log[level](
				{ err: error, method: event.request.method, path: event.url.pathname },
				'a request failed'
			);
			return problemAnswer(
				unavailable ?? new Problem(500, 'internal', 'Something went wrong on the server. Try again.')
			);
		}
	};
}

export const problemAnswer = ({ status, answer }: Problem): Response => json(answer, { status });

/** A Bearer token is never sent along unasked, so it needs no check. */
function refuseOtherSites({ request, url, locals }: ApiEvent): void {
	const reads = request.method === 'GET' || request.method === 'HEAD';
	if (reads || locals.caller?.by === 'bearer' || isOwnOrigin(request.headers, url)) return;
	throw new Problem(403, 'other_origin', 'This request came from another site, and was not done.');
}

async function readBody<S extends Schema>(request: Request, schema: S | undefined): Promise<BodyOf<S>> {
	if (schema === undefined) return undefined as BodyOf<S>;
	const parsed = schema.safeParse(await readJson(request), { reportInput: true });
	if (!parsed.success) throw problemOf(parsed.error.issues);
	return parsed.data as BodyOf<S>;
}
