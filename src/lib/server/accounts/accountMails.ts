/**
 * Writes the mails about accounts when they are about to leave: to whom they go, and the links in them, are looked up
 * and made then, so that asking for one tells nothing, and nothing that opens an account waits in the queue.
 */
import { emailKey } from './emailKey';
import { RecentTimes } from './recentTimes';
import type { UserStore } from './userStore';
import type { ResetStore } from '../auth/resetStore';
import type { DueMail } from '../mail/mailQueue';
import { mailTexts, type MailTexts } from '../mail/mailTexts';
import type { Mail } from '../mail/sendMail';
import type { ComposedMail } from '../mail/mailer';
import type { OwnUser } from '../../protocol/rest';

/** Accounts of one address that a mail has links for, and those that it is chosen among. */
const ACCOUNTS_MAX = 5;
const SHARING_MAX = 200;
/** Mails with a link for one account within an hour: whoever asks for more fills somebody's mailbox. */
const LINKS_MAX = 5;
/** Mails with other news for one address within an hour: anybody may give accounts somebody else's. */
const NEWS_MAX = 10;
const HOUR_MS = 60 * 60_000;

export interface AccountMailParts {
	readonly users: UserStore;
	readonly resets: ResetStore;
	readonly now: () => number;
}

export class AccountMails {
	readonly #parts: AccountMailParts;
	/** When each account had its last links, and each address its last news. */
	readonly #links: RecentTimes;
	readonly #news: RecentTimes;

	constructor(parts: AccountMailParts) {
		this.#parts = parts;
		this.#links = new RecentTimes(parts.now);
		this.#news = new RecentTimes(parts.now);
	}

	/** Undefined if there is nobody to write to, or they had enough. */
	compose({ kind, subject, origin, language }: DueMail): ComposedMail | undefined {
		const texts = mailTexts(language);
		if (kind === 'email-changed') return this.#tell(texts.emailChanged(subject));
		if (kind === 'account-deleted') return this.#tell(texts.accountDeleted(subject));
		if (kind === 'password-changed') {
			const user = this.#parts.users.own(subject);
			if (!user?.email) return undefined;
			return this.#tell(texts.passwordChanged(user.email, user.username, `${origin}/forgot`));
		}
		return this.#reset(subject, origin, texts);
	}

	#tell(mail: Mail): ComposedMail | undefined {
		const to = emailKey(mail.to);
		if (this.#news.within(to, HOUR_MS) >= NEWS_MAX) return undefined;
		return { mail, onSent: () => this.#news.note(to) };
	}

	#reset(asked: string, origin: string, texts: MailTexts): ComposedMail | undefined {
		const owners = this.#owners(asked);
		// Anybody may give an account an address: those who were left out have their turn when it is asked for again.
		const users = owners
			.filter(({ id }) => this.#links.within(id, HOUR_MS) < LINKS_MAX)
			.sort((a, b) => this.#links.last(a.id) - this.#links.last(b.id))
			.slice(0, ACCOUNTS_MAX);
		const to = users[0]?.email;
		if (to === undefined) return undefined;
		const { resets, now } = this.#parts;
		// Behind the sign, so that no server's log and no other page's referrer ever holds it.
		const links = users.map(({ id, username }) => ({
			username,
			url: `${origin}/reset#${resets.mint(id, now())}`
		}));
		// Not before: what could not be sent fills nobody's mailbox, and is tried again.
		const onSent = () => users.forEach(({ id }) => this.#links.note(id));
		return { mail: texts.reset(to, links, { isAll: users.length === owners.length }), onSent };
	}

	#owners(asked: string): OwnUser[] {
		const { users } = this.#parts;
		if (asked.includes('@')) return users.withEmail(asked, SHARING_MAX);
		const id = users.idOf(asked);
		const user = id === undefined ? undefined : users.own(id);
		return user?.email === undefined ? [] : [user];
	}
}
