import { describe, expect, it } from 'vitest';
import { isolated } from './isolated';
import { sentencesIn } from './sentences';

describe('a name in a sentence', () => {
	it('is closed in if it runs the other way', () => {
		expect(isolated('ليلى', 'ltr')).toBe('\u2068ليلى\u2069');
		expect(isolated('Bob 2', 'rtl')).toBe('\u2068Bob 2\u2069');
	});

	it('stays as it is if it runs the same way', () => {
		expect(isolated('Bob 2', 'ltr')).toBe('Bob 2');
		expect(isolated('ليلى منصور', 'rtl')).toBe('ليلى منصور');
	});
});

describe('what is counted', () => {
	it('has each of the six forms of Arabic', () => {
		const { counted } = sentencesIn('ar');
		const form = counted({ zero: '0', one: '1', two: '2', few: 'few', many: 'many', other: 'other' });
		expect([0, 1, 2, 3, 11, 100].map((n) => form(n))).toEqual(['0', '1', '2', 'few', 'many', 'other']);
	});

	it('has its names in their places, and is written as the language writes numbers', () => {
		const { counted, say } = sentencesIn('de');
		const erased = counted({ one: '{$done} von {$n} Raum', other: '{$done} von {$n} Räumen' });
		expect(erased(12_000, { done: 1 })).toBe('1 von 12.000 Räumen');
		expect(say`${1_234_567} für ${'ليلى'}`).toBe('1.234.567 für \u2068ليلى\u2069');
	});

	it('demands all the forms of its language and what stands in them', () => {
		const { counted } = sentencesIn('ar');
		// @ts-expect-error: the form for two is missing.
		counted({ zero: '', one: '', few: '', many: '', other: '' });
		const { counted: inEnglish } = sentencesIn('en');
		const erased = inEnglish({ one: '{$done} of {$n} room', other: '{$done} of {$n} rooms' });
		// @ts-expect-error: what is done is missing.
		const missing = () => erased(2);
		expect(missing).toBeTypeOf('function');
	});
});
