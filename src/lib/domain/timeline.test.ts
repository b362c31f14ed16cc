import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	ALICE,
	arbitraryEntries,
	arbitraryShuffle,
	erased,
	eventEntry,
	messageEntry
} from './entries.fixture';
import { foldTimeline, type TimelineItem } from './timeline';
import { formatEntryId, type Entry } from './entry';
import { STAMP_COUNTER_MAX, STAMP_MS_MAX } from './stamp';

const texts = (items: readonly TimelineItem[]) =>
	items.map((item) => (item.type === 'message' ? item.text : item.event));

/** The target's index is smaller, for every reply whose chain ends; in a cycle there is no such order. */
function expectRepliesBehindTargets(items: readonly TimelineItem[]): void {
	const index = new Map(items.flatMap(({ id, type }, i) => (type === 'message' ? [[id, i] as const] : [])));
	for (const item of items) {
		if (item.type !== 'message' || item.replyTo === undefined || !index.has(item.replyTo)) continue;
		if (!inCycle(item.id, items)) expect(index.get(item.replyTo)!).toBeLessThan(index.get(item.id)!);
	}
}

function inCycle(id: string, items: readonly TimelineItem[]): boolean {
	const targets = new Map(
		items.flatMap((item) =>
			item.type === 'message' && item.replyTo !== undefined ? [[item.id, item.replyTo] as const] : []
		)
	);
	let at = targets.get(id);
	for (let steps = 0; at !== undefined && steps <= items.length; steps++) {
		if (at === id) return true;
		at = targets.get(at);
	}
	return false;
}

describe('the timeline', () => {
	it('is the same in any order, in any split, with any repeats (P2, P5)', () => {
		fc.assert(
			fc.property(
				arbitraryEntries.chain((entries) =>
					fc.tuple(fc.constant(entries), arbitraryShuffle(entries), fc.nat())
				),
				([entries, shuffled, split]) => {
					const at = split % (entries.length + 1);
					const arrived = [...shuffled.slice(at), ...shuffled.slice(0, at), ...entries.slice(at)];
					expect(foldTimeline(arrived)).toEqual(foldTimeline(entries));
				}
			),
			{ numRuns: 300 }
		);
	});

	it('shows each message once, and every reply behind its target (P2, P4)', () => {
		fc.assert(
			fc.property(arbitraryEntries, (entries) => {
				const items = foldTimeline([...entries, ...entries]);
				expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
				expectRepliesBehindTargets(items);
			}),
			{ numRuns: 300 }
		);
	});

	it('orders by stamp, then by client id, then by place in the log', () => {
		const entries = [
			messageEntry({ client: 2, ms: 1, text: 'd' }),
			messageEntry({ client: 1, s: 1, ms: 1, text: 'c' }),
			messageEntry({ client: 1, s: 0, ms: 1, text: 'b' }),
			messageEntry({ client: 9, ms: 0, counter: 5, text: 'a' })
		];
		expect(texts(foldTimeline(entries))).toEqual(['a', 'b', 'c', 'd']);
	});

	it('places a reply with an early stamp behind its target, and the replies to it behind that', () => {
		const target = messageEntry({ client: 5, ms: 50, text: 'target' });
		const reply = messageEntry({ client: 2, ms: 10, text: 'reply', replyTo: formatEntryId(target) });
		const second = messageEntry({ client: 1, ms: 10, text: 'second', replyTo: formatEntryId(reply) });
		const after = messageEntry({ client: 6, ms: 50, counter: 1, text: 'after' });
		expect(texts(foldTimeline([after, second, reply, target]))).toEqual([
			'target',
			'reply',
			'second',
			'after'
		]);
	});

	it('places a reply behind its target also at the last stamp there is', () => {
		const end = { ms: STAMP_MS_MAX, counter: STAMP_COUNTER_MAX };
		const target = messageEntry({ client: 9, ...end, text: 'target' });
		const reply = messageEntry({ client: 1, ...end, text: 'reply', replyTo: formatEntryId(target) });
		expect(texts(foldTimeline([reply, target]))).toEqual(['target', 'reply']);
	});

	it('shows replies in a cycle by their own stamps, and those that lead into it behind their target', () => {
		const id = (client: number) => formatEntryId({ segment: 0, client, s: 0 });
		const entries = [
			messageEntry({ client: 1, ms: 30, text: 'one', replyTo: id(2) }),
			messageEntry({ client: 2, ms: 20, text: 'two', replyTo: id(1) }),
			messageEntry({ client: 3, ms: 10, text: 'into', replyTo: id(1) }),
			messageEntry({ client: 4, ms: 5, text: 'self', replyTo: id(4) })
		];
		expect(texts(foldTimeline(entries))).toEqual(['self', 'two', 'one', 'into']);
	});

	it('takes a step a message for a chain of 20,000 replies', () => {
		const entries = Array.from({ length: 20_000 }, (_, s) =>
			messageEntry({
				s,
				ms: 5,
				text: `${s}`,
				replyTo: s > 0 ? formatEntryId({ segment: 0, client: 1, s: s - 1 }) : undefined
			})
		);
		expect(texts(foldTimeline(entries.reverse()))[19_999]).toBe('19999');
	});

	it('shows a reply to something unknown or erased at its own stamp', () => {
		const target = messageEntry({ client: 1, ms: 50, text: 'target' });
		const reply = messageEntry({ client: 2, ms: 10, text: 'reply', replyTo: formatEntryId(target) });
		expect(
			texts(foldTimeline([erased(target), reply, messageEntry({ client: 3, ms: 20, text: 'other' })]))
		).toEqual(['reply', 'other']);
	});

	it('passes over unknown kinds and versions, and bodies that it cannot read', () => {
		const fine = messageEntry();
		const odd: Entry[] = [
			{ ...fine, kind: 200 },
			{ ...fine, version: 1 },
			{ ...fine, body: Uint8Array.of(1, 2) },
			{ ...fine, body: undefined }
		];
		for (const entry of odd) expect(foldTimeline([entry])).toEqual([]);
		expect(foldTimeline([{ ...eventEntry(), version: 1 }])).toEqual([]);
	});

	it('believes events from the server alone, and shows each once, the earlier writing', () => {
		const entries = [
			eventEntry({ client: 2, ms: 2, key: 'k', event: 'late' }),
			eventEntry({ client: 1, ms: 1, key: 'k', event: 'early' }),
			eventEntry({ client: 3, ms: 3, key: 'other', event: 'other' }),
			{ ...eventEntry({ client: 4, key: 'forged', event: 'forged' }), author: ALICE }
		];
		expect(texts(foldTimeline(entries))).toEqual(['early', 'other']);
	});

	it('holds messages of several segments in one order', () => {
		const entries = [
			messageEntry({ segment: 1, ms: 1, text: 'a' }),
			messageEntry({ segment: 0, ms: 2, text: 'b' })
		];
		expect(foldTimeline(entries).map(({ id }) => id)).toEqual(['1.1.0', '0.1.0']);
	});
});
