/**
 * Sessions, kept by Lucia v3. Invariants: a login always makes a new session; it lives 90 days and is never extended;
 * the cookie and the Bearer token are the same token.
 */
import type { Database } from 'better-sqlite3';
import { Lucia, TimeSpan } from 'lucia';
import { FixedLifeAdapter } from './fixedLifeAdapter';
import { readSessionCookie } from './sessionCookie';
import { mintSessionToken, sessionIdOf } from './sessionToken';
import type { RandomBytes, UserId } from '../../domain/ids';
import type { Caller } from '../relayPort';

const LIFE = new TimeSpan(90, 'd');

/** Seconds that a session, and so its cookie, lives. */
export const SESSION_LIFE_S = LIFE.seconds();

export interface AuthenticatedCaller extends Caller {
	/** A cookie comes along with whatever page makes the request; a Bearer token only with the client's own. */
	readonly by: 'cookie' | 'bearer';
}

export class Sessions {
	readonly #lucia: Lucia;
	readonly #randomBytes: RandomBytes;

	constructor(db: Database, randomBytes: RandomBytes) {
		this.#lucia = new Lucia(new FixedLifeAdapter(db, { user: 'users', session: 'sessions' }), {
			sessionExpiresIn: LIFE
		});
		this.#randomBytes = randomBytes;
	}

	/** Starts a session; returns its token, which is stored nowhere. */
	async start(userId: UserId): Promise<string> {
		const token = mintSessionToken(this.#randomBytes);
		await this.#lucia.createSession(userId, {}, { sessionId: sessionIdOf(token) });
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
		const { session } = await this.#lucia.validateSession(sessionIdOf(token));
		return session
			? { userId: session.userId, sessionId: session.id, by: bearer ? 'bearer' : 'cookie' }
			: undefined;
	}

	/** False once it has ended, or its time is up. */
	async lives(sessionId: string): Promise<boolean> {
		return (await this.#lucia.validateSession(sessionId)).session !== null;
	}

	async end(sessionId: string): Promise<void> {
		await this.#lucia.invalidateSession(sessionId);
	}

	async deleteExpired(): Promise<void> {
		await this.#lucia.deleteExpiredSessions();
	}
}
