/**
 * What proves who one is: the password and the address for a forgotten one. Changing either needs the password, or the
 * link of a mail, and ends what could have been begun by somebody else.
 */
import type { Asker } from '../http/asker';
import type { Database } from 'better-sqlite3';
import type { Logger } from 'pino';
import { emailKey } from './emailKey';
import { nameKey } from './nameKey';
import type { UserStore } from './userStore';
import { hashNewPassword } from '../auth/newPassword';
import type { Passwords } from '../auth/passwords';
import type { ResetStore } from '../auth/resetStore';
import type { Sessions } from '../auth/sessions';
import { sessionIdOf } from '../auth/sessionToken';
import { Problem } from '../http/problem';
import type { Mailer } from '../mail/mailer';
import type { MailKind, MailQueue } from '../mail/mailQueue';
import type { RelayPort } from '../relayPort';
import type { WebhookStore } from '../webhooks/webhookStore';
import type { UserId } from '../../domain/ids';

export interface CredentialParts {
	readonly db: Database;
	readonly users: UserStore;
	readonly passwords: Passwords;
	readonly resets: ResetStore;
	readonly sessions: Sessions;
	readonly webhooks: Pick<WebhookStore, 'deleteOf'>;
	readonly queue: MailQueue;
	readonly mailer: Mailer;
	readonly relay: Pick<RelayPort, 'dropSession'>;
	readonly now: () => number;
	/** Where people reach Skein; undefined if the operator has not said so: then the address that a request came to. */
	readonly origin: string | undefined;
	readonly log: Logger;
}

export class Credentials {
	readonly #parts: CredentialParts;
	#hasWarned = false;

	constructor(parts: CredentialParts) {
		this.#parts = parts;
	}

	/** Throws a Problem, 403, naming `field`, unless this is the user's password. */
	async refuseWrong(user: UserId, password: string, field = 'password'): Promise<void> {
		if (await this.#parts.passwords.isRight(user, password)) return;
		throw new Problem(403, 'wrong_password', 'This is not your password.', field);
	}

	/**
	 * Undefined takes the address away. Tells the address before it, once {@link pokeMails} follows. Within a transaction of
	 * the caller, who has had the password proven.
	 */
	setEmail(user: UserId, email: string | undefined, asker: Asker): void {
		const { users, resets } = this.#parts;
		const before = users.own(user)?.email;
		if (before === email) return;
		users.setEmail(user, email);
		resets.revoke(user);
		if (before !== undefined) this.#tell('email-changed', before, asker);
	}

	/** Has mails leave that were put down within a transaction, behind its commit. */
	pokeMails(): void {
		this.#parts.mailer.poke();
	}

	/**
	 * Ends all sessions but the one that asks, which goes on under a fresh token: the one that is returned. Throws a
	 * Problem if the password of now is wrong, or the new one is common.
	 */
	async changePassword(
		user: UserId,
		sessionId: string,
		{ password, newPassword, asker }: { password: string; newPassword: string; asker: Asker }
	): Promise<string> {
		await this.refuseWrong(user, password);
		const hash = await hashNewPassword(newPassword, 'newPassword');
		const { db, passwords, resets, sessions, mailer, relay } = this.#parts;
		const { token, ended } = db
			.transaction(() => {
				passwords.set(user, hash);
				resets.revoke(user);
				const token = sessions.renew(sessionId);
				const ended = sessions.endAll(user, sessionIdOf(token));
				this.#tell('password-changed', user, asker);
				return { token, ended };
			})
			.immediate();
		for (const session of [sessionId, ...ended]) relay.dropSession(session);
		mailer.poke();
		return token;
	}

	/**
	 * Somebody has forgotten the password of an account with that username, or of those with that address. Takes as long,
	 * and does the same, whether or not there are any: they are looked for when the mail is written.
	 */
	forget(asked: string, asker: Asker): void {
		const key = asked.includes('@') ? emailKey(asked) : nameKey(asked);
		this.#tell('reset', key, asker);
		this.#parts.mailer.poke();
	}

	/**
	 * Sets the password by the token of a mail, and ends all sessions, personal API tokens and webhooks: whoever had the
	 * account may have made some. Throws a Problem if the token does not count.
	 */
	async reset(token: string, password: string, asker: Asker): Promise<void> {
		const hash = await hashNewPassword(password);
		const { db, passwords, resets, sessions, webhooks, mailer, relay, now } = this.#parts;
		const ended = db
			.transaction(() => {
				const user = resets.use(token, now());
				if (user === undefined) throw linkIsOver();
				passwords.set(user, hash);
				this.#tell('password-changed', user, asker);
				webhooks.deleteOf(user);
				return sessions.endForGood(user);
			})
			.immediate();
		for (const session of ended) relay.dropSession(session);
		mailer.poke();
	}

	/** Tells the address of an account that is being deleted, within the transaction that does it. */
	tellDeleted(address: string, asker: Asker): void {
		this.#tell('account-deleted', address, asker);
	}

	#tell(kind: MailKind, subject: string, { origin, language }: Asker): void {
		const { queue, now, origin: own = origin } = this.#parts;
		if (this.#parts.origin === undefined) this.#warn();
		queue.add(kind, { subject, origin: own, language, at: now() });
	}

	/** Once, of what only who runs the server can mend. */
	#warn(): void {
		if (this.#hasWarned) return;
		this.#hasWarned = true;
		this.#parts.log.warn(
			'ORIGIN is not set: links in mails lead to the address that the request came to, which whoever asks can choose'
		);
	}
}

const linkIsOver = () =>
	new Problem(
		400,
		'link_over',
		'This link has been used, or is older than half an hour. Ask for a new one.',
		'token'
	);
