import * as Y from 'yjs';
import { describe, expect, it, vi } from 'vitest';
import { KIND } from '../domain/entry';
import { CLOCK_AHEAD_MAX_MS, SEGMENT_MESSAGES_MAX } from '../domain/limits';
import { segmentRoom } from '../protocol/rooms';
import { ALICE, bytesOf, createDevice, ID } from './conversation.fixture';
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

	it('fifty pages back and forth leave no more in memory than where it began: segments, entries and open documents', async () => {
		const device = createDevice();
		const [count, messages] = [51, 40];
		for (let n = 0; n < count; n++) device.seed(n, messages, 1_000 * n);
		const sync = await device.open(count - 1);
		for (let pages = 0; pages < 50; pages++) await sync.loadEarlier();
		expect(device.texts(sync)[0]).toBe('0/0');
		expect(sync.openSegments.length).toBeLessThanOrEqual(5);
		expect(sync.heldItems.length).toBeLessThanOrEqual(5 * messages);
		for (let pages = 0; pages < 50; pages++) await sync.loadLater();
		expect(device.texts(sync).at(-1)).toBe(`50/${messages - 1}`);
		expect(sync.openSegments.length).toBeLessThanOrEqual(4);
		expect(sync.heldItems.length).toBeLessThanOrEqual(4 * messages);
		expect(device.openDocs).toBeLessThanOrEqual(5);
	});

	it('a conversation that goes on while one reads far back keeps its last segment alone, and what the end may be in while that is empty', async () => {
		const device = createDevice();
		for (let n = 0; n < 6; n++) device.seed(n, 100, 1_000 * n);
		device.seedSpans(new Map(), { live: 5 });
		const sync = await device.open(5);
		while (sync.hasEarlier) await sync.loadEarlier();
		for (let n = 6; n < 10; n++) {
			device.goOn(n);
			await vi.waitFor(() => expect(sync.openSegments).toContain(n));
		}
		await vi.waitFor(() => expect([...sync.openSegments].sort()).toEqual([0, 1, 2, 3, 5, 8, 9]));
		await vi.waitFor(() => expect(device.openDocs).toBe(8));
		device.hear(9, 'the first there');
		await vi.waitFor(() => expect([...sync.openSegments].sort()).toEqual([0, 1, 2, 3, 9]));
		await vi.waitFor(() => expect(device.openDocs).toBe(6));
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

	it('a segment that is on its way stays when one on the other side is asked for too: each would let go of the other, without end', async () => {
		const device = createDevice({ online: true });
		const idsOf = Array.from({ length: 8 }, (_, n) => device.seed(n, 100, 1_000 * n));
		for (const n of [3, 4, 7]) await device.told(n, []);
		const sync = await device.open(7);
		sync.connect();
		await sync.showEntry(idsOf[4]!(50));
		expect(sync.window).toEqual({ first: 3, last: 4 });
		await sync.loadEarlier();
		expect(sync.openSegments.toSorted()).toEqual([2, 3, 4, 7]);
		await sync.loadLater();
		expect(sync.openSegments.toSorted()).toEqual([2, 3, 4, 5, 7]);
		await sync.loadEarlier();
		expect(sync.openSegments.toSorted()).toEqual([2, 3, 4, 5, 7]);
		expect(device.opened.filter((room) => room === segmentRoom(ID, 2))).toHaveLength(1);
	});

	it('who reads right before the last segment stays there, whatever comes in at the end', async () => {
		const device = createDevice();
		for (let n = 0; n < 5; n++) device.seed(n, 100, 1_000 * n);
		const sync = await device.open(4);
		while (sync.window.first > 0) await sync.loadEarlier();
		expect(sync.window).toEqual({ first: 0, last: 3 });
		const before = sync.items;
		device.hear(4, 'at the end');
		await sync.holdSegment(2).letGo();
		expect(sync.window).toEqual({ first: 0, last: 3 });
		expect(sync.items).toEqual(before);
		expect(sync.heldItems.at(-1)).toMatchObject({ text: 'at the end' });
	});

	it('a segment that is on its way is let go of when the window has gone on', async () => {
		const device = createDevice({ online: true });
		for (let n = 0; n < 4; n++) device.seed(n, 100, 1_000 * n);
		device.seed(4, SEGMENT_MESSAGES_MAX - 1, 4_000);
		for (const n of [1, 2, 3, 4]) await device.told(n, []);
		const sync = await device.open(4);
		sync.connect();
		for (let time = 0; time < 4; time++) await sync.loadEarlier();
		expect(sync.window).toEqual({ first: 1, last: 4 });
		expect(sync.openSegments).toContain(0);
		for (const text of ['fits', 'rolls over']) sync.send({ text });
		await vi.waitFor(() => expect(sync.window).toEqual({ first: 2, last: 5 }));
		expect(sync.openSegments.toSorted()).toEqual([2, 3, 4, 5]);
	});

	it('what is deleted in a segment that others let go of meanwhile is erased', async () => {
		const device = createDevice();
		const before = await device.open(0);
		const id = before.send({ text: 'secret' });
		await before.close();
		expect(bytesOf(device.disk)).toContain('secret');
		for (const n of [1, 2, 3]) device.seed(n, 100, 10_000_000 * n);
		const sync = await device.open(3);
		const held = sync.holdSegment(1);
		const removing = sync.remove(id);
		await held.letGo();
		expect(await removing).toMatchObject({ said: { text: 'secret' } });
		await sync.close();
		expect(bytesOf(device.disk)).not.toContain('secret');
	});

	it('a window is brought whole though others let go of what is not shown meanwhile', async () => {
		const device = createDevice();
		for (let n = 0; n < 8; n++) device.seed(n, 100, 1_000 * n);
		const late = device.seed(1, 1, 5_500)(0);
		const span = (n: number) => ({ first: 1_000 * n, last: n === 1 ? 5_500 : 1_000 * n + 99 });
		device.seedSpans(new Map(Array.from({ length: 7 }, (_, n) => [n, span(n)])));
		const sync = await device.open(7);
		const held = sync.holdSegment(0);
		await held.whenLoaded;
		// What it is asked for from here on is in memory before it is shown.
		device.hears.onOpen = (room) => {
			if (room === segmentRoom(ID, 5)) queueMicrotask(() => void held.letGo());
		};
		expect(await sync.showEntry(late)).toBe(true);
		expect(sync.window).toEqual({ first: 4, last: 5 });
		expect(device.texts(sync)).toEqual(expect.arrayContaining(['4/0', '5/0', '5/99']));
	});

	it('a message is brought though others let go of what is not shown meanwhile', async () => {
		const device = createDevice();
		const idsOf = Array.from({ length: 4 }, (_, n) => device.seed(n, 100, 1_000 * n));
		const sync = await device.open(3);
		const held = sync.holdSegment(1);
		const showing = sync.showEntry(idsOf[0]!(5));
		await held.letGo();
		expect(await showing).toBe(true);
		expect(sync.items.map(({ id }) => id)).toContain(idsOf[0]!(5));
	});

	it('a window that has no message of its own shows nothing else that is in memory', async () => {
		const device = createDevice({ online: true });
		const idsOf = Array.from({ length: 3 }, (_, n) => device.seed(n, 100, 1_000 * n));
		const sync = await device.open(3);
		sync.connect();
		const held = sync.holdSegment(0);
		await sync.showEntry(idsOf[0]!(5));
		await sync.showLatest();
		expect(sync.window).toEqual({ first: 3, last: 3 });
		expect(device.texts(sync)).toEqual([]);
		await held.letGo();
	});

	it('a window whose first segment has no message begins with the one behind it', async () => {
		const device = createDevice();
		device.seed(0, 100, 0);
		device.seed(1, 30, 1_000, KIND.receipt);
		device.seed(2, 50, 2_000);
		const sync = await device.open(2);
		const held = sync.holdSegment(0);
		await held.whenLoaded;
		expect(sync.window).toEqual({ first: 1, last: 2 });
		expect(device.texts(sync)).toHaveLength(50);
		await held.letGo();
	});

	it('only messages say from when to when a segment goes', async () => {
		const device = createDevice();
		const idsOf = Array.from({ length: 3 }, (_, n) => device.seed(n, 100, 1_000 * n));
		device.seed(0, 1, 5_000, KIND.receipt);
		const sync = await device.open(2);
		await sync.showEntry(idsOf[0]!(5));
		await sync.showLatest();
		expect(sync.openSegments).toEqual([2]);
	});

	describe('that hold next to nothing, as where history begins at joining and many join', () => {
		/** What was said before, then segments in each of which the server says of somebody who joined, then a word. */
		const afterJoins = (joined: number, said = 30) => {
			const device = createDevice();
			device.seed(0, said, 0);
			for (let n = 1; n <= joined; n++) device.seedJoin(n, 1_000 * n);
			device.seed(joined + 1, 1, 1_000 * (joined + 1));
			const spans = [0, joined + 1].map((n) => [n, { first: 1_000 * n, last: 1_000 * n + said }] as const);
			device.seedSpans(new Map(spans), { kind: 'group', history: 'joining', live: joined + 1 });
			return device;
		};

		it('what was said before them is shown with the end', async () => {
			const device = afterJoins(40);
			const sync = await device.open(41);
			expect(sync.window).toEqual({ first: 0, last: 41 });
			expect(sync.items).toHaveLength(30 + 40 + 1);
		});

		it('a page back and forth shows all that stands between, without a hole', async () => {
			const joined = 400;
			const device = afterJoins(joined, 100);
			const sync = await device.open(joined + 1);
			const moments = () => sync.items.map(({ stamp }) => stamp.ms);
			const isWhole = () => {
				const [first = 0, last = 0] = [moments()[0], moments().at(-1)];
				return moments().filter((ms) => ms >= 1_000).length === last / 1_000 - Math.max(first / 1_000, 1) + 1;
			};
			expect(sync.items.length).toBeGreaterThanOrEqual(80);
			while (sync.hasEarlier) {
				const before = moments()[0]!;
				await sync.loadEarlier();
				expect(moments()[0]).toBeLessThan(before);
				expect(sync.hasEarlier ? isWhole() : true).toBe(true);
				expect(sync.openSegments.length).toBeLessThanOrEqual(300);
			}
			expect(device.texts(sync)[0]).toBe('0/0');
			while (sync.hasLater) await sync.loadLater();
			expect(device.texts(sync).at(-1)).toBe(`${joined + 1}/0`);
			expect(isWhole()).toBe(true);
		});

		it('who joined stands where the window ends, though the last segment says more', async () => {
			const device = afterJoins(400, 100);
			device.seedJoin(401, 401_000 - 1);
			const sync = await device.open(401);
			while (sync.hasEarlier) await sync.loadEarlier();
			expect(sync.window.last).toBeLessThan(401);
			expect(sync.items.at(-1)!.stamp.ms).toBe(1_000 * sync.window.last);
		});
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

	it('what two segments say in one millisecond stands in its order, through whichever window it is seen', async () => {
		const device = createDevice();
		const idOf = device.seed(0, 100, 1_000);
		device.seed(0, 1, 1_099, KIND.message, 7);
		device.seed(1, 100, 1_099);
		device.seedSpans(new Map([[0, { first: 1_000, last: 1_099 }]]));
		const sync = await device.open(1);
		const whole = device.texts(sync);
		await sync.showEntry(idOf(50));
		expect(sync.window).toEqual({ first: 0, last: 0 });
		const walked = new Set(device.texts(sync));
		await sync.loadLater();
		expect(sync.window).toEqual({ first: 0, last: 1 });
		for (const text of device.texts(sync)) walked.add(text);
		expect(device.texts(sync)).toHaveLength(201);
		expect([...walked]).toEqual(device.texts(sync));
		expect(whole).toEqual(device.texts(sync).slice(-whole.length));
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

	it('what claims to be old in a later segment hides nothing that was written after joining', async () => {
		const device = createDevice();
		const spans = new Map(
			Array.from({ length: 5 }, (_, n) => [n, { first: 1_000 * n, last: 1_000 * n + 999 }])
		);
		spans.set(4, { first: 1, last: 4_999 });
		device.seedSpans(spans, { members: new Map([[ALICE, 'member']]), joined: new Map([[ALICE, 2_500]]) });
		expect((await device.open(4)).joinedIn).toBe(2);
	});

	it.each([0, 3].flatMap((hint) => [0, 1, 2, 3, 4, 5, 6].map((turns) => [turns, hint] as const)))(
		'a conversation that is closed %i turns into its loading from segment %i opens nothing any more, and is not loaded',
		async (turns, hint) => {
			const device = createDevice();
			for (const n of [1, 2, 3]) device.seed(n, 10, 1_000 * n);
			device.seedSpans(new Map(), { live: 3 });
			const sync = await device.begin(hint);
			for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate);
			const closed = sync.close();
			const before = device.opened.length;
			await Promise.all([closed, sync.whenLoaded]);
			expect([sync.loaded, sync.settled, sync.openSegments]).toEqual([false, false, []]);
			expect(device.opened.slice(before)).toEqual([]);
		}
	);

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

	it('a message of the millisecond in which the next segment begins is brought, with that segment', async () => {
		const device = createDevice();
		const idsOf = [0, 1, 2].map((n) => device.seed(n, 100, 1_000 + 99 * n));
		device.seedSpans(new Map([0, 1].map((n) => [n, { first: 1_000 + 99 * n, last: 1_099 + 99 * n }])));
		const sync = await device.open(2);
		for (const n of [0, 1]) {
			expect(await sync.showEntry(idsOf[n]!(99))).toBe(true);
			expect(sync.items.map(({ id }) => id)).toContain(idsOf[n]!(99));
			expect(sync.window.last).toBe(n + 1);
			await sync.showLatest();
		}
	});

	it('a message is brought in its own segment, though a later one claims to have begun before it', async () => {
		const device = createDevice();
		const idsOf = [0, 1, 2, 3, 4, 5].map((n) => device.seed(n, 100, 1_000 * n));
		device.seed(3, 1, 1);
		const span = (n: number) => ({ first: n === 3 ? 1 : 1_000 * n, last: 1_000 * n + 99 });
		device.seedSpans(new Map([0, 1, 2, 3, 4].map((n) => [n, span(n)])));
		const sync = await device.open(5);
		expect(await sync.showEntry(idsOf[0]!(50))).toBe(true);
		expect(sync.items.map(({ id }) => id)).toContain(idsOf[0]!(50));
	});

	it('history that was all written in one millisecond is brought segment by segment', async () => {
		const device = createDevice();
		const all = [0, 1, 2].map((n) => {
			// Of the last there is a little less than is shown at once: the one before it is shown with it.
			const ids = Array.from({ length: n === 2 ? 79 : 80 }, () => device.seed(n, 1, 5_000)(0));
			return ids;
		});
		device.seedSpans(new Map([0, 1, 2].map((n) => [n, { first: 5_000, last: 5_000 }])));
		const sync = await device.open(2);
		const shown = () => new Set(sync.items.map(({ id }) => id));
		const holds = [0, 1].map((n) => sync.holdSegment(n));
		await Promise.all(holds.map(({ whenLoaded }) => whenLoaded));
		for (const n of [2, 1, 0]) {
			for (const id of [all[n]![0]!, all[n]!.at(-1)!]) {
				expect(await sync.showEntry(id)).toBe(true);
				expect(shown()).toContain(id);
			}
		}
		expect([sync.window, shown()]).toEqual([{ first: 0, last: 0 }, new Set(all[0])]);
		// Nothing more is in memory than before, and yet there is more to show.
		await sync.loadLater();
		expect(shown()).toEqual(new Set([...all[0]!, ...all[1]!]));
		for (const held of holds) await held.letGo();
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

	it('a segment that is filled while one reads far back is let go of, once, as somebody writes in the next', async () => {
		const device = createDevice();
		for (let n = 0; n < 5; n++) device.seed(n, 100, 1_000 * n);
		device.seed(5, SEGMENT_MESSAGES_MAX - 1, 5_000);
		device.seedSpans(new Map(), { live: 5 });
		const sync = await device.open(5);
		while (sync.hasEarlier) await sync.loadEarlier();
		device.hear(5, 'the last that it takes');
		await vi.waitFor(() => expect([...sync.openSegments].sort()).toEqual([0, 1, 2, 3, 5, 6]));
		expect(sync.holdsEnd).toBe(true);
		device.hear(6, 'the first of the next');
		await vi.waitFor(() => expect([...sync.openSegments].sort()).toEqual([0, 1, 2, 3, 6]));
		await vi.waitFor(() => expect(device.openDocs).toBe(6));
		for (let turns = 0; turns < 20; turns++) await new Promise(setImmediate);
		expect(device.opened.filter((room) => room === segmentRoom(ID, 5))).toHaveLength(1);
		expect(sync.live).toBe(6);
	});

	it('what was written last comes to a device that was away for more than a segment, and stays while nobody has written behind it', async () => {
		const device = createDevice();
		device.seed(0, 100, 1_000);
		device.seed(1, 100, 2_000);
		device.seedSpans(new Map(), { live: 1 });
		const sync = await device.open(1);
		device.goOn(4);
		await vi.waitFor(() => expect([...sync.openSegments].sort()).toEqual([1, 3, 4]));
		device.hear(3, 'the newest');
		expect(sync.holdsEnd).toBe(true);
		expect(sync.heldItems.at(-1)).toMatchObject({ text: 'the newest' });
		const other = sync.holdSegment(2);
		await other.whenLoaded;
		await other.letGo();
		expect([...sync.openSegments].sort()).toEqual([1, 3, 4]);
		device.hear(4, 'newer still');
		await vi.waitFor(() => expect([...sync.openSegments].sort()).toEqual([1, 4]));
	});

	it('the end stays where one reads far back and people join, who read from a segment of their own on', async () => {
		const device = createDevice();
		for (let n = 0; n < 6; n++) device.seed(n, 100, 1_000 * n);
		device.seed(6, 3, 6_000);
		const spans = [0, 1, 2, 3, 4, 5, 6].map((n) => [n, { first: 1_000 * n, last: 1_000 * n + 99 }] as const);
		device.seedSpans(new Map(spans), { live: 6 });
		const sync = await device.open(6);
		while (sync.hasEarlier) await sync.loadEarlier();
		await vi.waitFor(() => expect([...sync.openSegments].sort()).toEqual([0, 1, 2, 3, 6]));
		for (const n of [7, 8]) {
			device.seedJoin(n, 1_000 * n);
			device.goOn(n);
			await vi.waitFor(() => expect(sync.openSegments).toContain(n));
			await vi.waitFor(() => expect(sync.holdsEnd).toBe(true));
			await sync.holdSegment(2).letGo();
			expect(sync.openSegments).toContain(6);
			expect(sync.heldItems.findLast(({ type }) => type === 'message')).toMatchObject({ text: '6/2' });
		}
		device.hear(8, 'to all of you');
		await sync.holdSegment(2).letGo();
		expect([...sync.openSegments].sort()).toEqual([0, 1, 2, 3, 8]);
		expect(sync.holdsEnd).toBe(true);
	});

	it('the end stays where one reads far back while what is told of a later segment is on its way', async () => {
		const device = createDevice();
		for (let n = 0; n < 6; n++) device.seed(n, 100, 1_000 * n);
		device.seed(6, 3, 6_000);
		const spans = [0, 1, 2, 3, 4, 5, 6, 7].map(
			(n) => [n, { first: 1_000 * n, last: 1_000 * n + 99 }] as const
		);
		device.seedSpans(new Map(spans), { live: 7 });
		const sync = await device.open(7);
		while (sync.hasEarlier) await sync.loadEarlier();
		await vi.waitFor(() => expect([...sync.openSegments].sort()).toEqual([0, 1, 2, 3, 6, 7]));
		expect(sync.heldItems.findLast(({ type }) => type === 'message')).toMatchObject({ text: '6/2' });
		device.hear(7, 'it came');
		await sync.holdSegment(2).letGo();
		expect([...sync.openSegments].sort()).toEqual([0, 1, 2, 3, 7]);
	});

	it('no segment is opened again and again while several that are told of are on their way', async () => {
		const device = createDevice();
		for (let n = 0; n < 6; n++) device.seed(n, 100, 1_000 * n);
		const spans = [0, 1, 2, 3, 4, 5, 6, 7, 8].map(
			(n) => [n, { first: 1_000 * n, last: 1_000 * n + 99 }] as const
		);
		device.seedSpans(new Map(spans), { live: 5 });
		const sync = await device.open(5);
		while (sync.hasEarlier) await sync.loadEarlier();
		let opened = 0;
		device.hears.onOpen = () => void opened++;
		device.goOn(9);
		for (let turns = 0; turns < 200; turns++) await new Promise(setImmediate);
		expect(opened).toBeLessThan(10);
		expect([...sync.openSegments].sort()).toEqual([0, 1, 2, 3, 6, 7, 8, 9]);
		device.hear(8, 'it came');
		await vi.waitFor(() => expect([...sync.openSegments].sort()).toEqual([0, 1, 2, 3, 8, 9]));
	});

	it('a segment that is let go of is told as a change: who waits until all is here waits for it no longer', async () => {
		const device = createDevice();
		for (let n = 0; n < 6; n++) device.seed(n, 100, 1_000 * n);
		device.seedSpans(new Map(), { live: 5 });
		const sync = await device.open(5);
		const held = sync.holdSegment(0);
		await held.whenLoaded;
		const heard: (readonly number[])[] = [];
		sync.onChange(() => void heard.push(sync.openSegments));
		expect(sync.openSegments).toContain(0);
		await held.letGo();
		expect(heard.length).toBeGreaterThan(0);
		expect(heard.at(-1)).not.toContain(0);
	});

	it('nothing is opened any more where it was closed while it went on', async () => {
		const device = createDevice();
		for (let n = 0; n < 6; n++) device.seed(n, 100, 1_000 * n);
		device.seedSpans(new Map(), { live: 5 });
		const sync = await device.open(5);
		while (sync.hasEarlier) await sync.loadEarlier();
		let closed: Promise<void> | undefined;
		device.hears.onOpen = () => queueMicrotask(() => (closed ??= sync.close()));
		device.goOn(9);
		await vi.waitFor(() => expect(closed).toBeDefined());
		await closed;
		for (let turns = 0; turns < 20; turns++) await new Promise(setImmediate);
		expect(device.openDocs).toBe(0);
	});

	it('the message after the last that a segment takes opens the next', async () => {
		const device = createDevice();
		device.seed(0, SEGMENT_MESSAGES_MAX - 1, 1_000);
		const sync = await device.open();
		expect(sync.send({ text: 'fits' })).toMatch(/^0\./);
		expect(sync.send({ text: 'rolls over' })).toMatch(/^1\./);
		await vi.waitFor(() => expect(device.texts(sync).slice(-2)).toEqual(['fits', 'rolls over']));
	});

	it('where history begins at joining, the next segment opens by the server’s word alone: somebody may begin there', async () => {
		const device = createDevice();
		device.seed(0, SEGMENT_MESSAGES_MAX, 1_000);
		device.seedSpans(new Map(), { kind: 'group', history: 'joining' });
		const sync = await device.begin();
		expect(sync.live).toBe(0);
		await sync.whenLoaded;
		expect(sync.send({ text: 'not for who has joined meanwhile' })).toMatch(/^0\./);
		device.goOn(2);
		expect(sync.send({ text: 'for them too' })).toMatch(/^2\./);
	});

	it('a segment is full once it is, though it has not been read from the disk yet', async () => {
		const device = createDevice();
		const sync = await device.open();
		const segments = new Map<string, number>();
		for (let i = 0; i < 2 * SEGMENT_MESSAGES_MAX + 1; i++) {
			const [n] = sync.send({ text: `${i}` }).split('.');
			segments.set(n!, (segments.get(n!) ?? 0) + 1);
		}
		expect([...segments]).toEqual([
			['0', SEGMENT_MESSAGES_MAX],
			['1', SEGMENT_MESSAGES_MAX],
			['2', 1]
		]);
	});

	it('a conversation opens with the segment that takes messages, though what it knew of is full', async () => {
		const device = createDevice();
		for (const n of [0, 1, 2]) device.seed(n, SEGMENT_MESSAGES_MAX, 1_000 + 100_000 * n);
		const sync = await device.open(0);
		expect(sync.live).toBe(3);
		expect(sync.window).toEqual({ first: 2, last: 3 });
		expect(sync.send({ text: 'goes on' })).toMatch(/^3\./);
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

describe('the time of what is written', () => {
	const sentAt = (sync: Awaited<ReturnType<ReturnType<typeof createDevice>['open']>>, text: string) =>
		sync.message(sync.send({ text }))!.stamp.ms;

	it('is later than all that stands in the conversation, though that is too far ahead to move the clock', async () => {
		const device = createDevice();
		const ahead = 1_000_000 + 10 * CLOCK_AHEAD_MAX_MS;
		device.seed(0, 1, ahead);
		expect(sentAt(await device.open(), 'behind it')).toBeGreaterThanOrEqual(ahead);
	});

	it('is not moved by what is erased: that may claim any time', async () => {
		const device = createDevice();
		const ahead = 1_000_000 + CLOCK_AHEAD_MAX_MS / 2;
		device.seed(0, 1, ahead);
		device.erase(0);
		expect(sentAt(await device.open(), 'now')).toBeLessThan(ahead);
	});
});

it('a reply goes on answering what it answers, though its segment is not in memory when it is edited', async () => {
	const device = createDevice();
	const before = await device.open();
	const asked = before.send({ text: 'asked' });
	const id = before.send({ text: 'answered', replyTo: asked });
	await before.close();
	for (const n of [1, 2, 3, 4, 5]) device.seed(n, 1_000, n * 5_000_000);
	const sync = await device.open(5);
	expect(sync.message(id)).toBeUndefined();
	await sync.edit(id, { text: 'answered well' });
	await sync.showEntry(id);
	expect(sync.message(id)).toMatchObject({ text: 'answered well', replyTo: asked });
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

it('what was written last is not taken for nothing while the disk has not given it', async () => {
	const device = createDevice();
	device.seed(0, 3, 1_000);
	let give = () => {};
	device.slow.set(segmentRoom(ID, 0), new Promise((resolve) => (give = resolve)));
	const sync = await device.open();
	expect([device.texts(sync), sync.holdsEnd]).toEqual([[], false]);
	give();
	await vi.waitFor(() => expect(device.texts(sync)).toHaveLength(3));
	expect(sync.holdsEnd).toBe(true);
});
