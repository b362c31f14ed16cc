import { expect, it } from 'vitest';
import { group as ar } from './ar/group';
import { group as de } from './de/group';
import { group as en } from './en/group';

it('of a link that nobody has used it is said that it is not used yet, and of one with an end how often it may be', () => {
	expect(en.linkUsed(0, undefined)).toBe('not used yet');
	expect(en.linkUsed(1, undefined)).toBe('used 1 time');
	expect(en.linkUsed(0, 10)).toBe('used 0 of 10');
	expect(de.linkUsed(0, undefined)).toBe('noch nicht benutzt');
	expect(ar.linkUsed(0, undefined)).toBe('لم يُستخدم بعد');
});
