/**
 * How names are compared when people are looked for: without case and accents, in any script. The same on a device as
 * on the server, whose tables hold what `searchKey` gives.
 */
import type { Person } from './people';
import { withoutAccents } from './withoutAccents';

/** Letters that stand for others when one types without them, beside those that Unicode takes apart. */
const FOLDED: Readonly<Record<string, string>> = {
	ß: 'ss',
	ς: 'σ',
	ı: 'i',
	ø: 'o',
	đ: 'd',
	ł: 'l',
	æ: 'ae',
	œ: 'oe',
	ð: 'd',
	þ: 'th',
	ħ: 'h'
};
const FOLDABLE = new RegExp(`[${Object.keys(FOLDED).join('')}]`, 'gu');

/** A name, or what is typed to find one, as it is compared. */
export const searchKey = (name: string): string =>
	withoutAccents(name)
		.replace(FOLDABLE, (letter) => FOLDED[letter]!)
		.trim();

/** Letters that people write as two where their keyboard has no marks. */
const SPELT_OUT: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ø: 'oe', å: 'aa' };
const SPELLABLE = new RegExp(`[${Object.keys(SPELT_OUT).join('')}]`, 'gu');
/** Signs within a name that people leave out: apostrophes, hyphens, and what parts a username. */
const JOINT = /(?<=[\p{L}\p{M}\p{N}])['’‘ʼʻ`´‐‑._-](?=[\p{L}\p{N}])/gu;

const speltOut = (word: string): string => word.replace(SPELLABLE, (letter) => SPELT_OUT[letter]!);

/** How else the words of these names are written by whoever looks for them, as keys: "oneil" of O’Neil. */
export const otherSpellings = (names: string): string =>
	names
		.normalize('NFC')
		.toLowerCase()
		.split(/\s+/)
		.flatMap((word) => {
			const spelt = speltOut(word);
			const keys = [word, word.replace(JOINT, ''), spelt, spelt.replace(JOINT, '')].map(searchKey);
			return [...new Set(keys)].slice(1);
		})
		.join(' ');

/** The words of a search key. */
export const wordsOf = (key: string): string[] => key.split(/[^\p{L}\p{M}\p{N}\p{Co}]+/u).filter(Boolean);

/** Letters of a run that an index of runs knows: shorter ones are looked for where words begin. */
const RUN_LENGTH = 3;
/** Scripts that set no spaces between words: there a name's second letter may begin what is looked for. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]/u;

/** Long enough to be looked for inside of words. */
export const isRun = (word: string): boolean => [...word].length >= RUN_LENGTH;

/** True if these words may be looked for inside of names, and not where words begin alone. */
export const looksInside = (words: readonly string[]): boolean =>
	words.some((word) => isRun(word) || UNSPACED.test(word));

/** What a person typed to find somebody, as it is compared. */
export interface Typed {
	readonly key: string;
	/** Its words, and the same spelt out as keyboards without marks have them: "müller" finds Mueller too. */
	readonly spellings: readonly (readonly string[])[];
}

/** People write `@alice` too. */
export function asTyped(typed: string): Typed {
	const keys = [typed, speltOut(typed.normalize('NFC').toLowerCase())].map((each) =>
		searchKey(each).replace(/^@/, '')
	);
	return { key: keys[0]!, spellings: [...new Set(keys)].map(wordsOf) };
}

/**
 * How well somebody fits what was typed: 0 if their username begins so, 1 if each word begins one of their names, in one
 * spelling, 2 if their names hold each word as it was typed; undefined if not.
 */
export function searchRank(
	{ key, spellings }: Typed,
	{ username, displayName }: Pick<Person, 'username' | 'displayName'>
): 0 | 1 | 2 | undefined {
	const handle = searchKey(username);
	if (handle.startsWith(key)) return 0;
	const [asked = []] = spellings;
	if (asked.length === 0) return undefined;
	const others = otherSpellings(`${username} ${displayName}`);
	const names = `${handle} ${searchKey(displayName)} ${others}`;
	const words = wordsOf(names);
	const begins = (part: string): boolean => words.some((word) => word.startsWith(part));
	if (spellings.some((spelling) => spelling.every(begins))) return 1;
	return looksInside(asked) && asked.every((part) => names.includes(part)) ? 2 : undefined;
}
