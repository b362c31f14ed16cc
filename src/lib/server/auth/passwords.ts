/** Passwords as Argon2id hashes (RFC 9106; memory and passes by the OWASP password storage sheet). */
import type { Database } from 'better-sqlite3';
import { hash, verify } from '@node-rs/argon2';
import type { RandomBytes, UserId } from '../../domain/ids';

const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** The same password typed on two keyboards may differ in its code points (NIST SP 800-63B, 5.1.1.2). */
const normalised = (password: string): string => password.normalize('NFKC');

export const hashPassword = (password: string): Promise<string> => hash(normalised(password), ARGON2);

export class Passwords {
	readonly #find;
	readonly #set;
	/** Verified when there is no such user, so that the time of the answer does not tell. */
	readonly #decoy: Promise<string>;

	constructor(db: Database, randomBytes: RandomBytes) {
		this.#find = db.prepare<[UserId], { hash: string }>('SELECT hash FROM passwords WHERE user_id = ?');
		this.#set = db.prepare<[UserId, string]>(
			'INSERT INTO passwords (user_id, hash) VALUES (?, ?) ON CONFLICT DO UPDATE SET hash = excluded.hash'
		);
		this.#decoy = hashPassword(Buffer.from(randomBytes(16)).toString('hex'));
	}

	set(userId: UserId, passwordHash: string): void {
		this.#set.run(userId, passwordHash);
	}

	/**
	 * True if this is the user's password, still when it has been verified: who came with the old one while it was changed
	 * would else be let in behind the end of all sessions. An undefined user takes as long, and is never right.
	 */
	async isRight(userId: UserId | undefined, password: string): Promise<boolean> {
		const read = () => (userId === undefined ? undefined : this.#find.get(userId)?.hash);
		const stored = read();
		const matches = await verify(stored ?? (await this.#decoy), normalised(password));
		return matches && stored !== undefined && stored === read();
	}
}
