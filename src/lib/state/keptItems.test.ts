import { expect, it } from 'vitest';
import { createKeptItems, createMadeItems } from './keptItems';

interface Item {
	readonly id: string;
	readonly text: string;
}
const item = (id: string, text: string): Item => ({ id, text });

it('gives the same array while nothing has changed', () => {
	const kept = createKeptItems<Item>();
	const first = kept([item('a', 'one'), item('b', 'two')]);
	expect(kept([item('a', 'one'), item('b', 'two')])).toBe(first);
});

it('gives only what has changed as another object', () => {
	const kept = createKeptItems<Item>();
	const [a, b] = kept([item('a', 'one'), item('b', 'two')]);
	const [nextA, nextB] = kept([item('a', 'one'), item('b', 'other')]);
	expect(nextA).toBe(a);
	expect(nextB).not.toBe(b);
	expect(nextB).toEqual({ id: 'b', text: 'other' });
});

it('tells a move from no change, and forgets what has gone', () => {
	const kept = createKeptItems<Item>();
	const [a, b] = kept([item('a', 'one'), item('b', 'two')]);
	const moved = kept([item('b', 'two'), item('a', 'one')]);
	expect(moved).toEqual([b, a]);
	expect(moved[1]).toBe(a);
	expect(kept([item('a', 'one')])).toEqual([a]);
});

it('makes an item again only once one of the values that it is made from is another', () => {
	const made = createMadeItems<Item>();
	let count = 0;
	const make = (text: string) => made('a', [text, 1], () => item('a', `${text} ${++count}`));
	expect(make('one')).toBe(make('one'));
	expect(make('other')).toEqual({ id: 'a', text: 'other 2' });
	expect(make('one')).toEqual({ id: 'a', text: 'one 3' });
});
