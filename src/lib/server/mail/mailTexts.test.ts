import { describe, expect, it } from 'vitest';
import { mailTexts } from './mailTexts';
import { directions, LANGUAGES } from '../../protocol/languages';

const links = [
	{ username: 'alice', url: 'https://chat.example/reset#one' },
	{ username: 'alice.work', url: 'https://chat.example/reset#two' }
];

describe.each(LANGUAGES)('a mail in %s', (language) => {
	const texts = mailTexts(language);
	const all = [
		texts.reset('a@chat.example', links, { isAll: true }),
		texts.reset('a@chat.example', links.slice(0, 1), { isAll: false }),
		texts.passwordChanged('a@chat.example', 'alice', 'https://chat.example/forgot'),
		texts.emailChanged('a@chat.example'),
		texts.accountDeleted('a@chat.example')
	];

	it('says in which language it is, and which way that runs', () => {
		for (const { html, subject, text } of all) {
			expect(html).toContain(`<html lang="${language}" dir="${directions[language]}">`);
			expect(subject).not.toBe('');
			expect(text).not.toContain('undefined');
		}
	});

	it('names each account beside its own link', () => {
		const [several, single] = all.map(({ text }) => text);
		for (const { username, url } of links) expect(several).toMatch(new RegExp(`${username}\\b[^]*${url}`));
		expect(single).not.toContain('alice.work');
	});
});

it('another language says it in other words', () => {
	const subjects = LANGUAGES.map((language) => mailTexts(language).accountDeleted('').subject);
	expect(new Set(subjects).size).toBe(LANGUAGES.length);
});
