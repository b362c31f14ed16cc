import fc from 'fast-check';
import * as encoding from 'lib0/encoding';
import { describe, expect, it } from 'vitest';
import { decodeAny, type AnyValue } from './boundedAny';
import { fromHex } from './bytes.fixture';

const write = (value: AnyValue): Uint8Array =>
	encoding.encode((encoder) => encoding.writeAny(encoder, value as Parameters<typeof encoding.writeAny>[1]));

const { value: arbitraryValue } = fc.letrec<{ value: AnyValue }>((tie) => ({
	value: fc.oneof(
		{ maxDepth: 5, withCrossShrink: true },
		fc.constantFrom<AnyValue>(null, undefined, true, false),
		fc.integer(),
		fc.double({ noNaN: true }),
		fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
		fc.string({ unit: 'grapheme' }),
		fc.uint8Array({ maxLength: 20 }),
		fc.array(tie('value'), { maxLength: 4 }),
		fc.dictionary(
			fc.string().filter((key) => key !== '__proto__'),
			tie('value'),
			{ maxKeys: 4, noNullPrototype: true }
		)
	)
}));

describe('a bounded any value', () => {
	it('reads back what lib0 writes', () => {
		fc.assert(
			fc.property(arbitraryValue, (value) => {
				expect(decodeAny(write(value), 6)).toEqual(value);
			}),
			{ numRuns: 500 }
		);
	});

	it('throws, and never returns half a value, when the end is cut off', () => {
		fc.assert(
			fc.property(arbitraryValue, fc.nat(), (value, cut) => {
				const bytes = write(value);
				expect(() => decodeAny(bytes.slice(0, cut % bytes.length), 6)).toThrow();
			})
		);
	});

	it('throws rather than read on into the buffer behind a view', () => {
		fc.assert(
			fc.property(arbitraryValue, fc.nat(), (value, cut) => {
				const bytes = write(value);
				expect(() => decodeAny(bytes.subarray(0, cut % bytes.length), 6)).toThrow();
			})
		);
	});

	it('throws on any other bytes, or gives a value that it can write again', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
				let value: AnyValue;
				try {
					value = decodeAny(bytes, 6);
				} catch {
					return;
				}
				expect(decodeAny(write(value), 6)).toEqual(value);
			}),
			{ numRuns: 2_000 }
		);
	});

	it('leaves nothing behind the value unread', () => {
		expect(() => decodeAny(fromHex('7e 7e'), 6)).toThrow('bytes behind');
	});

	it('goes no deeper than it is told', () => {
		expect(decodeAny(fromHex('7501 7501 7500'), 3)).toEqual([[[]]]);
		expect(() => decodeAny(fromHex('7501 7501 7500'), 2)).toThrow('too deeply');
		expect(() => decodeAny(fromHex('7501 76010161 7500'), 2)).toThrow('too deeply');
		expect(() => decodeAny(new Uint8Array(60_000).fill(0x75), 6)).toThrow();
	});

	it.each(['75 ffffff7f', '76 ffffff7f', '75 05 7e', '74 ffffff7f 00', '77 ffffff7f 61'])(
		'believes no count: %s',
		(hex) => {
			expect(() => decodeAny(fromHex(hex), 6)).toThrow();
		}
	);

	it('throws on a number that never ends', () => {
		expect(() => decodeAny(new Uint8Array(1_000).fill(0xff).fill(0x7d, 0, 1), 6)).toThrow();
		expect(() => decodeAny(new Uint8Array(1_000).fill(0xff).fill(0x75, 0, 1), 6)).toThrow();
	});

	it('sets no prototype and keeps none', () => {
		const value = decodeAny(write(JSON.parse('{"__proto__": {"evil": true}, "fine": 1}') as AnyValue), 6);
		expect(Object.keys(value as object)).toEqual(['fine']);
		expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
		expect(Reflect.get(value as object, 'evil')).toBeUndefined();
	});

	it('throws on text that is no UTF-8 and on types that are none', () => {
		expect(() => decodeAny(fromHex('77 01 ff'), 6)).toThrow();
		expect(() => decodeAny(fromHex('00'), 6)).toThrow('type byte');
		expect(() => decodeAny(new Uint8Array(0), 6)).toThrow();
	});

	it('copies binary values, so that they do not hold the whole frame', () => {
		const bytes = fromHex('74 02 0102');
		const value = decodeAny(bytes, 6) as Uint8Array;
		bytes.fill(9);
		expect([...value]).toEqual([1, 2]);
		expect(value.buffer.byteLength).toBe(2);
	});
});
