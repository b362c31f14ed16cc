/**
 * Marks that people leave out: accents of letters (Unicode gives them no script of their own), Hebrew and Arabic vowel
 * points, Cyrillic and Syriac ones. The vowels of Indic, Thai and other scripts are marks too, and spell another name, as
 * do the voicing marks of Kana.
 */
const ACCENTS =
	/(?=\p{M})(?![\u3099\u309a])[\p{sc=Zinh}\p{sc=Latn}\p{sc=Grek}\p{sc=Cyrl}\p{sc=Hebr}\p{sc=Arab}\p{sc=Syrc}]/gu;

/** A name in one case and without accents, of whatever width its letters are. */
export const withoutAccents = (name: string): string =>
	name.normalize('NFKD').replace(ACCENTS, '').toLowerCase().normalize('NFC');
