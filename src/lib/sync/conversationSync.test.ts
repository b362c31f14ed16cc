import * as Y from 'yjs';
import { describe, expect, it, vi } from 'vitest';
import { appendEntries } from '../conversation/log';
import { Clock } from '../domain/clock';
import { createMemoryDisk, createMemoryStorage, memoryLocalStore } from './memoryStorage';
import { encodeMessageBody } from '../domain/bodies';
import { KIND, type EntryId } from '../domain/entry';
import { noTabs } from './tabs';
import { openSalvagedTexts } from './salvagedTexts';
import { openConversationSync } from './conversationSync';
import { openRoomSync } from './roomSync';
import { SEGMENT_MESSAGES_MAX } from '../domain/limits';
import { infoFacts, type Info } from '../domain/info';
import { infoRoom, segmentRoom } from '../protocol/rooms';
import { segmentFacts, type SegmentSpan } from '../domain/segmentSpans';
import { SYSTEM_USER } from '../domain/ids';
import { writeFacts } from '../conversation/factDocument';

const ALICE = 'aaaaaaaaaaaaaaaa';
const BOB = 'bbbbbbbbbbbbbbbb';
const ID = `d-${ALICE}-${BOB}`;

/** A device that has no network, or whose relay never answers. */
function createDevice(network = { online: false }) {
	const disk = createMemoryDisk();
	const local = memoryLocalStore(disk.tables);
	let ms = 1_000_000;
	const opened: string[] = [];
	const open = async (liveHint = 0) => {
		const salvaged = await openSalvagedTexts(local, noTabs);
		const sync = openConversationSync({
			foresee: (info) => info,
			id: ID,
			self: ALICE,
			clock: new Clock(() => (ms += 10)),
			local,
			tabs: noTabs,
			liveHint,
			isOnline: () => network.online,
			salvage: {
				salvaged,
				describe: () => ({ name: 'Bob', quote: () => undefined }),
				onProblem: () => {}
			},
			openRoom: (room) => {
				opened.push(room);
				return openRoomSync({
					room,
					syncUrl: 'ws://relay.test/sync',
					SocketClass: class {} as unknown as typeof WebSocket,
					storage: createMemoryStorage(disk),
					local,
					tabs: noTabs,
					whenOnline: (start) => (start(), () => {}),
					onRelayTime: () => {}
				});
			}
		});
		await sync.whenLoaded;
		return sync;
	};
	/** Writes a segment straight to disk, as history that arrived earlier, and that the relay has. */
	const seed = (n: number, count: number, fromMs: number) => {
		const doc = new Y.Doc();
		// What a segment has from before is written further.
		for (const update of disk.docs.get(segmentRoom(ID, n)) ?? []) Y.applyUpdate(doc, update);
		for (let i = 0; i < count; i++) {
			appendEntries(doc, BOB, [
				{
					kind: KIND.message,
					stamp: { ms: fromMs + i, counter: 0 },
					body: encodeMessageBody({ text: `${n}/${i}` })
				}
			]);
		}
		disk.docs.set(segmentRoom(ID, n), [Y.encodeStateAsUpdate(doc)]);
		return (i: number): EntryId => `${n}.${doc.clientID}.${i}`;
	};
	const texts = (sync: { items: readonly { type: string }[] }) =>
		sync.items.flatMap((item) => ('text' in item ? [item.text as string] : []));
	/** What the server says of when the messages of each segment were written. */
	const seedSpans = (spans: ReadonlyMap<number, SegmentSpan>, said: Partial<Info> = {}) => {
		const doc = new Y.Doc();
		const facts = [...infoFacts({ kind: 'direct', ...said }), ...segmentFacts(spans)];
		writeFacts(doc, SYSTEM_USER, new Map(facts), () => ({ ms: 1, counter: 0 }));
		disk.docs.set(infoRoom(ID), [Y.encodeStateAsUpdate(doc)]);
	};
	/** The relay has told that it has so many clocks of the segment. */
	const told = (n: number, vector: readonly [number, number][]) =>
		local.put('acks', segmentRoom(ID, n), vector);
	return { open, seed, seedSpans, told, texts, opened, disk };
}

