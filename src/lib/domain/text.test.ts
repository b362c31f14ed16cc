import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanName, isBlank, shownText, textPreview } from './text';

const arbitraryText = fc
	.array(
		fc.oneof(
			fc.string({ unit: 'grapheme' }),
			fc.constantFrom(
				'\u202e',
				'\u202a',
				'\u202c',
				'\u2066',
				'\u2067',
				'\u2068',
				'\u2069',
				'\ud800',
				'\udc00'
			),
			fc.constantFrom(
				'\0',
				'\x1b',
				'\x7f',
				'\x9b',
				'\r',
				'\r\n',
				'\u2028',
				'\u0085',
				'\t',
				'\n',
				'👨‍👩‍👧',
				'אב',
				'\u200f'
			)
		)
	)
	.map((parts) => parts.join(''));

/** How many isolates a line leaves open; -1 if it ends one that it did not begin. */
function openIsolates(line: string): number {
	let open = 0;
	for (const character of line) {
		if (/[\u2066-\u2068]/.test(character)) open++;
		if (character === '\u2069' && --open < 0) return -1;
	}
	return open;
}

describe('a text that is shown', () => {
	it('is well formed, without controls and overrides, and ends its isolates on each line', () => {
		fc.assert(
			fc.property(arbitraryText, (text) => {
				const shown = shownText(text);
				expect(shown.isWellFormed()).toBe(true);
				expect(shown.replace(/[\t\n]/g, '')).not.toMatch(/[\p{Cc}\u202a-\u202e\u2028\u2029]/u);
				for (const line of shown.split('\n')) expect(openIsolates(line)).toBe(0);
				expect(shownText(shown)).toBe(shown);
			}),
			{ numRuns: 500 }
		);
	});

	it('is as it was written where there is nothing to mend', () => {
		for (const text of [
			'Hé\n\tthere',
			'שלום \u200fעולם',
			'👨‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿',
			'a\u2067ב\u2069c',
			'  two  blanks ',
			'می\u200cخواهم'
		])
			expect(shownText(text)).toBe(text);
	});

	it.each([
		['a\x1b[31mb', 'a␛[31mb'],
		['\0\x7f\x9b', '␀␡\ufffd'],
		['one\r\ntwo\rthree\u2028four', 'one\ntwo\nthree\nfour'],
		['safe\u202egpj.exe', 'safegpj.exe'],
		['a\u2067b\nc\u2069d', 'a\u2067b\u2069\ncd'],
		['\ud83da\udc4d', '\ufffda\ufffd'],
		['', '␣'],
		[' \n\t', '␣'],
		['\u200b\u2060\ufeff', '␣'],
		['\u202e\u2067', '␣'],
		[' \x07 ', ' ␇ ']
	])('%j reads %j', (text, shown) => {
		expect(shownText(text)).toBe(shown);
	});
});

describe('a preview', () => {
	it('is one line within its length, well formed, whatever the text', () => {
		fc.assert(
			fc.property(arbitraryText, fc.integer({ min: 2, max: 30 }), (text, max) => {
				const preview = textPreview(text, max);
				expect(preview).not.toMatch(/[\n\t]/);
				expect(preview.isWellFormed()).toBe(true);
				expect(openIsolates(preview)).toBe(0);
				expect(preview.replace(/\u2069/g, '').length).toBeLessThanOrEqual(max);
			}),
			{ numRuns: 500 }
		);
	});

	it('says by an ellipsis that there is more', () => {
		expect(textPreview('one\n two', 7)).toBe('one two');
		expect(textPreview('one two three', 8)).toBe('one two…');
		expect(textPreview('👍👍👍', 4)).toBe('👍…');
		expect(textPreview(`a${' '.repeat(100)}b`, 5)).toBe('a…');
		expect(textPreview('', 5)).toBe('');
		expect(textPreview('\u3164', 5)).toBe('␣');
		expect(textPreview(`${' '.repeat(100)}b`, 5)).toBe('␣…');
	});

	it.each([
		['Bring **two** reels and `code`', 'Bring two reels and code'],
		['`a ** b` and `c ** d`', 'a ** b and c ** d'],
		['```\nnpm start\n```', 'npm start'],
		['2 ** 3 ** 4, snake_case_name, `loose', '2 ** 3 ** 4, snake_case_name, `loose'],
		['** and `` alone', '** and `` alone'],
		['` `', '␣']
	])('shows the words of %j without the marks around them', (text, shown) =>
		expect(textPreview(text, 100)).toBe(shown)
	);
});

describe('a blank text', () => {
	it.each([
		'',
		' \n\t',
		'\u200b\u200d',
		'\u2800',
		'\u3164',
		'\u00a0',
		'\ud800',
		'\ufe0f',
		'\0',
		'\u2065\ufff0',
		'\u{e0000}',
		'\u{1d159}'
	])('is %j', (text) => {
		expect(isBlank(text)).toBe(true);
	});

	it.each(['a', '👍', '0', '.', 'ה', '️1️⃣'])('is not %j', (text) => expect(isBlank(text)).toBe(false));
});

describe('a name', () => {
	it.each([
		['  Ada \n Lovelace ', 'Ada Lovelace'],
		['A\u202eda\u2066\0', 'Ada'],
		['e\u0301', 'é'],
		['می\u200cخواهم', 'می\u200cخواهم'],
		['👨‍👩‍👧', '👨‍👩‍👧'],
		['\u200b\u00ad\u200d', ''],
		['\ud800x', '\ufffdx']
	])('%j reads %j', (name, clean) => {
		expect(cleanName(name, 64)).toBe(clean);
	});

	it('is cut between characters', () => {
		expect(cleanName('ab👍', 3)).toBe('ab');
		expect(cleanName('👨‍👩', 3)).toBe('👨');
		expect(cleanName('a'.repeat(1_000), 64)).toHaveLength(64);
	});

	it('is clean whatever was given, and stays as it is', () => {
		fc.assert(
			fc.property(arbitraryText, (name) => {
				const clean = cleanName(name, 20);
				expect(clean.length).toBeLessThanOrEqual(20);
				expect(clean.isWellFormed()).toBe(true);
				expect(cleanName(clean, 20)).toBe(clean);
			}),
			{ numRuns: 500 }
		);
	});
});

describe('long and hostile texts', () => {
	// A step that is not linear would take minutes for these.
	it.each([
		['emoji', '👨‍👩‍👧‍👦'.repeat(40_000)],
		['blanks', ' '.repeat(1_000_000)],
		['isolates', '\u2067'.repeat(1_000_000)],
		['isolates on many lines', '\u2067\u2069\u2069\n'.repeat(250_000)],
		['lone surrogates', '\ud83d'.repeat(1_000_000)],
		['controls', '\0\r\x9b'.repeat(300_000)],
		['joiners', '\u200d'.repeat(1_000_000)]
	])('of %s are done at once', (_name, text) => {
		expect(shownText(text).isWellFormed()).toBe(true);
		expect(textPreview(text, 100).length).toBeLessThanOrEqual(200);
		expect(cleanName(text, 64).length).toBeLessThanOrEqual(64);
		expect(typeof isBlank(text)).toBe('boolean');
	});
});
