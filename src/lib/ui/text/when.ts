import { text } from './index';

/** Times as people read them: in the device's zone, in the language of the catalogue. All take milliseconds since 1970. */
const clock = new Intl.DateTimeFormat(text.locale, { hour: 'numeric', minute: '2-digit' });
const exact = new Intl.DateTimeFormat(text.locale, { dateStyle: 'full', timeStyle: 'medium' });
const weekday = new Intl.DateTimeFormat(text.locale, { weekday: 'short' });
const dayAndMonth = new Intl.DateTimeFormat(text.locale, { day: 'numeric', month: 'short' });
const dayInYear = new Intl.DateTimeFormat(text.locale, { weekday: 'long', day: 'numeric', month: 'long' });
const fullDay = new Intl.DateTimeFormat(text.locale, {
	weekday: 'long',
	day: 'numeric',
	month: 'long',
	year: 'numeric'
});
const shortDate = new Intl.DateTimeFormat(text.locale, { day: 'numeric', month: 'short', year: 'numeric' });

export const clockTime = (at: number): string => clock.format(at);
export const exactTime = (at: number): string => exact.format(at);

/** The first millisecond of the day that `at` falls in. */
export function startOfDay(at: number): number {
	return new Date(at).setHours(0, 0, 0, 0);
}

/** Whole days from the day of `at` to the day that starts at `today`; 0 on the day, 1 for yesterday. Summer time aside. */
const daysAgo = (at: number, today: number): number => Math.round((today - startOfDay(at)) / 86_400_000);
const sameYear = (at: number, today: number): boolean =>
	new Date(at).getFullYear() === new Date(today).getFullYear();

/** Above a day's messages: Today, Yesterday, Thursday 19 November. */
export function dayName(at: number, today: number): string {
	const ago = daysAgo(at, today);
	if (ago === 0) return text.conversation.today;
	if (ago === 1) return text.conversation.yesterday;
	return (sameYear(at, today) ? dayInYear : fullDay).format(at);
}

/** In a list: the clock today, the weekday within a week, then the date, with the year if it is another. */
export function listTime(at: number, today: number): string {
	const ago = daysAgo(at, today);
	// A clock that ran ahead by hours reads as today; one that is wrong by days is owned up to.
	if (ago <= 0 && ago >= -1) return clock.format(at);
	if (ago > 0 && ago < 7) return weekday.format(at);
	return (sameYear(at, today) ? dayAndMonth : shortDate).format(at);
}

/** In a sentence: the clock alone today, the day with it otherwise. */
export function sentenceTime(at: number, today: number): string {
	return daysAgo(at, today) === 0 ? clock.format(at) : `${dayName(at, today)}, ${clock.format(at)}`;
}
