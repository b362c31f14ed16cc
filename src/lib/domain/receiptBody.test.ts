import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeReceiptBody, encodeReceiptBody } from './receiptBody';
import { encodeBody } from './entryCodec';
import { fromHex, toHex } from './bytes.fixture';
import { VECTOR_CLIENTS_MAX } from './limits';

const arbitraryVector = fc
	.array(fc.tuple(fc.nat(2 ** 32 - 1), fc.integer({ min: 1, max: 2 ** 31 })))
	.map((pairs) => new Map(pairs));

describe('golden receipt bodies', () => {
	it.each([
		{ hex: '00 7601 0176 7500', pairs: [] },
		{
			hex: '00 7601 0176 7504 7d07 7d02 7b41efffffffe00000 7da81f',
			pairs: [
				[2 ** 32 - 1, 2_024],
				[7, 2]
			] as [number, number][]
		}
	])('$hex', ({ hex, pairs }) => {
		const vector = new Map(pairs);
		expect(toHex(encodeReceiptBody({ vector }))).toBe(toHex(fromHex(hex)));
		expect(decodeReceiptBody(fromHex(hex))).toEqual({ vector });
	});
});

describe('a receipt body', () => {
	it('reads back as it was written, and is the same bytes for the same vector', () => {
		fc.assert(
			fc.property(arbitraryVector, (vector) => {
				const bytes = encodeReceiptBody({ vector });
				expect(decodeReceiptBody(bytes)).toEqual({ vector });
				expect(encodeReceiptBody({ vector: new Map([...vector].reverse()) })).toEqual(bytes);
			})
		);
	});

	it('holds the larger clock of a client that is named twice, and none that covers nothing', () => {
		expect(decodeReceiptBody(encodeBody({ v: [1, 4, 1, 2, 5, 0] }))).toEqual({ vector: new Map([[1, 4]]) });
	});

	it('is undefined if it is no list of clients and clocks, or too long a one', () => {
		for (const v of [
			null,
			5,
			'x',
			{},
			[1],
			[1, -2],
			[1, 0.5],
			[-1, 2],
			[2 ** 32, 2],
			[1, 2 ** 31 + 1],
			[1, '2']
		])
			expect(decodeReceiptBody(encodeBody({ v }))).toBeUndefined();
		expect(decodeReceiptBody(encodeBody({}))).toBeUndefined();
		const clients = Array.from({ length: VECTOR_CLIENTS_MAX + 1 }, (_, client) => client);
		expect(decodeReceiptBody(encodeBody({ v: clients.flatMap((client) => [client, 2]) }))).toBeUndefined();
		const vector = new Map(clients.map((client) => [client, 2]));
		expect(() => encodeReceiptBody({ vector })).toThrow(RangeError);
	});
});
