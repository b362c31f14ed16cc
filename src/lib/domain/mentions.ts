/** Whether a message names a person: `@` and one of their names, as they may be typed. */
import { DISPLAY_NAME_MAX } from './limits';
import type { Person } from './people';

/** A letter or digit there: the name is a part of something longer, as in `rope@alice` and `@alice.smith`. */
const GOES_ON = /^(?:[\p{L}\p{M}\p{N}_]|[.-][\p{L}\p{N}])/u;
const COMES_BEFORE = /[\p{L}\p{M}\p{N}_.@-]$/u;

/** So much of a text as the longest name takes, with each of its letters in four parts, and what stands behind it. */
const REACH = 4 * DISPLAY_NAME_MAX + 8;

/** A text is never composed as a whole: marks in another order than Unicode's take as long as the square of their number. */
export function mentions(text: string, { username, displayName }: Pick<Person, 'username' | 'displayName'>) {
	const names = [username, displayName].map(comparable).filter((name) => name.trim());
	for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
		if (COMES_BEFORE.test(text.slice(at > 1 ? at - 2 : 0, at))) continue;
		const said = comparable(text.slice(at + 1, at + REACH));
		if (names.some((name) => said.startsWith(name) && !GOES_ON.test(said.slice(name.length)))) return true;
	}
	return false;
}

const comparable = (text: string): string => text.normalize('NFC').toLowerCase();
