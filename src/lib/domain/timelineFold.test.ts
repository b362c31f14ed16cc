import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	ALICE,
	arbitraryEntries,
	arbitraryShuffle,
	BOB,
	editEntry,
	erased,
	eventEntry,
	messageEntry,
	pinEntry,
	reactionEntry,
	receiptEntry,
	redactionEntry,
	sealEntry
} from './entries.fixture';
import { createTimelineFold } from './timelineFold';
import { foldTimeline, type TimelineItem } from './timeline';
import { formatEntryId, type Entry } from './entry';

const texts = (items: readonly TimelineItem[]) =>
	items.map((item) => (item.type === 'message' ? item.text : item.event));

/** Steps of one run: entries arrive in batches; some arrive without their body first, some lose it later. */
const arbitraryRun = arbitraryEntries.chain((entries) =>
	fc
		.array(fc.constantFrom('plain', 'plain', 'bodyLater', 'erasedLater', 'twice'), {
			minLength: entries.length,
			maxLength: entries.length
		})
		.chain((fates) => {
			const steps = entries.map((entry, i): Entry[] => {
				if (fates[i] === 'bodyLater') return [erased(entry), entry];
				if (fates[i] === 'erasedLater') return [entry, erased(entry)];
				return fates[i] === 'twice' ? [entry, entry] : [entry];
			});
			const order = arbitraryShuffle(steps.flatMap((states) => states.map(() => states)));
			return fc.tuple(order.map(arrivals), fc.integer({ min: 1, max: 7 }));
		})
);

/** The entries of a shuffle, the states of each in their order. */
function arrivals(shuffled: readonly Entry[][]): Entry[] {
	const told = new Map<readonly Entry[], number>();
	return shuffled.map((states) => {
		const nth = told.get(states) ?? 0;
		told.set(states, nth + 1);
		return states[nth]!;
	});
}

