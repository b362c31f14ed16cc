/**
 * What every REST route does: checks where the request came from, who asks and what they sent, and writes what it answers
 * by the route's own declaration ({@link RouteSpec}), and refusals as `{error}`. A route file holds only what is its own.
 */
import type { z } from 'zod';
import { outcomeAnswer, type Answered } from './outcomeAnswer';
import { isOwnOrigin } from './origin';
import { accountDeleted, notAdministrator, notLoggedIn, Problem } from './problem';
import { problemAnswer } from './problemAnswer';
import { joinedSince } from './joinedSince';
import { namedCommand } from './namedCommand';
import { readBody, readQuery } from './readRequest';
import type { Access, AnySpec, ApiEvent, Route, RouteSpec } from './routeSpec';
import { storageProblem } from './storageProblem';
import type { NamedCommand, Outcome } from '../commands/commandLog';
import type { RateName } from '../limits/rates';
import type { ProblemCode } from '../../protocol/problemCodes';
import type { Scope } from '../../protocol/scopes';
import type { OwnUser } from '../../protocol/rest';
import type { SkeinServer } from '../skeinServer';

type BodySchema = z.ZodType | undefined;
type QuerySchema = z.ZodObject | undefined;
type Read<S extends BodySchema> = S extends z.ZodType ? z.output<S> : undefined;

interface Call<B extends BodySchema, Q extends QuerySchema> {
	readonly skein: SkeinServer;
	readonly event: ApiEvent;
	/** The request's body, as its schema gave it. */
	readonly body: Read<B>;
	readonly query: Read<Q>;
	/** A part of the route's path. */
	param(name: string): string;
}

interface OwnCall<B extends BodySchema, Q extends QuerySchema> extends Call<B, Q> {
	readonly user: OwnUser;
	/**
	 * `digest` is that of a body which is no JSON. Runs what the request changes in one transaction, brings up the documents that tell of it and answers. If the request came with a
	 * command's id before, nothing changes and the answer is the same. Only what is read, or costs much, goes before it.
	 */
	once(change: () => Outcome, digest?: string): Promise<Answered>;
	/** The same, and nothing is kept of the request: for one that holds a password, of which not even a hash may be. */
	unkept(change: () => Outcome): Promise<Answered>;
	/** It came with a command's id before: {@link once} answers without running anything, so nothing need be made ready. */
	isRepeat(): boolean;
	/** The same, and it was refused before its body, which is no JSON, was read: {@link once} without a digest answers. */
	isUnreadRepeat(): boolean;
}

type Answer = Answered | Response | Promise<Answered | Response>;

/** A route for those who are logged in; others get 401. */
export const endpoint = <B extends BodySchema = undefined, Q extends QuerySchema = undefined>(
	spec: RouteSpec<B, Q>,
	handle: (call: OwnCall<B, Q>) => Answer
): Route => routeOf('user', spec, owned(handle, 'user'));

/** A route for administrators of this server; others get 403. */
export const adminEndpoint = <B extends BodySchema = undefined, Q extends QuerySchema = undefined>(
	spec: RouteSpec<B, Q>,
	handle: (call: OwnCall<B, Q>) => Answer
): Route => routeOf('admin', spec, owned(handle, 'admin'));

/** A route for anyone. */
export const openEndpoint = <B extends BodySchema = undefined, Q extends QuerySchema = undefined>(
	spec: RouteSpec<B, Q>,
	handle: (call: Call<B, Q>) => Answer
): Route => routeOf('anyone', spec, handle);

/** A route that changes something: all that it does is one {@link OwnCall.once}. */
export const command = <B extends BodySchema = undefined, Q extends QuerySchema = undefined>(
	spec: RouteSpec<B, Q>,
	change: (call: Omit<OwnCall<B, Q>, 'once' | 'unkept' | 'isRepeat' | 'isUnreadRepeat'>) => Outcome
): Route => endpoint<B, Q>(spec, ({ once, ...call }) => once(() => change(call)));

const owned =
	<B extends BodySchema, Q extends QuerySchema>(
		handle: (call: OwnCall<B, Q>) => Answer,
		access: Exclude<Access, 'anyone'>
	) =>
	(call: Call<B, Q>): Answer => {
		const { skein, event, body } = call;
		const { user } = event.locals;
		if (!user) throw nobody(event);
		const named = (digest?: string) => namedCommand(event, digest ?? body);
		const run = async (command: NamedCommand | undefined, change: () => Outcome) => {
			const since = joinedSince(event);
			const asker = { address: event.locals.address, account: user.id };
			const { result: outcome, told } = await skein.tellings.tell(asker, (counting) => {
				refuseEnded(event);
				return skein.commands.once(user.id, command, () => {
					if (access === 'admin') skein.administration.refuseOthers(user.id);
					if (since) skein.membership.refuseFromBefore(user.id, since);
					return counting(change);
				});
			});
			outcome.after?.();
			await told;
			return outcome;
		};
		const once = async (change: () => Outcome, digest?: string) => run(named(digest), change);
		const unkept = (change: () => Outcome) => run(undefined, change);
		const isRepeat = () => {
			const command = named();
			return command !== undefined && skein.commands.has(user.id, command.id);
		};
		const isUnreadRepeat = () => {
			const command = named();
			return command !== undefined && skein.commands.has(user.id, command.id, command.request);
		};
		return handle({ ...call, user, once, unkept, isRepeat, isUnreadRepeat });
	};

