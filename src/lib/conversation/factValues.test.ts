import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareFactValues } from './factValues';
import type { AnyValue } from '../domain/boundedAny';

describe('two values of facts', () => {
	it('say the same whatever the order of their keys', () => {
		expect(compareFactValues({ a: 1, b: [2, { c: null }] }, { b: [2, { c: null }], a: 1 })).toBe(true);
		expect(compareFactValues(Uint8Array.of(1, 2), Uint8Array.of(1, 2))).toBe(true);
	});

	it.each<[AnyValue, AnyValue]>([
		[1, '1'],
		[null, undefined],
		[[], {}],
		[[1], { 0: 1 }],
		[Uint8Array.of(1), [1]],
		[Uint8Array.of(1), Uint8Array.of(2)],
		[{ a: undefined }, {}],
		[{ a: 1 }, { a: 1, b: 2 }],
		[null, {}]
	])('differ: %j and %j', (a, b) => {
		expect(compareFactValues(a, b)).toBe(false);
		expect(compareFactValues(b, a)).toBe(false);
	});

	it('equal their own copy', () => {
		fc.assert(
			fc.property(fc.jsonValue(), (value) => {
				expect(compareFactValues(value as AnyValue, structuredClone(value) as AnyValue)).toBe(true);
			})
		);
	});
});
