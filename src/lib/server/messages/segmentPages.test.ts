import { expect, it } from 'vitest';
import { ALICE, messageEntry } from '../../domain/entries.fixture';
import { formatEntryId, type Entry } from '../../domain/entry';
import { readPage } from './segmentPages';

const ID = '018f0000-0000-7000-8000-000000000001';

/** A conversation of so many segments with two messages each, written at the time of `msOf`. */
function conversation(segments: number, msOf: (n: number) => number) {
	const entriesOf = (n: number): Entry[] =>
		[0, 1].map((s) =>
			messageEntry({ author: ALICE, client: 7, s, segment: n, ms: msOf(n), text: `${n}/${s}` })
		);
	const read: string[] = [];
	const segmentOf = (room: string) => Number(room.split('/').at(-1));
	const relay = {
		entries: async (room: string) => (read.push(room), entriesOf(segmentOf(room))),
		entry: async (room: string, id: string) =>
			entriesOf(segmentOf(room)).find((entry) => formatEntryId(entry) === id)
	};
	const spans = new Map(
		Array.from({ length: segments }, (_, n) => [n, { first: msOf(n), last: msOf(n) }] as const)
	);
	return {
		read,
		page: (limit: number) =>
			readPage(relay, { id: ID, first: 0, live: segments - 1, spans }, { limit }, async () => {})
	};
}

it('a page reads the segments that it meets', async () => {
	const { read, page } = conversation(200, (n) => 1_000 * (n + 1));
	expect((await page(2))?.messages.map(({ text }) => text)).toEqual(['199/0', '199/1']);
	expect(read.length).toBeLessThanOrEqual(2);
});

it('segments that all claim to be of one moment are not all read for a page', async () => {
	const { read, page } = conversation(200, () => 1);
	const found = await page(2);
	expect(found?.messages).toHaveLength(2);
	expect(found?.before).toBe(found?.messages[0]?.id);
	expect(read.length).toBeLessThanOrEqual(64);
});

it('others have their turn while a segment is taken in that holds far more than is full', async () => {
	const entries = Array.from({ length: 5_500 }, (_, s) =>
		messageEntry({ author: ALICE, client: 7, s, segment: 0, ms: 1_000 + s, text: String(s) })
	);
	let turns = 0;
	const found = await readPage(
		{ entries: async () => entries, entry: async () => undefined },
		{ id: ID, first: 0, live: 0, spans: new Map([[0, { first: 1_000, last: 6_500 }]]) },
		{ limit: 2 },
		async () => void (turns += 1)
	);
	expect(found?.messages.map(({ text }) => text)).toEqual(['5498', '5499']);
	expect(turns).toBe(5);
});
