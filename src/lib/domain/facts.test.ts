import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALICE, arbitraryShuffle } from './entries.fixture';
import { encodeSetBody } from './bodies';
import { foldFacts, supersedes } from './facts';
import { KIND, type Entry } from './entry';
import type { AnyValue } from './boundedAny';

const set = (client: number, s: number, ms: number, key: string, value: AnyValue): Entry => ({
	version: 0,
	kind: KIND.set,
	author: ALICE,
	segment: 0,
	client,
	s,
	stamp: { ms, counter: 0 },
	body: encodeSetBody({ key, value })
});

const plain = (entries: Iterable<Entry>) =>
	Object.fromEntries([...foldFacts(entries)].map(([key, { value }]) => [key, value]));

describe('the fold of facts', () => {
	it('holds the latest value of each key; ties go to the larger client id, then the larger s', () => {
		expect(plain([set(1, 0, 9, 'a', 'late'), set(2, 0, 5, 'a', 'early')])).toEqual({ a: 'late' });
		expect(plain([set(2, 0, 5, 'a', 'two'), set(1, 0, 5, 'a', 'one')])).toEqual({ a: 'two' });
		expect(plain([set(1, 1, 5, 'a', 'second'), set(1, 0, 5, 'a', 'first')])).toEqual({ a: 'second' });
	});

	it('gives the same facts whatever the order, with or without repeats', () => {
		const some = fc
			.array(
				fc.tuple(
					fc.integer({ min: 1, max: 3 }),
					fc.integer({ min: 1, max: 4 }),
					fc.constantFrom('a', 'b', 'c')
				),
				{ maxLength: 20 }
			)
			.map((drafts) => drafts.map(([client, ms, key], s) => set(client, s, ms, key, s)));
		fc.assert(
			fc.property(
				some.chain((entries) => fc.tuple(fc.constant(entries), arbitraryShuffle(entries))),
				([entries, shuffled]) => {
					expect(foldFacts([...shuffled, ...entries])).toEqual(foldFacts(entries));
				}
			)
		);
	});

	it('keeps a fact that was taken back, so that an older one stays so', () => {
		expect(plain([set(1, 1, 9, 'a', null), set(1, 0, 5, 'a', 'old')])).toEqual({ a: null });
	});

	it('passes over other kinds, later versions, erased entries and junk', () => {
		const fine = set(1, 0, 5, 'a', 1);
		expect(
			plain([
				{ ...fine, kind: 200 },
				{ ...fine, version: 1 },
				{ ...fine, body: undefined },
				{ ...fine, body: Uint8Array.of(0, 1) }
			])
		).toEqual({});
	});

	it('never supersedes both ways', () => {
		const a = { stamp: { ms: 1, counter: 0 }, client: 1, s: 0 };
		expect(supersedes(a, a)).toBe(false);
		expect(supersedes({ ...a, s: 1 }, a)).toBe(true);
	});
});
