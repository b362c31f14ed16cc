/** What mails say, in plain words, as text and as the same in HTML. */
import { directions, type Language } from '../../protocol/languages';
import { mailWords } from './mailWords';
import type { Mail } from './sendMail';

/** An account that a new password may be set for. */
export interface ResetLink {
	readonly username: string;
	readonly url: string;
}

/** What each mail says, in one language. */
export interface MailWords {
	readonly reset: {
		readonly subject: string;
		readonly asked: string;
		readonly many: string;
		/** There are others that the mail has no link for. */
		readonly more: string;
		readonly open: (username: string) => string;
		/** How long the link holds, or the links do. */
		readonly holds: { readonly one: string; readonly each: string };
		readonly notYou: string;
	};
	readonly passwordChanged: {
		readonly subject: string;
		readonly said: (username: string) => string;
		readonly notYou: string;
	};
	readonly emailChanged: { readonly subject: string; readonly said: string; readonly notYou: string };
	readonly accountDeleted: { readonly subject: string; readonly said: string; readonly notYou: string };
}

export interface MailTexts {
	/** `isAll`: no other account has the address. */
	readonly reset: (to: string, links: readonly ResetLink[], those: { readonly isAll: boolean }) => Mail;
	readonly passwordChanged: (to: string, username: string, url: string) => Mail;
	readonly emailChanged: (to: string) => Mail;
	readonly accountDeleted: (to: string) => Mail;
}

export function mailTexts(language: Language): MailTexts {
	const words = mailWords[language];
	const mail = (to: string, subject: string, paragraphs: readonly Paragraph[]) =>
		mailOf(language, to, subject, paragraphs);
	return {
		reset(to, links, { isAll }) {
			const { subject, asked, many, more, open, holds, notYou } = words.reset;
			return mail(to, subject, [
				asked,
				...(links.length > 1 ? [many] : []),
				...links.map(({ username, url }) => ({ words: open(username), url })),
				...(isAll ? [] : [more]),
				links.length > 1 ? holds.each : holds.one,
				notYou
			]);
		},
		passwordChanged(to, username, url) {
			const { subject, said, notYou } = words.passwordChanged;
			return mail(to, subject, [said(username), { words: notYou, url }]);
		},
		emailChanged: (to) =>
			mail(to, words.emailChanged.subject, [words.emailChanged.said, words.emailChanged.notYou]),
		accountDeleted: (to) =>
			mail(to, words.accountDeleted.subject, [words.accountDeleted.said, words.accountDeleted.notYou])
	};
}

type Paragraph = string | { readonly words: string; readonly url: string };

function mailOf(language: Language, to: string, subject: string, paragraphs: readonly Paragraph[]): Mail {
	const text = paragraphs
		.map((said) => (typeof said === 'string' ? said : `${said.words}\n${said.url}`))
		.join('\n\n');
	const html = paragraphs
		.map((said) =>
			typeof said === 'string'
				? `<p>${escaped(said)}</p>`
				: `<p>${escaped(said.words)}<br><a href="${escaped(said.url)}">${escaped(said.url)}</a></p>`
		)
		.join('\n');
	const head = `<!doctype html>\n<html lang="${language}" dir="${directions[language]}">\n<meta charset="utf-8">`;
	return { to, subject, text: `${text}\n`, html: `${head}\n${html}\n` };
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
