/** What mails say, in plain words, as text and as the same in HTML. */
import type { Mail } from './sendMail';

/** An account that a new password may be set for. */
export interface ResetLink {
	readonly username: string;
	readonly url: string;
}

export function resetMail(to: string, links: readonly ResetLink[]): Mail {
	const many = links.length > 1;
	return mailOf(to, 'A new password for Skein', [
		'Somebody, probably you, asked for a new password on Skein.',
		...(many ? ['Several accounts have this address. Open the link of the one you mean.'] : []),
		...links.flatMap(({ username, url }) => [
			{ words: `To choose a new password for ${username}, open this address:`, url }
		]),
		`${many ? 'Each link' : 'The link'} works once, for half an hour. Afterwards you have to log in again on all your devices.`,
		'If it was not you, do nothing: your password stays as it is.'
	]);
}

export const passwordChangedMail = (to: string, username: string, url: string): Mail =>
	mailOf(to, 'Your Skein password was changed', [
		`The password of ${username} on Skein was changed, and all other devices were logged out.`,
		{ words: 'If it was not you, choose a new one at once:', url }
	]);

export const emailChangedMail = (to: string): Mail =>
	mailOf(to, 'Your address was taken off Skein', [
		'An account on Skein that had this address has another one now, or none.',
		'If it was not you, log in and change your password, or ask whoever runs your Skein.'
	]);

export const accountDeletedMail = (to: string): Mail =>
	mailOf(to, 'Your Skein account was deleted', [
		'An account on Skein that had this address was deleted, with its password. Nobody can log in to it any more.',
		'If it was not you, ask whoever runs your Skein: a backup may still have it.'
	]);

type Paragraph = string | { readonly words: string; readonly url: string };

function mailOf(to: string, subject: string, paragraphs: readonly Paragraph[]): Mail {
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
	return { to, subject, text: `${text}\n`, html: `<!doctype html>\n<meta charset="utf-8">\n${html}\n` };
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