function routeOf<B extends BodySchema, Q extends QuerySchema>(
	access: Access,
	spec: RouteSpec<B, Q>,
	handle: (call: Call<B, Q>) => Answer
): Route {
	const route = async (event: ApiEvent): Promise<Response> => {
		const { skein } = event.locals;
		try {
			const refusal = refusalOf(access, spec, event);
			const { address, user } = event.locals;
			if (refusal) {
				await skein.rates.take('refused', { address: address ?? UNKNOWN });
				throw refusal;
			}
			await skein.rates.take(rateOf(spec, event.request), { address, account: user?.id });
			if (access === 'admin' && !(user && skein.administration.isAdministrator(user.id)))
				throw notAdministrator();
			const query = readQuery<Q>(event.url.searchParams, spec.query);
			const body = await readBody<B>(event.request, spec);
			if (access !== 'anyone') refuseEnded(event);
			const param = (name: string) => event.params[name] ?? '';
			return outcomeAnswer(await handle({ skein, event, body, query, param }), spec);
		} catch (error) {
			return await failed(event, error);
		}
	};
	return Object.assign(route, { spec: { ...spec, access } });
}

/** Why a request goes no further, whatever it holds: it is counted by itself, since nothing of it is done. */
function refusalOf(access: Access, spec: Pick<AnySpec, 'scope'>, event: ApiEvent): Problem | undefined {
	if (isFromOtherSite(event)) return fromOtherSite();
	if (access === 'anyone') return undefined;
	return event.locals.user ? outOfScope(spec, event) : nobody(event);
}

/** A personal API token may do what it was made for. */
const outOfScope = ({ scope }: Pick<AnySpec, 'scope'>, { locals: { caller } }: ApiEvent) =>
	!caller?.scopes || (scope !== undefined && caller.scopes.includes(scope)) ? undefined : needsScope(scope);

/** For what a request does beyond its route's own scope. Throws a Problem, 403. */
export function refuseWithout(scope: Scope, event: ApiEvent): void {
	const refusal = outOfScope({ scope }, event);
	if (refusal) throw refusal;
}

const needsScope = (scope: Scope | undefined) =>
	new Problem(
		403,
		'out_of_scope',
		scope === undefined ? 'Only a login may do this.' : `This needs a token with the scope ${scope}.`
	);

const nobody = ({ locals }: ApiEvent): Problem => (locals.isDeleted ? accountDeleted() : notLoggedIn());

/**
 * The body may have been held back, and other things waited for, until long after whoever asks was let in: what has
 * ended since opens nothing any more.
 */
function refuseEnded({ locals: { skein, caller, user } }: ApiEvent): void {
	if (caller && skein.sessions.holds(caller.sessionId)) return;
	throw user && skein.people.isDeleted(user.id) ? accountDeleted() : notLoggedIn();
}

const isRead = ({ method }: Request): boolean => method === 'GET' || method === 'HEAD';

const rateOf = ({ rate }: Pick<AnySpec, 'rate'>, request: Request): RateName =>
	rate ?? (isRead(request) ? 'read' : 'write');

/** Refusals that the log tells of: each may be somebody who tries what they should not. Metrics count all others. */
const TOLD: ReadonlySet<ProblemCode> = new Set([
	'link_over',
	'not_administrator',
	'other_origin',
	'out_of_scope',
	'suspended',
	'wrong_login',
	'wrong_password'
]);

/** All whose address is not known are counted as one. */
const UNKNOWN = 'unknown';

async function failed(event: ApiEvent, error: unknown): Promise<Response> {
	const { skein } = event.locals;
	const { method } = event.request;
	const { route } = event;
	if (error instanceof Problem) {
		if (TOLD.has(error.code)) await tell(event, error);
		return problemAnswer(error);
	}
	const unavailable = storageProblem(error);
	// Of a full disk the relay has told once: not again with each request.
	const level = unavailable && skein.relay.health().status === 'degraded' ? 'debug' : 'error';
	// The path itself may hold a secret.
	skein.log[level]({ err: error, method, route: route.id }, 'a request failed');
	return problemAnswer(
		unavailable ?? new Problem(500, 'internal', 'Something went wrong on the server. Try again.')
	);
}

/** One address does not fill the log: metrics count what it tells no more of. */
async function tell({ locals, request: { method }, route }: ApiEvent, { code }: Problem): Promise<void> {
	const { skein, address, user } = locals;
	const from = address ?? UNKNOWN;
	try {
		await skein.rates.take('told', { address: from, from, account: code });
	} catch {
		return;
	}
	skein.log.info({ code, method, route: route.id, address, user: user?.id }, 'a request was refused');
}

/** A Bearer token is never sent along unasked, so it needs no check. */
const isFromOtherSite = ({ request, url, locals }: ApiEvent): boolean =>
	!isRead(request) && locals.caller?.by !== 'bearer' && !isOwnOrigin(request.headers, url);

const fromOtherSite = () =>
	new Problem(403, 'other_origin', 'This request came from another site, and was not done.');
