import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryEntries, arbitraryShuffle, erased, eventEntry, messageEntry } from './entries.fixture';
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
			{ numRuns: 500 }
		);
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
