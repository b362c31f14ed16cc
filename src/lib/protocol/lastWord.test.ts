import { expect, it } from 'vitest';
import { formatLastWord, readLastWord } from './lastWord';

it.each([
	{ reason: '0', word: { since: 0, has: new Map() } },
	{ reason: '1700000000000 7 2 2934857 26', word: { since: 1_700_000_000_000, has: new Map([[7, 2], [2934857, 26]]) } } // prettier-ignore
])('the last word "$reason" is written and read', ({ reason, word }) => {
	expect(formatLastWord(word)).toBe(reason);
	expect(readLastWord(reason)).toEqual(word);
});

it.each(['', 'no longer a member', '0 7', '0 7 2 8', '-1', '0 7 2 '])('"%s" is no last word', (reason) => {
	expect(readLastWord(reason)).toBeUndefined();
});
