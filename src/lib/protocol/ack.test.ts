import fc from 'fast-check';
import * as decoding from 'lib0/decoding';
import { describe, expect, it } from 'vitest';
import { encodeAck, MESSAGE_ACK, readAck, type Ack } from './ack';
import { fromHex, toHex } from '../domain/bytes.fixture';

function decode(bytes: Uint8Array): Ack {
	const decoder = decoding.createDecoder(bytes);
	expect(decoding.readVarUint(decoder)).toBe(MESSAGE_ACK);
	return readAck(decoder);
}

describe('an ack', () => {
	it.each([
		{
			hex: '64 01 80d095ffbc31 02 c990b301 1a 07 02',
			ack: {
				full: true,
				relayTimeMs: 1_700_000_000_000,
				vector: new Map([
					[2_934_857, 26],
					[7, 2]
				])
			}
		},
		{
			hex: '64 01 01 02 07 02 05 04 01',
			ack: {
				full: true,
				relayTimeMs: 1,
				vector: new Map([
					[7, 2],
					[5, 4]
				]),
				own: 1
			}
		},
		{ hex: '64 00 01 00', ack: { full: false, relayTimeMs: 1, vector: new Map() } }
	])('has golden bytes: $hex', ({ hex, ack }) => {
		expect(toHex(encodeAck(ack))).toBe(toHex(fromHex(hex)));
		expect(decode(fromHex(hex))).toEqual(ack);
	});

	it('reads back as it was written', () => {
		const arbitrary = fc.record({
			full: fc.boolean(),
			relayTimeMs: fc.nat(2 ** 48),
			vector: fc.array(fc.tuple(fc.nat(2 ** 32 - 1), fc.nat(2 ** 31))).map((pairs) => new Map(pairs))
		});
		fc.assert(
			fc.property(arbitrary, (ack) => {
				expect(decode(encodeAck(ack))).toEqual(ack);
			})
		);
	});

	it('throws when it is cut off or lies about its count', () => {
		const bytes = encodeAck({ full: true, relayTimeMs: 5, vector: new Map([[300, 2]]) });
		for (let cut = 1; cut < bytes.length; cut++) expect(() => decode(bytes.slice(0, cut))).toThrow();
		expect(() => decode(fromHex('64 01 05 ffffffff07 01 02'))).toThrow();
	});
});
