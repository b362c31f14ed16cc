import { describe, expect, it } from 'vitest';
import { searchKey, searchRank, asTyped, wordsOf } from './nameSearch';

const person = (username: string, displayName = username) => ({ username, displayName });
const rank = (typed: string, ...names: [string, string?]) => searchRank(asTyped(typed), person(...names));

describe('a search key', () => {
	it.each([
		['José', 'jose'],
		['ÅNGSTRÖM', 'angstrom'],
		['Straße', 'strasse'],
		['İstanbul ılık', 'istanbul ilik'],
		['Søren Łukasz Æthelred', 'soren lukasz aethelred'],
		['ΣΟΦΟΣ', 'σοφοσ'],
		['ＡＬＩＣＥ', 'alice'],
		['Жанна', 'жанна'],
		['Ёлка', 'елка'],
		['김민준', '김민준'],
		['أحمد', 'احمد'],
		['مُحَمَّد', 'محمد'],
		['שָׁלוֹם', 'שלום'],
		['रामा', 'रामा'],
		['กาญจนา สุดี', 'กาญจนา สุดี'],
		['がき', 'がき'],
		['ｶﾞｷ', 'ガキ']
	])('of %s is %s', (name, key) => expect(searchKey(name)).toBe(key));

	it.each(['0a3c', '093c', '0b82', '0e3a', '0bcd', '1a7f', '0e4d', '0f35', '17d1', '3099', '0301'])(
		'is the same with a mark of another script, U+%s, which one takes for a dot',
		(code) => {
			const mark = String.fromCodePoint(parseInt(code, 16));
			expect([`alice${mark}`, `al${mark}ice`, `а${mark}`, `ר${mark}`].map(searchKey)).toEqual(
				['alice', 'alice', 'а', 'ר'].map(searchKey)
			);
			expect(searchKey(`राम${code === '093c' ? '' : mark}`)).toBe('राम');
		}
	);

	it('has the words that signs part', () => {
		expect(wordsOf(searchKey('anna.lee-smith_3 (Ann)'))).toEqual(['anna', 'lee', 'smith', '3', 'ann']);
		expect(wordsOf(searchKey('%._ -'))).toEqual([]);
	});
});

describe('somebody is found', () => {
	it('first by how their username begins, then by words, then inside of words', () => {
		expect(rank('ali', 'alice')).toBe(0);
		expect(rank('@ALÍ', 'alice')).toBe(0);
		expect(rank('ang', 'alice', 'Alice Ångström')).toBe(1);
		expect(rank('ngstr', 'alice', 'Alice Ångström')).toBe(2);
		expect(rank('bob', 'alice', 'Alice Ångström')).toBeUndefined();
	});

	it('by several words in any order, each beginning another of their names', () => {
		expect(rank('smith ann', 'anna', 'Anna Smith')).toBe(1);
		expect(rank('smith bob', 'anna', 'Anna Smith')).toBeUndefined();
		expect(rank('mith an', 'anna', 'Anna Smith')).toBe(2);
	});

	it('by one or two letters only where words begin, but in scripts that set no spaces', () => {
		expect(rank('ic', 'alice')).toBeUndefined();
		expect(rank('小明', 'wxm', '王小明')).toBe(2);
		expect(rank('王', 'wxm', '王小明')).toBe(1);
	});

	it.each([
		['oneil', 'O’Neil'],
		["o'neil", "O'Neil"],
		['neil', 'O’Neil'],
		['annalena', 'Anna-Lena'],
		['mueller', 'Müller'],
		['muller', 'Müller'],
		['mueller', 'Mu\u0308ller'],
		['weissgaerber', 'Weißgärber'],
		['soeren', 'Søren'],
		['aase', 'Åse'],
		['muellerluedenscheidt', 'Müller-Lüdenscheidt'],
		['muller lud', 'Müller-Lüdenscheidt'],
		['Müller', 'Mueller'],
		['mu\u0308l', 'Mueller'],
		['Søren', 'Soeren']
	])('as people spell it who have no such signs: %s finds %s', (typed, name) => {
		expect(rank(typed, 'xyz', name)).toBe(1);
	});

	it('by their username without what parts it', () => {
		expect(rank('zoraquix', 'zora.quixote', 'Z')).toBe(1);
		expect(rank('annalee', 'anna_lee', 'A')).toBe(1);
	});

	it('with the vowels of their name, where a script writes them as marks', () => {
		expect(rank('रा', 'xyz', 'सीता राम')).toBe(1);
		expect(rank('रामा', 'xyz', 'सीता राम')).toBeUndefined();
		expect(rank('री', 'xyz', 'सीता राम')).toBeUndefined();
		expect(rank('สุ', 'xyz', 'กาญจนา สุดี')).toBe(1);
		expect(rank('かき', 'xyz', 'がき')).toBeUndefined();
	});

	it('by no spelling but those', () => {
		expect(rank('mueller', 'xyz', 'Muller')).toBeUndefined();
		expect(rank('oneil', 'xyz', 'O Neil')).toBeUndefined();
	});

	it('by nothing typed, and not by signs alone', () => {
		expect(rank('', 'alice')).toBe(0);
		expect(rank('%', 'alice')).toBeUndefined();
	});
});
