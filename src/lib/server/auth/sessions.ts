/**
 * Sessions, kept by Lucia v3. Invariants: a login always makes a new session; it lives 90 days and is never extended;
 * the cookie and the Bearer token are the same token. A session's id is a hash of its token and is told to nobody; its
 * user knows it by a public id, which stays when the token is renewed.
 */
import type { Database } from 'better-sqlite3';
import { Lucia, TimeSpan } from 'lucia';
import { ApiTokens } from './apiTokens';
import { AGENT_MAX } from './agentName';
import { FixedLifeAdapter } from './fixedLifeAdapter';
import { readSessionCookie } from './sessionCookie';
import { SessionRows, type SessionRecord } from './sessionRows';
import { mintSessionToken, sessionIdOf } from './sessionToken';
import { notLoggedIn } from '../http/problem';
import type { RandomBytes, UserId } from '../../domain/ids';
import { SESSIONS_MAX } from '../../domain/limits';
import type { Caller } from '../relayPort';
import type { Scope } from '../../protocol/scopes';

const LIFE = new TimeSpan(90, 'd');

/** Seconds that a session, and so its cookie, lives. */
export const SESSION_LIFE_S = LIFE.seconds();

/** A personal API token stands for a session under its id with this before it, which no hash in hex has. */
const BY_TOKEN = 'token:';

/** When a session was last in use is written down this often at most. */
const SEEN_EVERY_MS = 5 * 60_000;

export interface AuthenticatedCaller extends Caller {
	/** A cookie comes along with whatever page makes the request; a Bearer token only with the client's own. */
	readonly by: 'cookie' | 'bearer';
	/** What a personal API token may do; undefined for a session, which may do all that its user may. */
	readonly scopes?: readonly Scope[];
}

interface SessionsParts {
	readonly db: Database;
	readonly now: () => number;
	readonly randomBytes: RandomBytes;
}

export class Sessions {
	/** The other way of being logged in. */
	readonly tokens: ApiTokens;
	readonly #lucia: Lucia;
	readonly #parts: SessionsParts;
	readonly #rows: SessionRows;

	constructor(parts: SessionsParts) {
		const { db } = parts;
		this.#parts = parts;
		this.tokens = new ApiTokens(parts);
		this.#lucia = new Lucia(new FixedLifeAdapter(db, { user: 'users', session: 'sessions' }), {
			sessionExpiresIn: LIFE,
			getSessionAttributes: ({ seen_at }) => ({ seenAt: seen_at })
		});
		this.#rows = new SessionRows(db);
	}

	/** Starts a session; returns its token, which is stored nowhere. `agent` is the client's word for itself. */
	async start(userId: UserId, agent = ''): Promise<string> {
		const { now, randomBytes } = this.#parts;
		const token = mintSessionToken(randomBytes);
		const attributes = {
			public_id: Buffer.from(randomBytes(10)).toString('hex'),
			agent: agent.slice(0, AGENT_MAX),
			seen_at: now()
		};
		await this.#lucia.createSession(userId, attributes, { sessionId: sessionIdOf(token) });
		return token;
	}

	/** Who asks; undefined if nobody that is logged in. A Bearer token, if there is one, decides alone. */
	async authenticate(
		headers: { cookie?: string; authorization?: string },
		url?: URL
	): Promise<AuthenticatedCaller | undefined> {
		const bearer = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1];
		const token = bearer ?? readSessionCookie(headers.cookie, url);
		if (token === undefined) return undefined;
		if (bearer !== undefined && ApiTokens.looksLike(bearer)) return this.#byApiToken(bearer);
		const session = await this.#validate(sessionIdOf(token));
		return session && { userId: session.userId, sessionId: session.id, by: bearer ? 'bearer' : 'cookie' };
	}

	/** False once it has ended, or its time is up, and while its user is suspended. */
	async lives(sessionId: string): Promise<boolean> {
		if (sessionId.startsWith(BY_TOKEN)) return this.tokens.lives(sessionId.slice(BY_TOKEN.length));
		return (await this.#validate(sessionId)) !== undefined;
	}

	/** The same in one step, for within a change. */
	holds(sessionId: string): boolean {
		if (sessionId.startsWith(BY_TOKEN)) return this.tokens.lives(sessionId.slice(BY_TOKEN.length));
		return this.#rows.holds(sessionId);
	}

	/** A user's sessions, those in use last first. */
	of(user: UserId): SessionRecord[] {
		return this.#rows.of(user);
	}

	countOf(user: UserId): number {
		return this.#rows.countOf(user);
	}

	/** Gives a session a fresh token, which is returned, in place of its own. Throws a Problem if it has ended. */
	renew(sessionId: string): string {
		const token = mintSessionToken(this.#parts.randomBytes);
		if (!this.#rows.renew(sessionId, sessionIdOf(token))) throw notLoggedIn();
		return token;
	}

	async end(sessionId: string): Promise<void> {
		await this.#lucia.invalidateSession(sessionId);
	}

	/** Ends one of the user's by its public id. Returns its id; undefined if they have none such. */
	endOne(user: UserId, publicId: string): string | undefined {
		return this.#rows.endOne(user, publicId);
	}

	/** Ends all of a user's but the one with this id, if any. Returns their ids. */
	endAll(user: UserId, except = ''): string[] {
		return this.#rows.endOthers(user, except);
	}

	/** Of more sessions of a user than there may be, ends those that were seen longest ago. Returns their ids. */
	endBeyondMax(user: UserId): string[] {
		return this.#rows.endBeyond(user, SESSIONS_MAX);
	}

	/** Ends all that a user is logged in by, personal API tokens too. Returns what the relay knows them by. */
	endForGood(user: UserId): string[] {
		return [...this.endAll(user), ...this.tokens.revokeAll(user).map((id) => `${BY_TOKEN}${id}`)];
	}

	async deleteExpired(): Promise<void> {
		await this.#lucia.deleteExpiredSessions();
	}

	#byApiToken(token: string): AuthenticatedCaller | undefined {
		const found = this.tokens.find(token);
		return (
			found && {
				userId: found.userId,
				sessionId: `${BY_TOKEN}${found.id}`,
				by: 'bearer',
				scopes: found.scopes
			}
		);
	}

	async #validate(sessionId: string) {
		const { session } = await this.#lucia.validateSession(sessionId);
		// One may have begun while its user was being suspended.
		if (!session || !this.#rows.holds(session.id)) return undefined;
		const now = this.#parts.now();
		if (now - session.seenAt >= SEEN_EVERY_MS) this.#noteSeen(session.id, now);
		return session;
	}

	#noteSeen(id: string, now: number): void {
		try {
			this.#rows.noteSeen(id, now);
		} catch {
			// A disk that takes nothing now must not keep people from what it holds.
		}
	}
}

declare module 'lucia' {
	interface Register {
		Lucia: Lucia<{ seenAt: number }, Record<never, never>>;
		DatabaseSessionAttributes: { public_id: string; agent: string; seen_at: number };
	}
}
