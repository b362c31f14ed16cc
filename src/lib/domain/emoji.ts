import { EMOJI_BYTES_MAX } from './limits';

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
/** Unassigned code points count as visible: the next version of Unicode draws them. */
const VISIBLE = /[^\p{Cc}\p{Cf}\p{Cs}\p{Z}\p{M}]/u;

/**
 * True if the text may be a reaction: one grapheme (Unicode Annex #29) that shows something, of at most
 * EMOJI_BYTES_MAX bytes of UTF-8. Any such will do: what counts as an emoji grows with each Unicode version, and two
 * devices must agree on it.
 */
export function isEmoji(text: string): boolean {
	if (text.length > EMOJI_BYTES_MAX || !VISIBLE.test(text) || utf8Length(text) > EMOJI_BYTES_MAX)
		return false;
	if ([...text].length === 1) return true;
	const [first, second] = graphemes.segment(text);
	return first !== undefined && second === undefined;
}

/** Bytes of UTF-8; a lone surrogate counts the 3 of the replacement character that is written for it. */
function utf8Length(text: string): number {
	let length = 0;
	for (const character of text) {
		const code = character.codePointAt(0)!;
		length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
	}
	return length;
}
