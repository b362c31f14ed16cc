/** How English counts and joins: what the catalogue's sentences are built from. */
export const LOCALE =
	(typeof navigator === 'undefined' ? [] : navigator.languages).find((l) => l.startsWith('en')) ?? 'en-GB';

const plurals = new Intl.PluralRules(LOCALE);
export const numbers = new Intl.NumberFormat(LOCALE);
export const list = new Intl.ListFormat(LOCALE, { type: 'conjunction' });
export const count = (n: number, one: string, many: string): string =>
	`${numbers.format(n)} ${plurals.select(n) === 'one' ? one : many}`;
const relative = new Intl.RelativeTimeFormat(LOCALE, { numeric: 'always' });

/** A time to wait, in seconds: "in 40 seconds", "in 2 minutes". Rounded up, so that nobody comes too early. */
export function fromNow(seconds: number): string {
	if (seconds <= 90) return relative.format(Math.ceil(seconds), 'second');
	if (seconds <= 90 * 60) return relative.format(Math.ceil(seconds / 60), 'minute');
	return relative.format(Math.ceil(seconds / 3_600), 'hour');
}
export const messages = (n: number): string => count(n, 'message', 'messages');
