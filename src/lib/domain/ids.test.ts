import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	directConversationId,
	directPeers,
	isConversationId,
	isUserId,
	mintUserId,
	mintUuid,
	SYSTEM_USER
} from './ids';

const ALICE = 'a'.repeat(16);
const BOB = 'b'.repeat(16);
const arbitraryBytes = fc.uint8Array({ minLength: 16, maxLength: 16 });

describe('ids', () => {
	it('mints user ids that are user ids, and uses all 32 letters', () => {
		fc.assert(fc.property(arbitraryBytes, (bytes) => isUserId(mintUserId(() => bytes))));
		const all = mintUserId(() => Uint8Array.from({ length: 32 }, (_, i) => i));
		expect(new Set(all).size).toBe(32);
	});

	it('never takes the system for an account', () => {
		expect(isUserId(SYSTEM_USER)).toBe(false);
	});

	it('mints UUIDs of version 7 whose first 48 bits are the time', () => {
		expect(mintUuid(1_700_000_000_000, () => new Uint8Array(16))).toBe(
			'018bcfe5-6800-7000-8000-000000000000'
		);
		expect(mintUuid(1_700_000_000_000, () => new Uint8Array(16).fill(255))).toBe(
			'018bcfe5-6800-7fff-bfff-ffffffffffff'
		);
		fc.assert(
			fc.property(fc.nat(2 ** 48 - 1), arbitraryBytes, (ms, bytes) =>
				isConversationId(mintUuid(ms, () => bytes))
			)
		);
	});

	it('sorts UUIDs of different milliseconds by time', () => {
		const at = (ms: number) => mintUuid(ms, () => new Uint8Array(16).fill(128));
		expect([at(2 ** 40), at(5), at(6)].sort()).toEqual([at(5), at(6), at(2 ** 40)]);
	});

	it('leaves the random bytes it was given as they were', () => {
		const bytes = new Uint8Array(16).fill(7);
		mintUuid(1, () => bytes);
		expect(bytes).toEqual(new Uint8Array(16).fill(7));
	});

	it('derives one id for a direct conversation from both sides, and gives its peers back', () => {
		const id = directConversationId(BOB, ALICE);
		expect(id).toBe(directConversationId(ALICE, BOB));
		expect(directPeers(id)).toEqual([ALICE, BOB]);
		expect(isConversationId(id)).toBe(true);
		expect(directPeers(directConversationId(ALICE, ALICE))).toEqual([ALICE, ALICE]);
	});

	it('takes no second spelling of a direct conversation', () => {
		expect(directPeers(`d-${BOB}-${ALICE}`)).toBeUndefined();
		expect(isConversationId(`d-${BOB}-${ALICE}`)).toBe(false);
	});

	it.each(['', 'a/b', `${ALICE}/`, ALICE.toUpperCase(), `${ALICE}a`, `\n${ALICE}`, `${ALICE}\n`, 'a:b'])(
		'does not take %j for an id',
		(value) => {
			expect(isUserId(value)).toBe(false);
			expect(isConversationId(value)).toBe(false);
		}
	);

	it('does not take a UUID in capitals for a conversation id', () => {
		expect(isConversationId('018BCFE5-6800-7000-8000-000000000000')).toBe(false);
	});
});
