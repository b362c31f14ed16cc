import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	decodeEditBody,
	decodePinBody,
	decodeReactionBody,
	decodeRedactionBody,
	encodeEditBody,
	encodePinBody,
	encodeReactionBody,
	encodeRedactionBody
} from './annotationBodies';
import { encodeBody } from './entryCodec';
import { fromHex, toHex } from './bytes.fixture';
import { MESSAGE_TEXT_MAX } from './limits';

const target = '0.2934857.12';
const TARGET = '0178 770c 302e323933343835372e3132';

const GOLDEN = [
	{
		kind: 'edit',
		hex: `00 7602 ${TARGET} 0174 7703 796573`,
		bytes: encodeEditBody({ target, text: 'yes' }),
		read: decodeEditBody,
		body: { target, text: 'yes' }
	},
	{
		kind: 'edit of a reply',
		hex: `00 7603 ${TARGET} 0174 7702 c3a9 0172 7705 302e312e32`,
		bytes: encodeEditBody({ target, text: 'é', replyTo: '0.1.2' }),
		read: decodeEditBody,
		body: { target, text: 'é', replyTo: '0.1.2' }
	},
	{
		kind: 'redaction',
		hex: `00 7601 ${TARGET}`,
		bytes: encodeRedactionBody({ target }),
		read: decodeRedactionBody,
		body: { target }
	},
	{
		kind: 'reaction',
		hex: `00 7603 ${TARGET} 0165 7704 f09f918d 016f 78`,
		bytes: encodeReactionBody({ target, emoji: '👍', on: true }),
		read: decodeReactionBody,
		body: { target, emoji: '👍', on: true }
	},
	{
		kind: 'reaction taken back',
		hex: `00 7603 ${TARGET} 0165 7706 e29da4efb88f 016f 79`,
		bytes: encodeReactionBody({ target, emoji: '❤️', on: false }),
		read: decodeReactionBody,
		body: { target, emoji: '❤️', on: false }
	},
	{
		kind: 'pin',
		hex: `00 7602 ${TARGET} 016f 78`,
		bytes: encodePinBody({ target, on: true }),
		read: decodePinBody,
		body: { target, on: true }
	}
];

const DECODERS = [decodeEditBody, decodeRedactionBody, decodeReactionBody, decodePinBody];

describe('golden annotation bodies', () => {
	it.each(GOLDEN)('$kind', ({ hex, bytes, read, body }) => {
		expect(toHex(bytes)).toBe(toHex(fromHex(hex)));
		expect(read(fromHex(hex))).toEqual(body);
	});
});

describe('annotation bodies', () => {
	it('pass over keys that they do not know, and leave out a reply to what is no entry', () => {
		const known = { x: target, t: 'hi', e: '👍', o: true, later: [1] };
		expect(decodeEditBody(encodeBody({ ...known, r: '0.1' }))).toEqual({ target, text: 'hi' });
		expect(decodeRedactionBody(encodeBody(known))).toEqual({ target });
		expect(decodeReactionBody(encodeBody(known))).toEqual({ target, emoji: '👍', on: true });
		expect(decodePinBody(encodeBody(known))).toEqual({ target, on: true });
	});

	it('without what they need are undefined', () => {
		const whole = { x: target, t: 'hi', e: '👍', o: true };
		for (const value of [
			null,
			'x',
			[],
			{ ...whole, x: undefined },
			{ ...whole, x: '1.2' },
			{ ...whole, x: 5 }
		])
			for (const decode of DECODERS) expect(decode(encodeBody(value))).toBeUndefined();
		expect(decodeEditBody(encodeBody({ ...whole, t: 5 }))).toBeUndefined();
		for (const o of [1, null, 'true']) {
			expect(decodeReactionBody(encodeBody({ ...whole, o }))).toBeUndefined();
			expect(decodePinBody(encodeBody({ ...whole, o }))).toBeUndefined();
		}
		for (const e of [5, '', '👍👍', 'a\u202e', '\n', `a${'\u0301'.repeat(40)}`])
			expect(decodeReactionBody(encodeBody({ ...whole, e }))).toBeUndefined();
	});

	it('never throw on bytes that a stranger wrote', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(60), (bytes, cut) => {
				for (const { bytes: golden } of GOLDEN)
					for (const junk of [
						bytes,
						golden.slice(0, cut % golden.length),
						Uint8Array.of(...golden, ...bytes, 0)
					])
						for (const decode of DECODERS) expect(() => decode(junk)).not.toThrow();
			})
		);
	});

	it('are not written about what is no entry, with too long a text, or with no one emoji', () => {
		for (const wrong of ['', '1.2', 'x', '01.2.3']) {
			expect(() => encodeEditBody({ target: wrong, text: 'x' })).toThrow(RangeError);
			expect(() => encodeRedactionBody({ target: wrong })).toThrow(RangeError);
			expect(() => encodeReactionBody({ target: wrong, emoji: '👍', on: true })).toThrow(RangeError);
			expect(() => encodePinBody({ target: wrong, on: true })).toThrow(RangeError);
		}
		expect(() => encodeEditBody({ target, text: 'a'.repeat(MESSAGE_TEXT_MAX + 1) })).toThrow(RangeError);
		expect(() => encodeReactionBody({ target, emoji: 'ab', on: true })).toThrow(RangeError);
	});
});
