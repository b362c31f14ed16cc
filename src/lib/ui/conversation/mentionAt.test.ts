import { describe, expect, it } from 'vitest';
import { mentionable, mentionAt } from './mentionAt';

/** The bar is the caret. */
const at = (typed: string) => mentionAt(typed.replace('|', ''), typed.indexOf('|'));

describe('a mention is begun', () => {
	it.each([
		['@|', 0, ''],
		['@mi|', 0, 'mi'],
		['and (@Mi| there', 5, 'Mi'],
		['one\n@لي|', 4, 'لي']
	])('in %j', (typed, from, query) => {
		expect(at(typed)).toEqual({ from, query });
	});

	it.each(['|', 'rope@mi|', '@mira |', 'mira|', '@@mi|', '@mi ra|'])('not in %j', (typed) => {
		expect(at(typed)).toBeUndefined();
	});
});

describe('who is offered', () => {
	const people = [
		{ id: '1', username: 'tomas', displayName: 'Tomás Ferreira' },
		{ id: '2', username: 'amina', displayName: 'Amina Haddad' },
		{ id: '3', username: 'fe.linder', displayName: 'Tove Linder' }
	];
	const names = (query: string) => mentionable(query, people).map(({ username }) => username);

	it('begins with whose username begins so, then with other names', () => {
		expect(names('fe')).toEqual(['fe.linder', 'tomas']);
		expect(names('hadd')).toEqual(['amina']);
	});

	it('is everybody while no letter is typed, and nobody where no name fits', () => {
		expect(names('')).toEqual(['tomas', 'amina', 'fe.linder']);
		expect(names('zz')).toEqual([]);
	});

	it('is few of many', () => {
		const many = Array.from({ length: 50 }, (_, n) => ({
			id: `${n}`,
			username: `u${n}`,
			displayName: `U ${n}`
		}));
		expect(mentionable('u', many)).toHaveLength(6);
	});
});
