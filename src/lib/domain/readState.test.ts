import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	coversReadState,
	decodeReadValue,
	joinReadState,
	NOTHING_READ,
	readKey,
	readStates,
	readValue,
	type ReadState
} from './readState';
import { BODY_BYTES_MAX, READ_PAIRS_MAX } from './limits';
import { encodeSetBody } from './bodies';
import { toHex } from './bytes.fixture';
import type { AnyValue } from './boundedAny';
import type { Facts } from './facts';

const arbitraryState: fc.Arbitrary<ReadState> = fc.record({
	epoch: fc.nat(2),
	through: fc.integer({ min: -1, max: 3 }),
	vectors: fc
		.array(fc.tuple(fc.nat(4), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 9 })))
		.map((triples) => {
			const vectors = new Map<number, Map<number, number>>();
			for (const [segment, client, clock] of triples)
				vectors.set(segment, new Map([...(vectors.get(segment) ?? []), [client, clock]]));
			return vectors;
		})
});

const facts = (values: Record<string, AnyValue>): Facts =>
	new Map(
		Object.entries(values).map(([key, value]) => [
			key,
			{ value, stamp: { ms: 1, counter: 0 }, client: 1, s: 0 }
		])
	);

describe('a read state', () => {
	it('has this value, and these bytes', () => {
		const state = { epoch: 1, through: 4, vectors: new Map([[5, new Map([[7, 12]])]]) };
		expect(readValue(state)).toEqual({ e: 1, v: { 5: [7, 12] }, t: 4 });
		expect(toHex(encodeSetBody({ key: 'k', value: readValue(state) }))).toBe(
			'00750277016b76030165' + '7d01' + '0176' + '7601' + '0135' + '7502' + '7d07' + '7d0c' + '0174' + '7d04'
		);
		expect(readValue(NOTHING_READ)).toEqual({ e: 0, v: {} });
	});

	it('reads back as it was written', () => {
		fc.assert(
			fc.property(arbitraryState, (state) => {
				expect(decodeReadValue(readValue(state))).toEqual(state);
			})
		);
	});

	it('joins the same whatever the order and the repeats, and covers what it was joined from', () => {
		fc.assert(
			fc.property(arbitraryState, arbitraryState, arbitraryState, (a, b, c) => {
				const joined = joinReadState(a, b);
				expect(joinReadState(b, a)).toEqual(joined);
				expect(joinReadState(joined, b)).toEqual(joined);
				expect(joinReadState(joined, c)).toEqual(joinReadState(a, joinReadState(b, c)));
				expect(coversReadState(joined, a) && coversReadState(joined, b)).toBe(true);
				if (coversReadState(a, b)) expect(joined).toEqual(a);
			})
		);
	});

	it('of a higher epoch holds alone', () => {
		const read = { epoch: 0, through: 9, vectors: new Map([[10, new Map([[1, 8]])]]) };
		const unread = { epoch: 1, through: 2, vectors: new Map() };
		expect(joinReadState(read, unread)).toEqual(unread);
	});

	it('is joined for each conversation from the facts of all devices', () => {
		const states = readStates(
			facts({
				[readKey('c1', 'phone')]: { e: 0, v: { 0: [1, 4] } },
				[readKey('c1', 'laptop')]: { e: 0, v: { 0: [1, 2, 2, 6] } },
				[readKey('c2', 'phone')]: { e: 3, v: {}, t: 0 },
				[readKey('c3', 'phone')]: null,
				'draft/c1/phone': { e: 0, v: {} },
				'read/c4': { e: 0, v: {} }
			})
		);
		expect([...states.keys()]).toEqual(['c1', 'c2']);
		expect(states.get('c1')?.vectors.get(0)).toEqual(
			new Map([
				[1, 4],
				[2, 6]
			])
		);
		expect(states.get('c2')).toMatchObject({ epoch: 3, through: 0 });
	});

	it('leaves out what it cannot read', () => {
		for (const value of [null, 5, [], {}, { e: 1 }, { e: -1, v: {} }, { e: 0.5, v: {} }, { e: 0, v: [1] }])
			expect(decodeReadValue(value)).toBeUndefined();
		const odd = { e: 0, v: { x: [1, 2], '-1': [1, 2], '01': [1, 2], 1: [1], 2: [1, 2], 3: [] }, t: 'x' };
		expect(decodeReadValue(odd)).toEqual({
			epoch: 0,
			through: -1,
			vectors: new Map([[2, new Map([[1, 2]])]])
		});
	});

	it('keeps to its limit by leaving out the oldest segments', () => {
		const wide = (segment: number): [number, Map<number, number>] => [
			segment,
			new Map(Array.from({ length: 10 }, (_, i) => [2 ** 32 - 1 - i, 2 ** 31 - 2]))
		];
		const vectors = new Map(
			Array.from({ length: READ_PAIRS_MAX }, (_, segment) => wide(999_990_000 + segment))
		);
		const state = decodeReadValue(readValue({ epoch: 0, through: 999_999_998, vectors }));
		expect(state?.vectors.size).toBe(READ_PAIRS_MAX / 10);
		expect(state?.vectors.has(999_990_000 + READ_PAIRS_MAX - 1)).toBe(true);
		const narrow = new Map(
			[...vectors].map(([segment, vector]) => [segment, new Map([...vector].slice(0, 1))])
		);
		const key = readKey(`d-${'a'.repeat(16)}-${'b'.repeat(16)}`, 'd'.repeat(36));
		const body = encodeSetBody({
			key,
			value: readValue({ epoch: 0, through: 999_999_998, vectors: narrow })
		});
		expect(body.length).toBeLessThanOrEqual(BODY_BYTES_MAX);
	});
});
