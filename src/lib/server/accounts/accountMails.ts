/**
 * Writes the mails about accounts when they are about to leave: to whom they go, and the links in them, are looked up
 * and made then, so that asking for one tells nothing, and nothing that opens an account waits in the queue.
 */
import type { UserStore } from './userStore';
import type { ResetStore } from '../auth/resetStore';
import type { DueMail } from '../mail/mailQueue';
import { mailTexts, type MailTexts } from '../mail/mailTexts';
import type { ComposedMail } from '../mail/mailer';
import type { UserId } from '../../domain/ids';
import type { OwnUser } from '../../protocol/rest';

/** Accounts of one address that a mail has links for, and those that it is chosen among. */
const ACCOUNTS_MAX = 5;
const SHARING_MAX = 200;
/** Mails with a link for one account within an hour: whoever asks for more fills somebody's mailbox. */
const LINKS_MAX = 5;
const HOUR_MS = 60 * 60_000;

export interface AccountMailParts {
	readonly users: UserStore;
	readonly resets: ResetStore;
	readonly now: () => number;
}

export class AccountMails {
	readonly #parts: AccountMailParts;
	/** When each account had its last links, in milliseconds. */
	readonly #sent = new Map<UserId, readonly number[]>();

	constructor(parts: AccountMailParts) {
		this.#parts = parts;
	}

	/** Undefined if there is nobody to write to. */
	compose({ kind, subject, origin, language }: DueMail): ComposedMail | undefined {
		const texts = mailTexts(language);
		if (kind === 'email-changed') return { mail: texts.emailChanged(subject) };
		if (kind === 'account-deleted') return { mail: texts.accountDeleted(subject) };
		if (kind === 'password-changed') {
			const user = this.#parts.users.own(subject);
			if (!user?.email) return undefined;
			return { mail: texts.passwordChanged(user.email, user.username, `${origin}/forgot`) };
		}
		return this.#reset(subject, origin, texts);
	}

	#reset(asked: string, origin: string, texts: MailTexts): ComposedMail | undefined {
		const owners = this.#owners(asked).filter((user) => this.#mayHaveLink(user.id));
		// Anybody may give an account an address: those who were left out have their turn when it is asked for again.
		const users = owners.sort((a, b) => this.#lastLink(a.id) - this.#lastLink(b.id)).slice(0, ACCOUNTS_MAX);
		const to = users[0]?.email;
		if (to === undefined) return undefined;
		const { resets, now } = this.#parts;
		// Behind the sign, so that no server's log and no other page's referrer ever holds it.
		const links = users.map(({ id, username }) => ({
			username,
			url: `${origin}/reset#${resets.mint(id, now())}`
		}));
		// Not before: what could not be sent fills nobody's mailbox, and is tried again.
		const onSent = () => users.forEach(({ id }) => this.#noteLink(id));
		return { mail: texts.reset(to, links, { isAll: users.length === owners.length }), onSent };
	}

	#owners(asked: string): OwnUser[] {
		const { users } = this.#parts;
		if (asked.includes('@')) return users.withEmail(asked, SHARING_MAX);
		const id = users.idOf(asked);
		const user = id === undefined ? undefined : users.own(id);
		return user?.email === undefined ? [] : [user];
	}

	#mayHaveLink(user: UserId): boolean {
		return this.#recentLinks(user).length < LINKS_MAX;
	}

	/** In milliseconds; 0 if there was none lately. */
	#lastLink(user: UserId): number {
		return this.#recentLinks(user).at(-1) ?? 0;
	}

	#noteLink(user: UserId): void {
		const now = this.#parts.now();
		for (const [other, times] of this.#sent) if (now - times.at(-1)! > HOUR_MS) this.#sent.delete(other);
		this.#sent.set(user, [...this.#recentLinks(user), now]);
	}

	#recentLinks(user: UserId): number[] {
		const now = this.#parts.now();
		return (this.#sent.get(user) ?? []).filter((at) => now - at <= HOUR_MS);
	}
}