const bytesOf = (disk: ReturnType<typeof createMemoryDisk>): string =>
	[...disk.docs.values()]
		.flat()
		.map((update) => Buffer.from(update).toString('latin1'))
		.join('');

describe('a queued message', () => {
	it('that is edited shows the new text and leaves no trace of the old one', async () => {
		const device = createDevice();
		const sync = await device.open();
		const id = sync.send({ text: 'secret' });
		await sync.edit(id, { text: 'plain' });
		expect(device.texts(sync)).toEqual(['plain']);
		expect(sync.items[0]).toMatchObject({ id, versions: [] });
		expect(sync.unsent.filter(({ kind }) => kind === KIND.message)).toHaveLength(0);
		expect(sync.unsent).toHaveLength(1);
	});

	it('that is cancelled is nowhere, after a restart too', async () => {
		const device = createDevice();
		const sync = await device.open();
		const id = sync.send({ text: 'secret' });
		expect(await sync.remove(id)).toMatchObject({
			done: 'cancelled',
			said: { text: 'secret' },
			mayHaveLeft: false
		});
		expect(sync.items).toEqual([]);
		expect(sync.unsent).toEqual([]);
		await sync.close();
		expect((await device.open()).items).toEqual([]);
	});

	it('that was cancelled after all it had left is redacted when the relay says that it has it', async () => {
		const device = createDevice();
		const sync = await device.open();
		const id = sync.send({ text: 'seen by others' });
		const [, client, s] = id.split('.').map(Number);
		await sync.remove(id);
		await sync.settleCancelled(0, new Map([[client!, 2 * s! + 2]]));
		expect(sync.items).toMatchObject([{ id, deleted: true }]);
	});

	it('that was cancelled in time is not redacted', async () => {
		const device = createDevice();
		const sync = await device.open();
		const id = sync.send({ text: 'never left' });
		await sync.remove(id);
		await sync.settleCancelled(0, new Map());
		expect(sync.items).toEqual([]);
	});
});

