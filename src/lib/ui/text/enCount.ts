/** How English counts and joins: what the catalogue's sentences are built from. */
export const LOCALE =
	(typeof navigator === 'undefined' ? [] : navigator.languages).find((l) => l.startsWith('en')) ?? 'en-GB';

const plurals = new Intl.PluralRules(LOCALE);
export const numbers = new Intl.NumberFormat(LOCALE);
export const list = new Intl.ListFormat(LOCALE, { type: 'conjunction' });
export const count = (n: number, one: string, many: string): string =>
	`${numbers.format(n)} ${plurals.select(n) === 'one' ? one : many}`;
export const messages = (n: number): string => count(n, 'message', 'messages');
