/**
 * Scripts whose marks spell a name, as vowels mostly. Those of others (accents, Hebrew and Arabic vowel points, …) are
 * what people leave out.
 */
const SPELT_WITH_MARKS = [
	...[
		'Deva',
		'Beng',
		'Guru',
		'Gujr',
		'Orya',
		'Taml',
		'Telu',
		'Knda',
		'Mlym',
		'Sinh',
		'Thai',
		'Laoo',
		'Tibt',
		'Mymr'
	],
	...['Khmr', 'Thaa', 'Mong', 'Java', 'Bali', 'Sund', 'Cham', 'Lana', 'Tglg', 'Limb', 'Lepc', 'Mtei', 'Cakm']
];
/** A mark spells behind a letter of its own script alone: under a Latin one a dot of Gurmukhi is seen as its own. */
const SPELLS = SPELT_WITH_MARKS.map((script) => `(?<=(?=\\p{L})\\p{sc=${script}}\\p{M}*)\\p{sc=${script}}`);
/** The voicing marks of Kana have no script of their own. */
const VOICES = '(?<=[\\p{sc=Hira}\\p{sc=Kana}])[\\u3099\\u309a]';
const LEFT_OUT = new RegExp(`(?=\\p{M})(?!${[...SPELLS, VOICES].join('|')})\\p{M}`, 'gu');

/** A name in one case and without accents, of whatever width its letters are. */
export const withoutAccents = (name: string): string =>
	name.normalize('NFKD').replace(LEFT_OUT, '').toLowerCase().normalize('NFC');
