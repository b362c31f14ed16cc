/**
 * Personal API tokens: another way of being logged in, for a person's programs. Invariants: only their holder has them,
 * the database a hash; each may do what its scopes say and no more, until it expires or is revoked.
 */
import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { Problem } from '../http/problem';
import type { RandomBytes, UserId } from '../../domain/ids';
import { API_TOKENS_MAX } from '../../domain/limits';
import type { Scope } from '../../protocol/scopes';

/** Secret scanners, and people, know it by this. */
const PREFIX = 'skein_';
const TOKEN_BYTES = 32;
const DAY_MS = 24 * 60 * 60_000;
/** When a token was last in use is written down this often at most. */
const SEEN_EVERY_MS = 5 * 60_000;

export interface ApiToken {
	readonly id: string;
	readonly name: string;
	readonly scopes: readonly Scope[];
	/** Milliseconds since 1970. */
	readonly createdAt: number;
	readonly expiresAt: number;
	/** Milliseconds since 1970, to some minutes; absent if it was never used. */
	readonly seenAt?: number;
}

interface Row extends Omit<ApiToken, 'scopes' | 'seenAt'> {
	readonly userId: UserId;
	readonly scopes: string;
	readonly seenAt: number | null;
}

interface ApiTokensParts {
	readonly db: Database;
	readonly now: () => number;
	readonly randomBytes: RandomBytes;
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
const COLUMNS =
	'id, user_id AS userId, name, scopes, created_at AS createdAt, expires_at AS expiresAt, seen_at AS seenAt';
/** What is over counts for nothing, nor does what a deleted account left, or a suspended one has. */
const VALID =
	'expires_at > ? AND user_id IN (SELECT id FROM users WHERE deleted_at IS NULL AND suspended_at IS NULL)';

export class ApiTokens {
	readonly #parts: ApiTokensParts;
	readonly #insert;
	readonly #of;
	readonly #byHash;
	readonly #byId;
	readonly #revoke;
	readonly #revokeAll;
	readonly #forget;
	readonly #seen;

	constructor(parts: ApiTokensParts) {
		const { db } = parts;
		this.#parts = parts;
		this.#insert = db.prepare<[string, UserId, string, string, string, number, number]>(
			`INSERT INTO api_tokens (id, user_id, name, token_hash, scopes, created_at, expires_at)
			VALUES (?, ?, ?, ?, ?, ?, ?)`
		);
		this.#of = db.prepare<[UserId, number], Row>(
			`SELECT ${COLUMNS} FROM api_tokens WHERE user_id = ? AND expires_at > ? ORDER BY created_at DESC, id`
		);
		this.#byHash = db.prepare<[string, number], Row>(
			`SELECT ${COLUMNS} FROM api_tokens WHERE token_hash = ? AND ${VALID}`
		);
		this.#byId = db.prepare<[string, number], Row>(
			`SELECT ${COLUMNS} FROM api_tokens WHERE id = ? AND ${VALID}`
		);
		this.#revoke = db.prepare<[UserId, string]>('DELETE FROM api_tokens WHERE user_id = ? AND id = ?');
		this.#revokeAll = db
			.prepare<[UserId], string>('DELETE FROM api_tokens WHERE user_id = ? RETURNING id')
			.pluck();
		this.#forget = db.prepare<[number]>('DELETE FROM api_tokens WHERE expires_at <= ?');
		this.#seen = db.prepare<[number, string]>('UPDATE api_tokens SET seen_at = ? WHERE id = ?');
	}

	/** True for what is meant to be one, valid or not: sessions' tokens never begin so. */
	static looksLike(token: string): boolean {
		return token.startsWith(PREFIX);
	}

	/** Within a transaction. The token itself is in this answer alone. Throws a Problem if there are too many. */
	create(
		user: UserId,
		{
			name,
			scopes,
			days
		}: { readonly name: string; readonly scopes: readonly Scope[]; readonly days: number }
	): { readonly apiToken: ApiToken; readonly token: string } {
		const { now, randomBytes } = this.#parts;
		const createdAt = now();
		this.#forget.run(createdAt);
		if (this.of(user).length >= API_TOKENS_MAX) throw tooManyTokens();
		const token = `${PREFIX}${Buffer.from(randomBytes(TOKEN_BYTES)).toString('base64url')}`;
		const id = Buffer.from(randomBytes(10)).toString('hex');
		const expiresAt = createdAt + days * DAY_MS;
		this.#insert.run(id, user, name, hashOf(token), JSON.stringify(scopes), createdAt, expiresAt);
		return { apiToken: { id, name, scopes, createdAt, expiresAt }, token };
	}

	/** Those of a user that hold, the newest first. */
	of(user: UserId): ApiToken[] {
		return this.#of.all(user, this.#parts.now()).map(tokenOf);
	}

	/** False if the user has none such. */
	revoke(user: UserId, id: string): boolean {
		return this.#revoke.run(user, id).changes === 1;
	}

	/** Returns their ids. */
	revokeAll(user: UserId): string[] {
		return this.#revokeAll.all(user);
	}

	/** Whose it is, and what it may do; undefined if it does not hold. */
	find(token: string): (ApiToken & { readonly userId: UserId }) | undefined {
		const now = this.#parts.now();
		const row = this.#byHash.get(hashOf(token), now);
		if (!row) return undefined;
		if (now - (row.seenAt ?? 0) >= SEEN_EVERY_MS) this.#noteSeen(row.id, now);
		return { ...tokenOf(row), userId: row.userId };
	}

	/** False once it has expired or was revoked. */
	lives(id: string): boolean {
		return this.#byId.get(id, this.#parts.now()) !== undefined;
	}

	#noteSeen(id: string, now: number): void {
		try {
			this.#seen.run(now, id);
		} catch {
			// A disk that takes nothing now must not keep people from what it holds.
		}
	}
}

const tokenOf = ({ id, name, scopes, createdAt, expiresAt, seenAt }: Row): ApiToken => ({
	id,
	name,
	scopes: JSON.parse(scopes) as Scope[],
	createdAt,
	expiresAt,
	...(seenAt === null ? {} : { seenAt })
});

const tooManyTokens = () =>
	new Problem(409, 'too_many_tokens', `At most ${API_TOKENS_MAX} tokens hold at once. Revoke one first.`);
