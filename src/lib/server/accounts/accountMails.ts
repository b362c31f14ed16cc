/**
 * Writes the mails about accounts when they are about to leave: to whom they go, and the links in them, are looked up
 * and made then, so that asking for one tells nothing, and nothing that opens an account waits in the queue.
 */
import type { UserStore } from './userStore';
import type { ResetStore } from '../auth/resetStore';
import type { DueMail } from '../mail/mailQueue';
import { mailTexts, type MailTexts } from '../mail/mailTexts';
import type { Mail } from '../mail/sendMail';
import type { UserId } from '../../domain/ids';
import type { OwnUser } from '../../protocol/rest';

/** Accounts of one address that a mail has links for. */
const ACCOUNTS_MAX = 5;
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
	compose({ kind, subject, origin, language }: DueMail): Mail | undefined {
		const texts = mailTexts(language);
		if (kind === 'email-changed') return texts.emailChanged(subject);
		if (kind === 'account-deleted') return texts.accountDeleted(subject);
		if (kind === 'password-changed') {
			const user = this.#parts.users.own(subject);
			if (!user?.email) return undefined;
			return texts.passwordChanged(user.email, user.username, `${origin}/forgot`);
		}
		return this.#reset(subject, origin, texts);
	}

	#reset(asked: string, origin: string, texts: MailTexts): Mail | undefined {
		const users = this.#owners(asked).filter((user) => this.#mayHaveLink(user.id));
		const to = users[0]?.email;
		if (to === undefined) return undefined;
		const { resets, now } = this.#parts;
		// Behind the sign, so that no server's log and no other page's referrer ever holds it.
		const links = users.map(({ id, username }) => ({
			username,
			url: `${origin}/reset#${resets.mint(id, now())}`
		}));
		return texts.reset(to, links);
	}

	#owners(asked: string): OwnUser[] {
		const { users } = this.#parts;
		if (asked.includes('@')) return users.withEmail(asked, ACCOUNTS_MAX);
		const id = users.idOf(asked);
		const user = id === undefined ? undefined : users.own(id);
		return user?.email === undefined ? [] : [user];
	}

	#mayHaveLink(user: UserId): boolean {
		const now = this.#parts.now();
		for (const [other, times] of this.#sent) if (now - times.at(-1)! > HOUR_MS) this.#sent.delete(other);
		const recent = (this.#sent.get(user) ?? []).filter((at) => now - at <= HOUR_MS);
		if (recent.length >= LINKS_MAX) return false;
		this.#sent.set(user, [...recent, now]);
		return true;
	}
}