describe('the timeline fold kept up to date', () => {
	it('equals the full fold after every batch, in any order, with late bodies, erasures and repeats', () => {
		fc.assert(
			fc.property(arbitraryRun, ([all, batch]) => {
				const fold = createTimelineFold();
				const state = new Map<string, Entry>();
				for (let i = 0; i < all.length; i += batch) {
					const some = all.slice(i, i + batch);
					for (const entry of some) state.set(formatEntryId(entry), entry);
					fold.apply(some);
					expect(fold.items).toEqual(foldTimeline(state.values()));
				}
			}),
			{ numRuns: 300 }
		);
	});

	it('waits with what is done to a message until the message is here', () => {
		const entry = messageEntry({ s: 0 });
		const target = formatEntryId(entry);
		const fold = createTimelineFold();
		fold.apply([editEntry({ s: 1, target, text: 'edited' }), reactionEntry({ s: 2, target })]);
		expect(fold.items).toEqual([]);
		fold.apply([entry]);
		expect(texts(fold.items)).toEqual(['edited']);
		expect(fold.message(target)?.reactions).toHaveLength(1);
	});

	it('makes a new object of a message that changed, and leaves all others as they are', () => {
		const entries = Array.from({ length: 9 }, (_, s) => messageEntry({ s, ms: s }));
		const target = formatEntryId(entries[4]!);
		const fold = createTimelineFold();
		fold.apply(entries);
		const before = fold.items;
		fold.apply([reactionEntry({ s: 9, target })]);
		const after = fold.items;
		expect(after.map((item, i) => item === before[i])).toEqual(before.map(({ id }) => id !== target));
		expect(after[4]).toMatchObject({ reactions: [{ emoji: '👍' }] });
		expect(before[4]).toMatchObject({ reactions: [] });
	});

	it('keeps object and array where what was written changes nothing', () => {
		const fold = createTimelineFold();
		const entry = messageEntry({ s: 0, ms: 1 });
		const target = formatEntryId(entry);
		fold.apply([
			entry,
			redactionEntry({ client: 5, author: BOB, target }),
			pinEntry({ s: 1, ms: 2, target })
		]);
		const before = fold.items;
		fold.apply([
			editEntry({ client: 5, s: 1, author: BOB, target }),
			pinEntry({ s: 2, ms: 3, target }),
			reactionEntry({ s: 3, target, on: false }),
			{ ...entry, body: entry.body!.slice() }
		]);
		expect(fold.items).toBe(before);
	});

	it('equals the fold of what is left when segments are forgotten, and of all when they come back', () => {
		fc.assert(
			fc.property(arbitraryEntries, fc.constantFrom(0, 1), (entries, segment) => {
				const fold = createTimelineFold();
				fold.apply(entries);
				const unreadable = fold.unreadable;
				fold.forget(segment);
				expect(fold.items).toEqual(foldTimeline(entries.filter((entry) => entry.segment !== segment)));
				fold.apply(entries);
				expect(fold.items).toEqual(foldTimeline(entries));
				expect(fold.unreadable).toBe(unreadable);
				fold.forget(0);
				fold.forget(1);
				expect([fold.items, fold.unreadable]).toEqual([[], 0]);
			})
		);
	});

	it('quotes a message as it now is, tells that it was deleted or cancelled, or that it is not here', () => {
		const entry = messageEntry({ s: 0, text: 'quoted' });
		const target = formatEntryId(entry);
		const fold = createTimelineFold();
		expect(fold.quote(target)).toEqual({ state: 'missing' });
		fold.apply([entry, editEntry({ s: 1, target, text: 'edited' })]);
		expect(fold.quote(target)).toEqual({ state: 'shown', message: fold.items[0] });
		expect(fold.quote('0.1.1')).toEqual({ state: 'missing' });
		fold.apply([redactionEntry({ s: 2, target })]);
		expect(fold.quote(target)).toEqual({ state: 'deleted', author: ALICE });
		const cancelled = erased(messageEntry({ client: 4, author: BOB }));
		fold.apply([cancelled]);
		expect(fold.quote(formatEntryId(cancelled))).toEqual({ state: 'deleted', author: BOB });
	});

	it('counts what it cannot read, and what it skips for a reason is not among it', () => {
		const fold = createTimelineFold();
		const fine = messageEntry();
		const target = formatEntryId(fine);
		const at = (s: number, entry: Entry): Entry => ({ ...entry, s });
		fold.apply([
			fine,
			at(1, erased(fine)),
			at(2, reactionEntry({ segment: 3, target })),
			at(3, receiptEntry({ vector: new Map() })),
			at(4, sealEntry({ vector: new Map() })),
			at(5, redactionEntry({ author: BOB, target }))
		]);
		expect(fold.unreadable).toBe(0);
		fold.apply([
			at(6, { ...fine, kind: 200 }),
			at(7, { ...fine, version: 3 }),
			at(8, { ...fine, body: Uint8Array.of(0, 1) }),
			at(9, { ...editEntry({ target }), body: Uint8Array.of(0, 1) })
		]);
		expect(fold.unreadable).toBe(4);
		fold.apply([at(7, erased({ ...fine, version: 3 }))]);
		expect(fold.unreadable).toBe(3);
	});

	it('moves a reply, and the replies to it, when the target arrives late with a later stamp', () => {
		const target = messageEntry({ client: 1, ms: 50, text: 'target' });
		const reply = messageEntry({ client: 2, ms: 10, text: 'reply', replyTo: formatEntryId(target) });
		const second = messageEntry({ client: 3, ms: 10, text: 'second', replyTo: formatEntryId(reply) });
		const other = messageEntry({ client: 4, ms: 20, text: 'other' });
		const fold = createTimelineFold();
		fold.apply([second, other, reply]);
		expect(texts(fold.items)).toEqual(['reply', 'second', 'other']);
		fold.apply([target]);
		expect(texts(fold.items)).toEqual(['other', 'target', 'reply', 'second']);
		fold.apply([erased(target)]);
		expect(texts(fold.items)).toEqual(['reply', 'second', 'other']);
	});

	it('shows the second writing of an event once the first is erased', () => {
		const fold = createTimelineFold();
		const first = eventEntry({ client: 1, ms: 1, key: 'k', event: 'joined' });
		fold.apply([first, eventEntry({ client: 2, ms: 2, key: 'k', event: 'left' })]);
		expect(texts(fold.items)).toEqual(['joined']);
		fold.apply([erased(first)]);
		expect(texts(fold.items)).toEqual(['left']);
	});

	it('gives the same array while nothing changes, and never changes one it gave', () => {
		const fold = createTimelineFold();
		const entry = messageEntry({ text: 'one' });
		fold.apply([entry]);
		const before = fold.items;
		fold.apply([entry]);
		expect(fold.items).toBe(before);
		fold.apply([messageEntry({ s: 1, ms: 2_000, text: 'two' })]);
		expect(texts(before)).toEqual(['one']);
		expect(texts(fold.items)).toEqual(['one', 'two']);
		expect(fold.items[0]).toBe(before[0]);
	});
});
