import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { ALICE, BOB, ROOM } from './cast.fixture';
import { docSaying, eraseOne } from './writing.fixture';
import { memoryRoomStore } from './memoryRoomStore';
import { readUpdate } from '../src/lib/protocol/updateReader';
import { RELAY_LIMITS } from './limits';
import { RoomLogs } from './roomLogs';
import { RoomShares } from './roomShares';
import { StoreQuota, type Growth } from './storeQuota';

const NONE = { entries: 0, logs: 0 };

const sharesOf = (doc: Y.Doc) => new RoomShares(logsOf(doc).all());

function logsOf(doc: Y.Doc): RoomLogs {
	const logs = new RoomLogs();
	logs.apply(readUpdate(Y.encodeStateAsUpdate(doc)));
	return logs;
}

async function setUp(taken = 0) {
	const store = memoryRoomStore();
	const update = new Uint8Array();
	await store.append([{ room: `home/${ALICE}`, update, shares: [{ user: ALICE, bytes: taken }] }]);
	const limits = {
		...RELAY_LIMITS,
		roomBytesMax: 16_000,
		userBytesMax: 32_000,
		roomEntriesMax: 32,
		segmentLogsMax: 3,
		homeLogsMax: 8,
		homeLogs: { perSecond: 0.01, burst: 2 }
	};
	const clock = { ms: 0 };
	const quota = new StoreQuota({ store, limits, elapsedMs: () => clock.ms });
	await quota.know(ALICE);
	const shares = sharesOf(new Y.Doc());
	const refusal = (growth: Partial<Growth>) =>
		quota.refusal({ user: ALICE, room: ROOM, bytes: 0, ...NONE, makesRoom: false, ...growth }, shares);
	return { store, quota, shares, refusal, clock };
}

describe('what a user takes of a room', () => {
	it('is what stands in their logs', () => {
		const doc = docSaying(ALICE, 'x'.repeat(5_000));
		Y.applyUpdate(doc, Y.encodeStateAsUpdate(docSaying(BOB, 'short')));
		const before = sharesOf(doc);
		expect(before.bytesOf(ALICE)).toBeGreaterThan(5_000);
		expect(before.bytesOf(ALICE)).toBeLessThan(5_200);
		expect(before.bytesOf(BOB)).toBeLessThan(200);
		expect([before.logsOf(ALICE), before.logsOf(BOB)]).toEqual([1, 1]);
		expect([before.entriesOf(ALICE), before.entriesOf(BOB)]).toEqual([1, 1]);
		eraseOne(doc, `${ALICE}:${doc.clientID}`);
		const after = sharesOf(doc);
		expect(after.bytesOf(ALICE)).toBeLessThan(200);
		expect(after.entriesOf(ALICE)).toBe(1);
		doc.getArray(`${ALICE}:${doc.clientID}`).delete(0, 1);
		expect(sharesOf(doc).entriesOf(ALICE)).toBe(0);
	});

	it('is told to the store at first, and then when it has changed by much', () => {
		const shares = sharesOf(docSaying(ALICE, 'hello'));
		const first = shares.due(ALICE)!;
		expect(shares.due(ALICE)).toBeUndefined();
		shares.grew(ALICE, { bytes: 100, entries: 0 });
		expect(shares.due(ALICE)).toBeUndefined();
		shares.grew(ALICE, { bytes: 5_000, entries: 0 });
		expect(shares.due(ALICE)).toBe(first + 5_100);
	});
});

