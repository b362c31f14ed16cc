import { describe, expect, it } from 'vitest';
import { text } from './index';
import { clockTime, dayName, listTime, sentenceTime, startOfDay } from './when';

const at = (year: number, month: number, day: number, hour = 12): number =>
	new Date(year, month - 1, day, hour).getTime();
const today = startOfDay(at(2026, 11, 20));

describe('days', () => {
	it('are named near now and dated further away', () => {
		expect(dayName(at(2026, 11, 20, 23), today)).toBe('Today');
		expect(dayName(at(2026, 11, 19, 0), today)).toBe('Yesterday');
		expect(dayName(at(2026, 11, 18), today)).toMatch(/Wednesday/);
		expect(dayName(at(2025, 11, 18), today)).toMatch(/2025/);
	});

	it('stand in the list as clock, weekday, date', () => {
		expect(listTime(at(2026, 11, 20, 7), today)).toMatch(/07|7/);
		expect(listTime(at(2026, 11, 16), today)).toBe('Mon');
		expect(listTime(at(2026, 11, 2), today)).toMatch(/2/);
		expect(listTime(at(2026, 11, 2), today)).not.toMatch(/2026/);
	});

	it('of another year stand in the list with it, in the past and in the future', () => {
		expect(listTime(at(2025, 11, 2), today)).toMatch(/2025/);
		expect(listTime(at(2025, 12, 31), today)).toMatch(/2025/);
		expect(listTime(at(2031, 1, 1), today)).toMatch(/2031/);
	});

	it('of a device whose clock ran ahead read as today', () => {
		expect(listTime(at(2026, 11, 21, 1), today)).toMatch(/01|1/);
	});
});

describe('in a sentence', () => {
	it('today is the clock alone', () => {
		expect(sentenceTime(at(2026, 11, 20, 7), today)).toBe(clockTime(at(2026, 11, 20, 7)));
	});

	it('another day stands with its year, joined to the clock as the language joins them', () => {
		const day = at(2026, 11, 19, 7);
		const joined = new Intl.DateTimeFormat(text.locale, { dateStyle: 'long', timeStyle: 'short' });
		expect(sentenceTime(day, today)).toBe(joined.format(day));
		expect(sentenceTime(day, today)).toMatch(/2026/);
	});
});
