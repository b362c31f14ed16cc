import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALICE, arbitraryShuffle, BOB, messageEntry, receiptEntry } from './entries.fixture';
import { covers } from './versionVector';
import { foldReceipts, readersOf, receiptVector, supersededReceipts } from './receipts';
import { formatEntryId } from './entry';
import { SYSTEM_USER } from './ids';

const CAROL = 'c'.repeat(16);

const arbitraryReceipts = fc
	.array(
		fc.record({
			client: fc.integer({ min: 1, max: 3 }),
			vector: fc
				.array(fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 6 })), { maxLength: 3 })
				.map((pairs) => new Map(pairs))
		}),
		{ maxLength: 12 }
	)
	.map((drafts) =>
		drafts.map(({ client, vector }, s) =>
			receiptEntry({ client, s, vector, author: client === 3 ? BOB : ALICE })
		)
	);

describe('receipts', () => {
	it('join what a reader’s devices told, in any order', () => {
		fc.assert(
			fc.property(
				arbitraryReceipts.chain((entries) => fc.tuple(fc.constant(entries), arbitraryShuffle(entries))),
				([entries, shuffled]) => {
					expect(foldReceipts([...shuffled, ...entries])).toEqual(foldReceipts(entries));
				}
			)
		);
	});

	it('name who has read a message, other than its author', () => {
		const message = messageEntry({ client: 7, s: 1 });
		const receipts = foldReceipts([
			receiptEntry({ client: 1, author: BOB, vector: new Map([[7, 4]]) }),
			receiptEntry({ client: 2, author: CAROL, vector: new Map([[7, 2]]) }),
			receiptEntry({ client: 3, author: ALICE, vector: new Map([[7, 4]]) }),
			receiptEntry({ client: 4, author: SYSTEM_USER, vector: new Map([[7, 4]]) })
		]);
		expect(readersOf(message, receipts)).toEqual([BOB]);
		expect(readersOf({ ...message, s: 0 }, receipts)).toEqual([BOB, CAROL]);
	});

	it('pass over other kinds, later versions, erased ones and junk', () => {
		const fine = receiptEntry({ vector: new Map([[7, 4]]) });
		const odd = [
			{ ...fine, kind: 200 },
			{ ...fine, version: 1 },
			{ ...fine, body: undefined },
			{ ...fine, body: Uint8Array.of(0, 1) }
		];
		expect(foldReceipts(odd).size).toBe(0);
	});

	it('say what is read of a segment, through its seal and beyond', () => {
		const state = {
			epoch: 0,
			through: 0,
			vectors: new Map([
				[0, new Map([[2, 4]])],
				[1, new Map([[5, 2]])]
			])
		};
		const seals = new Map([
			[
				0,
				new Map([
					[1, 8],
					[2, 2]
				])
			],
			[1, new Map([[9, 9]])]
		]);
		expect(receiptVector(state, 0, seals)).toEqual(
			new Map([
				[1, 8],
				[2, 4]
			])
		);
		expect(receiptVector(state, 1, seals)).toEqual(new Map([[5, 2]]));
		expect(receiptVector(state, 2, seals).size).toBe(0);
	});
});

describe('superseded receipts', () => {
	it('are one’s own that another covers: without them nothing changes, and no two that are left cover each other', () => {
		fc.assert(
			fc.property(arbitraryReceipts, (entries) => {
				const gone = new Set(supersededReceipts(entries, ALICE).map(formatEntryId));
				const left = entries.filter((entry) => !gone.has(formatEntryId(entry)));
				expect(foldReceipts(left)).toEqual(foldReceipts(entries));
				expect(entries.filter((entry) => entry.author === BOB && gone.has(formatEntryId(entry)))).toEqual([]);
				const own = left
					.filter(({ author }) => author === ALICE)
					.map((entry) => foldReceipts([entry]).get(ALICE)!);
				for (const a of own) for (const b of own) if (a !== b) expect(covers(a, b)).toBe(false);
			})
		);
	});
});
