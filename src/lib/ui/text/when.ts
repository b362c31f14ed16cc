import { text } from './index';

/** Times as people read them: in the device's zone, in the language of the catalogue. All take milliseconds since 1970. */

const formats = new Map<string, Intl.DateTimeFormat>();

/** The format in the language in use, made once: making one takes longer than using it a hundred times. */
function format(name: keyof typeof OPTIONS, at: number): string {
	const key = `${text.locale} ${name}`;
	const made = formats.get(key) ?? new Intl.DateTimeFormat(text.locale, OPTIONS[name]);
	formats.set(key, made);
	return made.format(at);
}

const OPTIONS = {
	clock: { hour: 'numeric', minute: '2-digit' },
	exact: { dateStyle: 'full', timeStyle: 'medium' },
	sentence: { dateStyle: 'long', timeStyle: 'short' },
	weekday: { weekday: 'short' },
	dayAndMonth: { day: 'numeric', month: 'short' },
	dayInYear: { weekday: 'long', day: 'numeric', month: 'long' },
	fullDay: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
	shortDate: { day: 'numeric', month: 'short', year: 'numeric' }
} as const satisfies Readonly<Record<string, Intl.DateTimeFormatOptions>>;

export const clockTime = (at: number): string => format('clock', at);
export const exactTime = (at: number): string => format('exact', at);

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
	return format(sameYear(at, today) ? 'dayInYear' : 'fullDay', at);
}

/** In a list: the clock today, the weekday within a week, then the date, with the year if it is another. */
export function listTime(at: number, today: number): string {
	const ago = daysAgo(at, today);
	// A clock that ran ahead by hours reads as today; one that is wrong by days is owned up to.
	if (ago <= 0 && ago >= -1) return clockTime(at);
	if (ago > 0 && ago < 7) return format('weekday', at);
	return format(sameYear(at, today) ? 'dayAndMonth' : 'shortDate', at);
}

/** In a sentence: the clock alone today, the day with it otherwise, joined as the language does. */
export function sentenceTime(at: number, today: number): string {
	return daysAgo(at, today) === 0 ? clockTime(at) : format('sentence', at);
}
