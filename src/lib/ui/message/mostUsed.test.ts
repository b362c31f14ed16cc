import { expect, it } from 'vitest';
import { mostUsed } from './mostUsed';

const reaction = (emoji: string, count: number, own = false) => ({
	emoji,
	own,
	names: Array.from({ length: count }, (_, i) => `Person ${i}`)
});

it('of many reactions those of the most people are shown, one’s own among them', () => {
	const many = [
		reaction('a', 1),
		reaction('b', 2),
		reaction('c', 1, true),
		reaction('d', 1),
		reaction('e', 3)
	];
	expect([...mostUsed(many, { max: 3, pressed: [] })].sort()).toEqual(['b', 'c', 'e']);
	expect(mostUsed(many, { max: 9, pressed: [] }).size).toBe(5);
});

it('of equal ones the earlier are shown, so that none takes the place of another as more come', () => {
	const some = Array.from({ length: 300 }, (_, i) => reaction(String(i), 1));
	expect([...mostUsed(some, { max: 3, pressed: [] })]).toEqual(['0', '1', '2']);
});

it('one that was pressed here stays, though it is one’s own no longer', () => {
	const many = [reaction('a', 3), reaction('b', 2), reaction('c', 1)];
	expect([...mostUsed(many, { max: 2, pressed: ['c'] })].sort()).toEqual(['a', 'c']);
});
