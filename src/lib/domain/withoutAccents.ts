/** Below stand accents, Hebrew and Arabic vowel points and the like, which people leave out. */
const FIRST_SPELLING = 0x780;

/** Unicode gives each script that spells with marks (vowels, mostly) its letters and marks within so many bits. */
const BLOCK_BITS = 8;

/**
 * A name in one case and without accents, of whatever width its letters are. A mark stays behind a letter of its own part
 * of Unicode alone: under a Latin letter a dot of Gurmukhi is seen as its own.
 */
export function withoutAccents(name: string): string {
	let block = 0;
	const kept = [...name.normalize('NFKD')].filter((sign) => {
		const code = sign.codePointAt(0)!;
		if (/\p{M}/u.test(sign)) return code >= FIRST_SPELLING && code >> BLOCK_BITS === block;
		block = /\p{L}/u.test(sign) ? code >> BLOCK_BITS : 0;
		return true;
	});
	return kept.join('').toLowerCase().normalize('NFC');
}
