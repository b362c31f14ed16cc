import { describe, expect, it } from 'vitest';
import { encodeEditBody } from './annotationBodies';
import { encodeMessageBody, encodeSetBody, encodeSystemBody } from './bodies';
import { encodeReceiptBody } from './receiptBody';
import * as limits from './limits';

describe('limits', () => {
	it('let the longest message fit a body, whatever its characters', () => {
		for (const character of ['\uFFFD', 'a', '\u{10FFFF}']) {
			const text = character.repeat(limits.MESSAGE_TEXT_MAX / character.length);
			const replyTo = '999999999.4294967295.1073741823';
			const forwardedFrom = '\uFFFD'.repeat(limits.DISPLAY_NAME_MAX);
			const bodies = [
				encodeMessageBody({ text, replyTo, forwardedFrom }),
				encodeEditBody({ target: replyTo, text, replyTo })
			];
			for (const body of bodies) expect(body.length).toBeLessThanOrEqual(limits.BODY_BYTES_MAX);
		}
		expect(limits.MESSAGE_TEXT_MAX * 3).toBeLessThan(limits.BODY_BYTES_MAX);
	});

	it('refuse one character more', () => {
		expect(() => encodeMessageBody({ text: 'a'.repeat(limits.MESSAGE_TEXT_MAX + 1) })).toThrow(RangeError);
	});

	it('let a frame hold the largest entry with its log name and Yjs framing', () => {
		expect(limits.FRAME_BYTES_MAX).toBeGreaterThan(limits.BODY_BYTES_MAX + 1_000);
	});

	it('let a header say an epoch, two hashes and a signature, and no body', () => {
		const [today, epoch, hash, signature] = [14, 8, 32, 64];
		expect(limits.HEADER_BYTES_MAX).toBeGreaterThan(2 * (today + epoch + 2 * hash + signature));
		expect(limits.HEADER_BYTES_MAX).toBeLessThan(limits.BODY_BYTES_MAX / 100);
	});

	it('let a frame be full of the smallest entries', () => {
		// A header alone, its body erased, under the smallest client id: info, origin, bytes; info, origin, length.
		const [header, erasedBody] = [1 + 2 + 1 + 14, 1 + 2 + 1];
		expect(limits.FRAME_STRUCTS_MAX / 2).toBeGreaterThan(limits.FRAME_BYTES_MAX / (header + erasedBody));
	});

	it('let a segment hold more entries than messages', () => {
		expect(limits.SEGMENT_ENTRIES_MAX).toBeGreaterThan(limits.SEGMENT_MESSAGES_MAX);
	});

	it('let the largest vector fit a body, whatever its ids, as a receipt and as a seal', () => {
		const clients = Array.from({ length: limits.VECTOR_CLIENTS_MAX }, (_, i) => 2 ** 32 - 1 - i);
		const vector = new Map(clients.map((client) => [client, 2 ** 31 - 2]));
		expect(encodeReceiptBody({ vector }).length).toBeLessThanOrEqual(limits.BODY_BYTES_MAX);
		const seal = encodeSystemBody({ key: 'seal/999999999', event: 'seal', vector });
		expect(seal.length).toBeLessThanOrEqual(limits.BODY_BYTES_MAX);
	});

	it('let a vector name a client for each message of a segment, late ones too', () => {
		expect(limits.VECTOR_CLIENTS_MAX).toBeGreaterThan(2 * limits.SEGMENT_MESSAGES_MAX);
	});

	it('let a read state hold a client for each message of the live segment', () => {
		expect(limits.READ_PAIRS_MAX).toBeGreaterThan(limits.SEGMENT_MESSAGES_MAX);
		expect(limits.READ_PAIRS_MAX).toBeLessThanOrEqual(limits.VECTOR_CLIENTS_MAX);
	});

	it('let the facts of a person and a conversation fit a body', () => {
		const name = '\uFFFD'.repeat(Math.max(limits.DISPLAY_NAME_MAX, limits.CONVERSATION_NAME_MAX));
		const fact = encodeSetBody({
			key: `person/${'a'.repeat(16)}`,
			value: { username: name, displayName: name, about: '\uFFFD'.repeat(limits.ABOUT_MAX), picture: name }
		});
		expect(fact.length).toBeLessThan(limits.BODY_BYTES_MAX);
	});

	it('leave a range between each least and most', () => {
		expect(limits.USERNAME_MIN).toBeLessThan(limits.USERNAME_MAX);
		expect(limits.PASSWORD_MIN).toBeLessThan(limits.PASSWORD_MAX);
		expect(limits.MEMBERS_MAX).toBeGreaterThan(1);
		expect(limits.BODY_DEPTH_MAX).toBeGreaterThan(2);
		expect(limits.JOIN_AGAIN_AFTER_MS).toBeLessThan(limits.INVITE_HOURS_DEFAULT * 3_600_000);
		expect(limits.CLOCK_AHEAD_MAX_MS).toBeGreaterThan(0);
	});
});
