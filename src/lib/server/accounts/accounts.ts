/** Accounts: registering, and proving who one is. */
import type { Database } from 'better-sqlite3';
import type { z } from 'zod';
import { nameKey } from './nameKey';
import type { UserStore } from './userStore';
import { hashNewPassword } from '../auth/newPassword';
import type { Administration } from '../administration/administration';
import type { Registration } from '../administration/registration';
import type { Passwords } from '../auth/passwords';
import { Problem } from '../http/problem';
import type { ProjectionsDue } from '../projections/projectionsDue';
import type { Projector } from '../projections/projector';
import { mintUserId, type RandomBytes, type UserId } from '../../domain/ids';
import type { OwnUser, registerSchema } from '../../protocol/rest';

export interface AccountParts {
	readonly db: Database;
	readonly users: UserStore;
	readonly passwords: Passwords;
	readonly registration: Registration;
	readonly administration: Pick<Administration, 'registered'>;
	readonly due: ProjectionsDue;
	readonly projector: Pick<Projector, 'follow'>;
	readonly now: () => number;
	readonly randomBytes: RandomBytes;
}

export class Accounts {
	readonly #parts: AccountParts;

	constructor(parts: AccountParts) {
		this.#parts = parts;
	}

	own(id: UserId): OwnUser | undefined {
		return this.#parts.users.own(id);
	}

	/**
	 * Throws a Problem if the password is common, or the username has no letter or digit or is taken; and, where people
	 * come by invitation, unless `invite` is a link that holds, which is used with it; or there are as many accounts as
	 * there may be.
	 */
	async register({
		username,
		password,
		email,
		displayName,
		invite
	}: z.output<typeof registerSchema>): Promise<OwnUser> {
		const { db, users, passwords, registration, administration, due, projector, now, randomBytes } =
			this.#parts;
		registration.refuseOver();
		if (!registration.isFree) registration.refuseUninvited(invite);
		if (!/[\p{L}\p{N}]/u.test(nameKey(username))) {
			throw new Problem(400, 'invalid', 'This needs at least one letter or digit.', 'username');
		}
		const isTaken = () => registration.isKept(username) || users.isHeld(username, now());
		if (isTaken() || users.idOf(username) !== undefined) throw usernameTaken();
		const hash = await hashNewPassword(password);
		const user = {
			id: mintUserId(randomBytes),
			username,
			displayName: displayName || username,
			email,
			createdAt: now()
		};
		const register = db.transaction(() => {
			const { isFree } = registration;
			registration.refuseOver();
			if (isTaken() || !users.insert(user)) throw usernameTaken();
			passwords.set(user.id, hash);
			administration.registered(user.id);
			due.addDirectory(user.id);
			if (!isFree) registration.admit(user.id, invite);
		});
		await projector.follow(user.id, () => register.immediate()).told;
		return user;
	}

	/** The user whose name and password these are. Throws the same Problem for a wrong name and a wrong password. */
	async prove(username: string, password: string): Promise<OwnUser> {
		const { users, passwords } = this.#parts;
		const id = users.idOf(username);
		const right = await passwords.isRight(id, password);
		const user = right && id !== undefined ? users.own(id) : undefined;
		if (!user) throw new Problem(401, 'wrong_login', 'The username or the password is wrong.');
		if (users.isSuspended(user.id)) throw suspended();
		return user;
	}
}

/** Told to whoever knows the password alone. */
const suspended = () => new Problem(403, 'suspended', 'This account was suspended by an administrator.');

const usernameTaken = () => new Problem(409, 'username_taken', 'This username is taken.', 'username');
