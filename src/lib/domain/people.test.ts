import { expect, it } from 'vitest';
import { isGone, readPerson } from './people';

it.each(['', '\u3164', '\u2065\u200b', '\u{e0100}'])(
	'a person whose name %j shows nothing is shown by their username',
	(displayName) => {
		expect(readPerson({ username: 'wanda', displayName })).toEqual({
			username: 'wanda',
			displayName: 'wanda'
		});
	}
);

it('a person who has deleted their account has no name at all', () => {
	const gone = readPerson({ username: '', displayName: '' });
	expect(gone).toEqual({ username: '', displayName: '' });
	expect(gone && isGone(gone)).toBe(true);
});
