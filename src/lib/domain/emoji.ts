import { graphemesOf } from './graphemes';
import { EMOJI_BYTES_MAX } from './limits';

/** Unassigned code points count as visible: the next version of Unicode draws them. */
const VISIBLE = /[^\p{Cc}\p{Cf}\p{Cs}\p{Z}\p{M}]/u;

/**
 * True if the text may be a reaction: one grapheme (Unicode Annex #29) that shows something, of at most
 * EMOJI_BYTES_MAX bytes of UTF-8. Any such will do: what counts as an emoji grows with each Unicode version, and two
 * devices must agree on it.
 */
export function isEmoji(text: string): boolean {
	if (text.length > EMOJI_BYTES_MAX || !VISIBLE.test(text)) return false;
	// A lone surrogate counts the 3 bytes of the replacement character that is written for it.
	if (new TextEncoder().encode(text).length > EMOJI_BYTES_MAX) return false;
	if ([...text].length === 1) return true;
	const [first, second] = graphemesOf(text);
	return first !== undefined && second === undefined;
}
