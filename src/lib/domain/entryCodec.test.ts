import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBody, decodeHeader, encodeBody, encodeHeader, HEADER_VERSION, isHeader } from './entryCodec';
import { fromHex, toHex } from './bytes.fixture';
import { BODY_BYTES_MAX, BODY_DEPTH_MAX } from './limits';
import { STAMP_COUNTER_MAX, STAMP_MS_MAX } from './stamp';

const HEADERS = [
	{
		hex: '80 01 00000000 018bcfe56800 0000',
		header: { kind: 1, s: 0, stamp: { ms: 1_700_000_000_000, counter: 0 } }
	},
	{
		hex: '80 06 00000102 000100000005 0003',
		header: { kind: 6, s: 258, stamp: { ms: 2 ** 32 + 5, counter: 3 } }
	},
	{
		hex: '80 07 3fffffff ffffffffffff ffff',
		header: { kind: 7, s: 2 ** 30 - 1, stamp: { ms: 2 ** 48 - 1, counter: 65_535 } }
	}
];

const BODIES = [
	{ hex: '00 7e', value: null },
	{
		hex: '00 750c 7f 7e 7d41 7c3fc00000 7b3fb999999999999a 7a0000000000000005 79 78 770178 76010161 7d01 7500 740109',
		value: [undefined, null, -1, 1.5, 0.1, 5n, false, true, 'x', { a: 1 }, [], Uint8Array.of(9)]
	}
];

describe('golden headers', () => {
	it.each(HEADERS)('$hex', ({ hex, header }) => {
		expect(toHex(encodeHeader(header))).toBe(toHex(fromHex(hex)));
		expect(decodeHeader(fromHex(hex))).toEqual({ version: HEADER_VERSION, ...header });
	});
});

describe('golden bodies', () => {
	it.each(BODIES)('$hex', ({ hex, value }) => {
		expect(toHex(encodeBody(value))).toBe(toHex(fromHex(hex)));
		expect(decodeBody(fromHex(hex))).toEqual({ value });
	});
});

describe('a header', () => {
	it('reads back as it was written, also from the middle of a buffer', () => {
		const arbitrary = fc.record({
			kind: fc.nat(255),
			s: fc.nat(2 ** 30 - 1),
			stamp: fc.record({ ms: fc.nat(STAMP_MS_MAX), counter: fc.nat(STAMP_COUNTER_MAX) })
		});
		fc.assert(
			fc.property(arbitrary, (header) => {
				const buffer = new Uint8Array(40);
				buffer.set(encodeHeader(header), 9);
				expect(decodeHeader(buffer.subarray(9, 23))).toEqual({ version: 0, ...header });
			})
		);
	});

	it('of a later version gives the fields that every version has', () => {
		expect(decodeHeader(fromHex('81 01 00000002 018bcfe56800 0000 aabbcc'))).toEqual({
			version: 1,
			kind: 1,
			s: 2,
			stamp: { ms: 1_700_000_000_000, counter: 0 }
		});
	});

	it.each([
		'',
		'80',
		'80 01 00000000 018bcfe56800 00',
		'80 01 00000000 018bcfe56800 0000 00',
		'80 01 40000000 018bcfe56800 0000',
		'00 01 00000000 018bcfe56800 0000'
	])('is not %j', (hex) => expect(decodeHeader(fromHex(hex))).toBeUndefined());

	it('is told from a body by its first byte', () => {
		expect(isHeader(encodeHeader({ kind: 1, s: 0, stamp: { ms: 0, counter: 0 } }))).toBe(true);
		expect(isHeader(encodeBody(null))).toBe(false);
		expect(isHeader(new Uint8Array(0))).toBe(false);
	});

	it('throws on a field that does not fit', () => {
		const fine = { kind: 1, s: 0, stamp: { ms: 0, counter: 0 } };
		for (const wrong of [
			{ kind: 256 },
			{ kind: -1 },
			{ s: 2 ** 30 },
			{ s: 0.5 },
			{ stamp: { ms: 2 ** 48, counter: 0 } },
			{ stamp: { ms: 0, counter: 65_536 } },
			{ stamp: { ms: NaN, counter: 0 } }
		]) {
			expect(() => encodeHeader({ ...fine, ...wrong })).toThrow(RangeError);
		}
	});
});

describe('a body', () => {
	it('is no larger than a body may be, both ways', () => {
		const largest = new Uint8Array(BODY_BYTES_MAX - 5);
		expect(encodeBody(largest)).toHaveLength(BODY_BYTES_MAX);
		expect(decodeBody(encodeBody(largest))).toEqual({ value: largest });
		expect(() => encodeBody(new Uint8Array(BODY_BYTES_MAX - 4))).toThrow(RangeError);
		const tooLarge = new Uint8Array(BODY_BYTES_MAX + 1);
		tooLarge.set(fromHex('00 74 fdf303'));
		expect(decodeBody(tooLarge)).toBeUndefined();
	});

	it('of an unknown format, malformed or too deep is undefined, not an error', () => {
		for (const hex of ['', '00', '01 7e', '00 7e 7e', '00 77 05 61', '00 ff'])
			expect(decodeBody(fromHex(hex))).toBeUndefined();
		expect(decodeBody(fromHex('00' + '7501'.repeat(BODY_DEPTH_MAX) + '7500'))).toBeUndefined();
		expect(decodeBody(fromHex('00' + '7501'.repeat(BODY_DEPTH_MAX - 1) + '7500'))).toBeDefined();
	});
});
