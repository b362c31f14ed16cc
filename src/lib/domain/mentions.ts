/** Whether a message names a person: `@` and one of their names, as they may be typed. */
import type { Person } from './people';

/** A letter or digit there: the name is a part of something longer, as in `rope@alice` and `@alice.smith`. */
const GOES_ON = /^(?:[\p{L}\p{M}\p{N}_]|[.-][\p{L}\p{N}])/u;
const COMES_BEFORE = /[\p{L}\p{M}\p{N}_.@-]$/u;

export function mentions(text: string, { username, displayName }: Pick<Person, 'username' | 'displayName'>) {
	if (!text.includes('@')) return false;
	const said = comparable(text);
	return [username, displayName].some((name) => isNamed(said, comparable(name)));
}

const comparable = (text: string): string => text.normalize('NFC').toLowerCase();

function isNamed(said: string, name: string): boolean {
	if (name.trim() === '') return false;
	const sign = `@${name}`;
	for (let at = said.indexOf(sign); at >= 0; at = said.indexOf(sign, at + 1)) {
		if (!COMES_BEFORE.test(said.slice(0, at)) && !GOES_ON.test(said.slice(at + sign.length))) return true;
	}
	return false;
}