describe('a user may write', () => {
	it('until their writing takes too much of a room', async () => {
		const { shares, refusal } = await setUp();
		shares.grew(ALICE, { bytes: 15_000, entries: 0 }, 1);
		expect(refusal({ bytes: 1_000 })).toBeUndefined();
		expect(refusal({ bytes: 1_001 })).toBe('over 16000 bytes in a room');
		expect(refusal({ bytes: 1_001, user: BOB })).toBeUndefined();
	});

	it('until it takes too much of all rooms, those of before included', async () => {
		const { quota, shares, refusal } = await setUp(30_000);
		expect(refusal({ bytes: 2_000 })).toBeUndefined();
		expect(refusal({ bytes: 2_001 })).toBe('over 32000 bytes of a user');
		quota.book(new Map([[ALICE, { bytes: 1_000, entries: 0 }]]), shares);
		expect(refusal({ bytes: 2_000 })).toBeDefined();
		quota.book(new Map([[ALICE, { bytes: -1_000, entries: 0 }]]), shares);
		expect(refusal({ bytes: 2_000 })).toBeUndefined();
	});

	it('a little more if it makes room, so that nobody is stuck', async () => {
		const { shares, refusal } = await setUp();
		shares.grew(ALICE, { bytes: 16_000, entries: 0 }, 1);
		expect(refusal({ bytes: 1_000, makesRoom: true })).toBeUndefined();
		expect(refusal({ bytes: 1_001, makesRoom: true })).toBeDefined();
	});

	it('until too many of their entries stand in a room, however short they are', async () => {
		const { quota, shares, refusal } = await setUp();
		quota.book(new Map([[ALICE, { bytes: 100, entries: 31 }]]), shares);
		expect(refusal({ entries: 1 })).toBeUndefined();
		expect(refusal({ entries: 2 })).toBe('over 32 entries of a user in a room');
		expect(refusal({ entries: 2, user: BOB })).toBeUndefined();
		expect(refusal({ entries: 3, makesRoom: true })).toBeUndefined();
		expect(refusal({ entries: 4, makesRoom: true })).toBeDefined();
		quota.book(new Map([[ALICE, { bytes: -10, entries: -1 }]]), shares);
		expect(refusal({ entries: 2 })).toBeUndefined();
	});

	it('in no more logs of a segment than everyone can be asked to keep; in their home in more', async () => {
		const { shares, refusal } = await setUp();
		shares.grew(ALICE, { bytes: 0, entries: 0 }, 3);
		expect(refusal({ logs: 0 })).toBeUndefined();
		expect(refusal({ logs: 1 })).toBe('over 3 logs of a user in a segment');
		expect(refusal({ logs: 1, room: `home/${ALICE}` })).toBeUndefined();
	});

	it('in many logs of their home, and behind those in a few a day, though they come and go', async () => {
		const { quota, shares, refusal, clock } = await setUp();
		const room = `home/${ALICE}`;
		const begin = () => {
			const refused = refusal({ room, logs: 1 });
			if (refused === undefined)
				quota.book(new Map([[ALICE, { bytes: 50, entries: 0 }]]), shares, { user: ALICE, room, logs: 1 });
			return refused;
		};
		// What is owed once more is begun than may be is paid before the next.
		for (let log = 0; log < 8 + 2 + 1; log++) expect(begin()).toBeUndefined();
		expect(begin()).toBe('over 8 logs in a home: later');
		expect(refusal({ room, bytes: 50 })).toBeUndefined();
		quota.keep(() => false);
		expect(begin()).toBeDefined();
		clock.ms = 99_000;
		expect(begin()).toBeDefined();
		clock.ms = 101_000;
		expect(begin()).toBeUndefined();
		expect(begin()).toBeDefined();
		clock.ms = 1e6;
		quota.keep(() => false);
		expect(begin()).toBeUndefined();
	});

	it('and is read anew when they come back', async () => {
		const { store, quota, refusal } = await setUp(30_000);
		await store.append([
			{ room: `home/${ALICE}`, update: new Uint8Array(), shares: [{ user: ALICE, bytes: 10 }] }
		]);
		quota.keep(() => true);
		await quota.know(ALICE);
		expect(refusal({ bytes: 10_000 })).toBeDefined();
		quota.keep(() => false);
		await quota.know(ALICE);
		expect(refusal({ bytes: 10_000 })).toBeUndefined();
	});
});
