import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	decodeMessageBody,
	decodeSetBody,
	decodeSystemBody,
	encodeMessageBody,
	encodeSetBody,
	encodeSystemBody
} from './bodies';
import { encodeBody } from './entryCodec';
import { DISPLAY_NAME_MAX } from './limits';
import { fromHex, toHex } from './bytes.fixture';

const ALICE = 'a'.repeat(16);
const A16 = '61'.repeat(16);

describe('golden message bodies', () => {
	it.each([
		{ hex: '00 7601 0174 7708 48c3a920f09f918b', body: { text: 'Hé 👋' } },
		{
			hex: '00 7602 0174 7703 796573 0172 770c 302e323933343835372e3132',
			body: { text: 'yes', replyTo: '0.2934857.12' }
		},
		{
			hex: '00 7602 0174 7703 796573 0166 7705 416c696365',
			body: { text: 'yes', forwardedFrom: 'Alice' }
		}
	])('$hex', ({ hex, body }) => {
		expect(toHex(encodeMessageBody(body))).toBe(toHex(fromHex(hex)));
		expect(decodeMessageBody(fromHex(hex))).toEqual(body);
	});
});

describe('golden system bodies', () => {
	it.each([
		{
			hex: `00 7604 016b 7708 6a6f696e65642f31 0165 7706 6a6f696e6564 0162 7710 ${A16} 0177 7501 7710 ${'62'.repeat(16)}`,
			body: { key: 'joined/1', event: 'joined', by: ALICE, who: ['b'.repeat(16)] }
		},
		{
			hex: `00 7604 016b 7709 72656e616d65642f32 0165 7707 72656e616d6564 0162 7710 ${A16} 016e 7704 54726970`,
			body: { key: 'renamed/2', event: 'renamed', by: ALICE, name: 'Trip' }
		},
		{
			hex: `00 7604 016b 770f 6d6f646572617465642f302e372e32 0165 7709 6d6f64657261746564 0162 7710 ${A16} 0178 7705 302e372e32`,
			body: { key: 'moderated/0.7.2', event: 'moderated', by: ALICE, target: '0.7.2' }
		},
		{
			hex: `00 7603 016b 7717 6572617365642f ${A16} 0165 7706 657261736564 0177 7501 7710 ${A16}`,
			body: { key: `erased/${ALICE}`, event: 'erased', who: [ALICE] }
		},
		{
			hex: '00 7603 016b 7706 7365616c2f30 0165 7704 7365616c 0176 7504 7d07 7d02 7b41efffffffe00000 7da81f',
			body: {
				key: 'seal/0',
				event: 'seal',
				vector: new Map([
					[7, 2],
					[2 ** 32 - 1, 2_024]
				])
			}
		}
	])('$body.event', ({ hex, body }) => {
		expect(toHex(encodeSystemBody(body))).toBe(toHex(fromHex(hex)));
		expect(decodeSystemBody(fromHex(hex))).toEqual(body);
	});
});

describe('golden set bodies', () => {
	it.each([
		{ hex: '00 7502 7704 6c697665 7d03', body: { key: 'live', value: 3 } },
		{ hex: '00 7502 7704 6e616d65 7e', body: { key: 'name', value: null } },
		{
			hex: `00 7502 7717 6d656d6265722f ${A16} 7601 04726f6c65 7705 6f776e6572`,
			body: { key: `member/${ALICE}`, value: { role: 'owner' } }
		}
	])('$body.key', ({ hex, body }) => {
		expect(toHex(encodeSetBody(body))).toBe(toHex(fromHex(hex)));
		expect(decodeSetBody(fromHex(hex))).toEqual(body);
	});
});

describe('bodies', () => {
	it('read back as they were written', () => {
		const text = fc.string({ unit: 'grapheme' });
		fc.assert(
			fc.property(text, (said) => {
				expect(decodeMessageBody(encodeMessageBody({ text: said }))).toEqual({ text: said });
			})
		);
		fc.assert(
			fc.property(text, fc.integer(), (key, value) => {
				expect(decodeSetBody(encodeSetBody({ key, value }))).toEqual({ key, value });
			})
		);
	});

	it('pass over keys that they do not know', () => {
		expect(decodeMessageBody(encodeBody({ t: 'hi', later: [1] }))).toEqual({ text: 'hi' });
		expect(decodeSystemBody(encodeBody({ k: '1', e: 'pinned', later: 1 }))).toEqual({
			key: '1',
			event: 'pinned'
		});
		expect(decodeSetBody(encodeBody(['k', 1, 'later']))).toEqual({ key: 'k', value: 1 });
	});

	it('leave out parts of a wrong type', () => {
		for (const r of [5, 'not an id', null, '0.1'])
			expect(decodeMessageBody(encodeBody({ t: 'hi', r }))).toEqual({ text: 'hi' });
		expect(decodeMessageBody(encodeBody({ t: 'hi', f: 5 }))).toEqual({ text: 'hi' });
		expect(
			decodeSystemBody(encodeBody({ k: '1', e: 'left', b: 1, w: ['x', 2], n: null, x: 'y', v: [1] }))
		).toEqual({
			key: '1',
			event: 'left',
			who: ['x']
		});
	});

	it('cut a forwarded name that is too long, and write none', () => {
		const long = 'n'.repeat(DISPLAY_NAME_MAX + 1);
		expect(() => encodeMessageBody({ text: 'hi', forwardedFrom: long })).toThrow(RangeError);
		expect(decodeMessageBody(encodeBody({ t: 'hi', f: long }))?.forwardedFrom).toHaveLength(DISPLAY_NAME_MAX);
		const turned = encodeBody({ t: 'hi', f: 'evil \u202egnorw\u0007\n\nname \u2066' });
		expect(decodeMessageBody(turned)?.forwardedFrom).toBe('evil gnorw␇ name \u2066\u2069');
		expect(decodeMessageBody(encodeBody({ t: 'hi', f: '**Zoë**' }))?.forwardedFrom).toBe('**Zoë**');
		// It can be forwarded again, whatever was added to it.
		const open = decodeMessageBody(encodeBody({ t: 'hi', f: '\u2066x'.repeat(DISPLAY_NAME_MAX) }));
		expect(open?.forwardedFrom).toHaveLength(DISPLAY_NAME_MAX);
	});

	it('write a lone surrogate as the replacement character', () => {
		expect(decodeMessageBody(encodeMessageBody({ text: 'a\ud800b' }))).toEqual({ text: 'a\ufffdb' });
	});

	it('without what they need are undefined', () => {
		for (const value of [null, 'text', [], ['t'], { t: 5 }, {}, { r: '0.1.2' }, Uint8Array.of(1)])
			expect(decodeMessageBody(encodeBody(value))).toBeUndefined();
		for (const value of [null, { k: '1' }, { e: 'left' }, { k: 1, e: 'left' }, []])
			expect(decodeSystemBody(encodeBody(value))).toBeUndefined();
		for (const value of [null, [], ['k'], [1, 2], { 0: 'k', 1: 2 }])
			expect(decodeSetBody(encodeBody(value))).toBeUndefined();
		expect(decodeMessageBody(new Uint8Array(0))).toBeUndefined();
	});
});
