import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeLinkFrame, encodeLinkFrame, type LinkFrame } from './linkFrames';
import { fromHex, toHex } from '../domain/bytes.fixture';

const arbitraryFrame: fc.Arbitrary<LinkFrame> = fc.nat(2 ** 31).chain((channel) =>
	fc.oneof(
		fc.record({
			op: fc.constant('open' as const),
			channel: fc.constant(channel),
			room: fc.string(),
			query: fc.string()
		}),
		fc.record({ op: fc.constant('opened' as const), channel: fc.constant(channel) }),
		fc.record({ op: fc.constant('data' as const), channel: fc.constant(channel), data: fc.uint8Array() }),
		fc.record({
			op: fc.constant('part' as const),
			channel: fc.constant(channel),
			data: fc.uint8Array({ minLength: 1_024, maxLength: 1_100 })
		}),
		fc.record({ op: fc.constant('rank' as const), channel: fc.constant(channel), isFirst: fc.boolean() }),
		fc.record({
			op: fc.constant('close' as const),
			channel: fc.constant(channel),
			code: fc.nat(4999),
			reason: fc.string()
		}),
		fc.record({ op: fc.constantFrom('ping' as const, 'pong' as const), channel: fc.constant(0 as const) }),
		fc.record({ op: fc.constant('since' as const), channel: fc.constant(0 as const), position: fc.nat() }),
		fc.record({
			op: fc.constant('changes' as const),
			channel: fc.constant(0 as const),
			position: fc.nat(),
			rooms: fc.array(fc.string())
		})
	)
);

describe('a link frame', () => {
	it.each([
		{
			hex: '01 01 06 696e666f2f78 05 61636b3d31',
			frame: { op: 'open', channel: 1, room: 'info/x', query: 'ack=1' }
		},
		{ hex: 'ac02 02', frame: { op: 'opened', channel: 300 } },
		{ hex: '01 03 00000100', frame: { op: 'data', channel: 1, data: Uint8Array.of(0, 0, 1, 0) } },
		{
			hex: `01 09 ${'07'.repeat(1_024)}`,
			frame: { op: 'part', channel: 1, data: new Uint8Array(1_024).fill(7) }
		},
		{ hex: '01 0b 01', frame: { op: 'rank', channel: 1, isFirst: true } },
		{ hex: '01 04 b322 02 6e6f', frame: { op: 'close', channel: 1, code: 4403, reason: 'no' } },
		{ hex: '00 05', frame: { op: 'ping', channel: 0 } },
		{ hex: '00 06', frame: { op: 'pong', channel: 0 } },
		{ hex: '00 07 ac02', frame: { op: 'since', channel: 0, position: 300 } },
		{
			hex: '00 08 05 02 06 696e666f2f78 06 696e666f2f79',
			frame: { op: 'changes', channel: 0, position: 5, rooms: ['info/x', 'info/y'] }
		}
	] as const)('has golden bytes: $hex', ({ hex, frame }) => {
		expect(toHex(encodeLinkFrame(frame))).toBe(toHex(fromHex(hex)));
		expect(decodeLinkFrame(fromHex(hex))).toEqual(frame);
	});

	it('reads back as it was written', () => {
		fc.assert(
			fc.property(arbitraryFrame, (frame) => {
				expect(decodeLinkFrame(encodeLinkFrame(frame))).toEqual(frame);
			})
		);
	});

	it.each([
		'',
		'01',
		'01 00',
		'01 07',
		'01 05',
		'01 06',
		'ffffffffffffffffffff',
		'01 01',
		'01 01 05 61',
		'01 04 b322',
		'01 04',
		'01 0b',
		`01 09 ${'07'.repeat(1_023)}`,
		'01 01 01 ff 00'
	])('is not %j', (hex) => expect(decodeLinkFrame(fromHex(hex))).toBeUndefined());

	it('never holds bytes of the buffer behind it: a string that lies about its length is malformed', () => {
		const pool = fromHex('01 01 0a 61 00' + '73'.repeat(20));
		expect(decodeLinkFrame(pool.subarray(0, 5))).toBeUndefined();
		const reason = fromHex('01 04 b322 0a 61' + '73'.repeat(20));
		expect(decodeLinkFrame(reason.subarray(0, 6))).toBeUndefined();
	});

	it('is undefined or a frame for any bytes, and throws for none', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 30 }), (bytes) => {
				const frame = decodeLinkFrame(bytes);
				if (frame) expect(decodeLinkFrame(encodeLinkFrame(frame))).toEqual(frame);
			}),
			{ numRuns: 2_000 }
		);
	});
});