describe('segments', () => {
	it('a conversation opens with its last segment alone, however long its history', async () => {
		const device = createDevice();
		for (let n = 0; n < 5; n++) device.seed(n, 100, 1_000 * n);
		const sync = await device.open(4);
		expect(device.opened.filter((room) => room.startsWith('c/'))).toEqual([segmentRoom(ID, 4)]);
		expect(device.texts(sync)[0]).toBe('4/0');
		expect(sync.hasEarlier).toBe(true);
		expect(sync.hasLater).toBe(false);
	});

	it('paging back and forth shows all of history in order, with never more than four segments in memory besides the last', async () => {
		const device = createDevice();
		for (let n = 0; n < 8; n++) device.seed(n, 100, 1_000 * n);
		const sync = await device.open(7);
		while (sync.hasEarlier) {
			await sync.loadEarlier();
			expect(sync.openSegments.filter((n) => n !== 7).length).toBeLessThanOrEqual(4);
		}
		expect(device.texts(sync)[0]).toBe('0/0');
		expect(sync.hasLater).toBe(true);
		while (sync.hasLater) await sync.loadLater();
		expect(device.texts(sync).at(-1)).toBe('7/99');
		expect(sync.openSegments.length).toBeLessThanOrEqual(4);
	});

	it('of an earlier segment nothing is shown while the rest of it is on its way, unless that cannot come', async () => {
		const network = { online: true };
		const device = createDevice(network);
		for (let n = 0; n < 4; n++) device.seed(n, 100, 1_000 * n);
		await device.told(2, []);
		const sync = await device.open(3);
		sync.connect();
		await sync.loadEarlier();
		expect(sync.window).toEqual({ first: 2, last: 3 });
		await sync.loadEarlier();
		expect(sync.window).toEqual({ first: 2, last: 3 });
		expect(sync.hasEarlier).toBe(true);
		// Asked for again it goes on where it was.
		expect(sync.openSegments).toContain(1);
		network.online = false;
		await sync.loadEarlier();
		expect(sync.window).toEqual({ first: 1, last: 3 });
		expect(device.texts(sync)).toHaveLength(300);
	});

	it('what is in memory and not in the window is not shown, though the last segment is still empty', async () => {
		const device = createDevice();
		for (let n = 0; n < 3; n++) device.seed(n, 100, 1_000 * n);
		const sync = await device.open(3);
		expect(device.texts(sync)[0]).toBe('2/0');
		const held = sync.holdSegment(0);
		await held.whenLoaded;
		expect(device.texts(sync)[0]).toBe('2/0');
		await sync.loadEarlier();
		expect(device.texts(sync)[0]).toBe('1/0');
		await held.letGo();
		expect(device.texts(sync)).toHaveLength(200);
	});

	it('paging both ways at once goes both ways', async () => {
		const device = createDevice();
		const idsOf = Array.from({ length: 8 }, (_, n) => device.seed(n, 100, 1_000 * n));
		const sync = await device.open(7);
		await sync.showEntry(idsOf[4]!(50));
		await Promise.all([sync.loadEarlier(), sync.loadLater()]);
		expect(sync.window).toEqual({ first: 2, last: 5 });
		expect(device.texts(sync)).toHaveLength(400);
	});

	it('shows the messages of a segment that were written in the millisecond in which the next one begins', async () => {
		const device = createDevice();
		const idOf = device.seed(0, 100, 1_000);
		device.seed(1, 100, 1_099);
		const sync = await device.open(1);
		await sync.showEntry(idOf(50));
		expect(sync.window).toEqual({ first: 0, last: 0 });
		expect(device.texts(sync)).toHaveLength(100);
		expect(device.texts(sync).at(-1)).toBe('0/99');
	});

	it('nothing more of a conversation is opened once it is closed', async () => {
		const device = createDevice();
		for (let n = 0; n < 8; n++) device.seed(n, 100, 1_000 * n);
		const sync = await device.open(7);
		const paging = [sync.loadEarlier(), sync.loadEarlier()];
		await sync.close();
		await Promise.all(paging);
		expect(device.opened).not.toContain(segmentRoom(ID, 5));
	});

	it('a message far back is brought by its id', async () => {
		const device = createDevice();
		for (let n = 0; n < 8; n++) device.seed(n, 100, 1_000 * n);
		const sync = await device.open(7);
		const first = await device.open(2);
		const target = first.items.find((item) => item.type === 'message' && item.text === '2/50')!;
		await first.close();
		expect(await sync.showEntry(target.id)).toBe(true);
		expect(sync.items.some(({ id }) => id === target.id)).toBe(true);
		expect(await sync.showEntry('99.1.1')).toBe(false);
		await sync.showLatest();
		expect(device.texts(sync).at(-1)).toBe('7/99');
	});

	it('who joined later has something to read from the segment on that took messages then', async () => {
		const device = createDevice();
		const spans = new Map(
			Array.from({ length: 5 }, (_, n) => [n, { first: 1_000 * n, last: 1_000 * n + 99 }])
		);
		// Something came late into an older one: it stands in the time of a later one.
		spans.set(0, { first: 0, last: 4_050 });
		device.seedSpans(spans, { members: new Map([[ALICE, 'member']]), joined: new Map([[ALICE, 3_050]]) });
		const sync = await device.open(4);
		expect([sync.joinedAt, sync.joinedIn]).toEqual([3_050, 3]);
		const there = createDevice();
		there.seedSpans(spans, { members: new Map([[ALICE, 'member']]), firstSegments: new Map([[ALICE, 2]]) });
		const other = await there.open(4);
		expect([other.joinedAt, other.joinedIn]).toEqual([undefined, 2]);
	});

	it('a message that was written late into an old segment is brought where it stands, in the time of a later one', async () => {
		const device = createDevice();
		for (let n = 0; n < 8; n++) device.seed(n, 100, 1_000 * n);
		const late = device.seed(1, 1, 5_500)(0);
		const ends = new Map([[1, 5_500]]);
		device.seedSpans(
			new Map(
				Array.from({ length: 7 }, (_, n) => [n, { first: 1_000 * n, last: ends.get(n) ?? 1_000 * n + 99 }])
			)
		);
		const sync = await device.open(7);
		expect(await sync.showEntry(late)).toBe(true);
		expect(sync.window).toEqual({ first: 4, last: 5 });
		const at = sync.items.findIndex(({ id }) => id === late);
		expect(at).toBe(200);
		// Its segment stays with the window, and goes with it.
		await sync.loadEarlier();
		expect(sync.items.filter(({ id }) => id === late)).toHaveLength(1);
		await sync.showLatest();
		expect(sync.openSegments).toEqual([7]);
	});

	it('a message of the millisecond in which the next segment begins is brought in its own', async () => {
		const device = createDevice();
		const idsOf = [0, 1, 2].map((n) => device.seed(n, 100, 1_099 * n));
		device.seed(2, 1, 1_050);
		const sync = await device.open(2);
		for (const [n, i] of [
			[0, 99],
			[1, 50],
			[0, 0]
		] as const) {
			expect(await sync.showEntry(idsOf[n]!(i))).toBe(true);
			expect(sync.items.map(({ id }) => id)).toContain(idsOf[n]!(i));
			await sync.showLatest();
		}
	});

	it('history that was all written in one millisecond is brought segment by segment', async () => {
		const device = createDevice();
		const idsOf = [0, 1, 2].map((n) => {
			let last: ((i: number) => EntryId) | undefined;
			for (let i = 0; i < 3; i++) last = device.seed(n, 1, 5_000);
			return last!;
		});
		device.seedSpans(new Map([0, 1, 2].map((n) => [n, { first: 5_000, last: 5_000 }])));
		const sync = await device.open(2);
		for (const n of [0, 1, 2]) {
			const id = idsOf[n]!(0);
			expect(await sync.showEntry(id)).toBe(true);
			expect(sync.items.map((item) => item.id)).toContain(id);
		}
	});

	it('one message that claims to be as old as any does not have all of history loaded', async () => {
		const device = createDevice();
		for (let n = 0; n < 12; n++) device.seed(n, 100, 1_000 * n);
		device.seed(12, 100, 12_000);
		device.seed(12, 1, 1);
		device.seedSpans(
			new Map(
				Array.from({ length: 13 }, (_, n) => [n, { first: n === 12 ? 1 : 1_000 * n, last: 1_000 * n + 99 }])
			)
		);
		const sync = await device.open(12);
		expect([...sync.openSegments].sort((a, b) => a - b)).toEqual([8, 9, 10, 11, 12]);
		expect(device.texts(sync).at(-1)).toBe('12/99');
		while (sync.hasEarlier) await sync.loadEarlier();
		expect(device.texts(sync).filter((text) => text === '12/0')).toHaveLength(1);
	});

	it('the message after the last that a segment takes opens the next', async () => {
		const device = createDevice();
		device.seed(0, SEGMENT_MESSAGES_MAX - 1, 1_000);
		const sync = await device.open();
		expect(sync.send({ text: 'fits' })).toMatch(/^0\./);
		expect(sync.send({ text: 'rolls over' })).toMatch(/^1\./);
		await vi.waitFor(() => expect(device.texts(sync).slice(-2)).toEqual(['fits', 'rolls over']));
	});

	it('a message of an old segment is edited where it stands', async () => {
		const device = createDevice();
		const before = await device.open();
		const id = before.send({ text: 'old' });
		await before.close();
		device.seed(1, 100, 5_000_000);
		const sync = await device.open(1);
		await sync.react(id, '👍', true);
		await sync.showEntry(id);
		expect(sync.items.find((item) => item.id === id)).toMatchObject({
			reactions: [{ emoji: '👍', users: [ALICE] }]
		});
	});
});

it('what another device of the user deleted is erased here too, however late its edit arrives', async () => {
	const device = createDevice();
	const sync = await device.open();
	const id = sync.send({ text: 'secret one' });
	await sync.edit(id, { text: 'secret two' });
	await sync.close();
	expect(bytesOf(device.disk)).toContain('secret two');
	const again = await device.open();
	await again.remove(id);
	await again.close();
	const docs = new Y.Doc();
	for (const update of device.disk.docs.get(segmentRoom(ID, 0)) ?? []) Y.applyUpdate(docs, update);
	expect(Buffer.from(Y.encodeStateAsUpdate(docs)).toString('latin1')).not.toContain('secret');
});
