/** Session tokens: only their holder has them; the database has a hash, so a copy of it opens no session. */
import { createHash } from 'node:crypto';
import type { RandomBytes } from '../../domain/ids';

const TOKEN_BYTES = 32;

/** A fresh token: 256 random bits in base64url. */
export const mintSessionToken = (randomBytes: RandomBytes): string =>
	Buffer.from(randomBytes(TOKEN_BYTES)).toString('base64url');

/** The session's id as stored: SHA-256 of the token, in hex. */
export const sessionIdOf = (token: string): string => createHash('sha256').update(token).digest('hex');
