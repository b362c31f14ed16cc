import { describe, expect, it } from 'vitest';
import { en } from './en';
import { leaves, pathsIn, readers, unused } from './keyUses.fixture';

describe('the catalogue', () => {
	it('has no word that nobody uses', () => {
		expect(unused(en, readers())).toEqual([]);
	});

	it('is searched for by whole paths, by aliases, and by what stands above the words', () => {
		const source = `
			const words = text.group;
			said(words.rename, text.state[state], text.entry.problem.server, other.text.lost, { words: 1 });
		`;
		expect(pathsIn(source)).toEqual(['group.rename', 'state', 'entry.problem.server']);
		expect(unused({ group: { rename: 'a', name: 'b' }, state: { sent: 'c' } }, [source])).toEqual([
			'group.name'
		]);
		expect(leaves({ a: { b: () => 'c', d: 'e' }, f: 'g' })).toEqual(['a.b', 'a.d', 'f']);
	});
});
