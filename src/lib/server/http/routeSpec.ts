/**
 * What a REST route says of itself. It is checked with each request and each answer, and GET /api/openapi.json is written
 * from it, so what is documented is what is done.
 */
import type { RequestEvent } from '@sveltejs/kit';
import type { z } from 'zod';
import type { RateName } from '../limits/rates';
import type { Scope } from '../../protocol/scopes';

/** An answer without a body. */
export const NOTHING = null;

/** A schema for JSON; {@link NOTHING}; or the media type of what is no JSON. */
export type AnswerSpec = z.ZodType | typeof NOTHING | string;

/** Who may ask. `admin` are administrators of this server. */
export type Access = 'anyone' | 'user' | 'admin';

/** The parts of the path, the query and the body of a request that works, with ids of `SAMPLE`. */
export interface RouteExample {
	readonly params?: Readonly<Record<string, string>>;
	readonly query?: Readonly<Record<string, string>>;
	readonly body?: object;
}

export interface RouteSpec<Body extends z.ZodType | undefined, Query extends z.ZodObject | undefined> {
	/** One line, without a stop. */
	readonly summary: string;
	readonly description?: string;
	/** What a personal API token needs for it; with none, only a session may ask. */
	readonly scope?: Scope;
	/** What it is counted with; `read` or `write` if nothing is said. */
	readonly rate?: RateName;
	/** Whether it knows a repeat by the id that its client gave it; those who are logged in are known so if nothing is said. */
	readonly knowsRepeats?: boolean;
	readonly query?: Query;
	/** The JSON that the request must hold. */
	readonly body?: Body;
	/** A body may hold the longest of texts: 256 kB, where others hold 40. */
	readonly holdsTexts?: boolean;
	/** Media types of a body that is no JSON; the route reads it itself. */
	readonly takes?: readonly string[];
	/** By status: what it answers when all is well. */
	readonly answers: Readonly<Record<number, AnswerSpec>>;
	readonly example?: RouteExample;
}

export type AnySpec = RouteSpec<z.ZodType | undefined, z.ZodObject | undefined>;

/** The parts of SvelteKit's event that routes use. */
export type ApiEvent = Pick<RequestEvent, 'request' | 'url' | 'locals' | 'route'> & {
	readonly params: Readonly<Partial<Record<string, string>>>;
};

export type Route = ((event: ApiEvent) => Promise<Response>) & {
	readonly spec: AnySpec & { readonly access: Access };
};
