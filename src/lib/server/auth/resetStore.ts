/**
 * Leave to set a new password without the old one, for whoever has read the mail. Invariants: one for each user, the
 * newest; only a hash of it is stored; it can be used once, within half an hour.
 */
import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { RandomBytes, UserId } from '../../domain/ids';

const TOKEN_BYTES = 32;
const LIFE_MS = 30 * 60_000;

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

export class ResetStore {
	readonly #randomBytes: RandomBytes;
	readonly #put;
	readonly #use;
	readonly #ofUser;

	constructor(db: Database, randomBytes: RandomBytes) {
		this.#randomBytes = randomBytes;
		this.#put = db.prepare<[UserId, string, number]>(
			`INSERT INTO password_resets (user_id, token_hash, expires_at) VALUES (?, ?, ?)
			ON CONFLICT DO UPDATE SET token_hash = excluded.token_hash, expires_at = excluded.expires_at`
		);
		this.#use = db
			.prepare<[string, number], UserId>(
				'DELETE FROM password_resets WHERE token_hash = ? AND expires_at > ? RETURNING user_id'
			)
			.pluck();
		this.#ofUser = db.prepare<[UserId]>('DELETE FROM password_resets WHERE user_id = ?');
	}

	/** 256 random bits in base64url; those before it no longer count. `now` is in milliseconds. */
	mint(user: UserId, now: number): string {
		const token = Buffer.from(this.#randomBytes(TOKEN_BYTES)).toString('base64url');
		this.#put.run(user, hashOf(token), now + LIFE_MS);
		return token;
	}

	/** Whose it is; from now on it is nobody's. Undefined if it was used, is too old, or never was. */
	use(token: string, now: number): UserId | undefined {
		return this.#use.get(hashOf(token), now);
	}

	/** What was sent before no longer counts. */
	revoke(user: UserId): void {
		this.#ofUser.run(user);
	}
}
