import { graphemesOf } from '../../domain/graphemes';

/** One or two letters that stand for a name in its swatch: of its first and its last word. Empty for an empty name. */
export function initials(name: string): string {
	const words = name.split(/[\s._-]+/u).filter((word) => /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(word));
	const chosen = words.length > 1 ? [words[0]!, words.at(-1)!] : words;
	return chosen.map(firstLetter).join('').toLocaleUpperCase();
}

function firstLetter(word: string): string {
	const found = /[\p{L}\p{N}\p{Extended_Pictographic}].*/su.exec(word)?.[0] ?? '';
	const [first] = graphemesOf(found);
	return first?.segment ?? '';
}
