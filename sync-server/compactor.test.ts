/** How much the relay works at once, in all, and for whom, when little is erased in a large room. */
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { ALICE, BOB, keptLog, ROOM } from './relay.fixture';
import { Compactor, type CompactorOptions } from './compactor';
import { docSaying, eraseOne, say, textsOf } from './writing.fixture';
import { ManualTimers } from './manualTimers.fixture';
import { memoryRoomStore } from './memoryRoomStore';
import { noMeters } from './meters';
import type { RoomStore } from './roomStore';

const ERASE_WITHIN_MS = 3_000;
const BODY_BYTES = 19_900;
const MESSAGES = 600;
const secretOf = (i: number) => `<secret ${i}>`;
const full = () => Object.assign(new Error('the disk is full'), { code: 'SQLITE_FULL' });
const turn = () => new Promise((resolve) => setImmediate(resolve));

const compactorOf = (
	given: Pick<CompactorOptions, 'store' | 'log' | 'timers'> & Partial<CompactorOptions>
): Compactor =>
	new Compactor({
		meters: noMeters,
		eraseWithinMs: ERASE_WITHIN_MS,
		supersedeWithinMs: 60_000,
		retryMs: 5_000,
		elapsedMs: () => 0,
		charge: () => {},
		...given
	});

async function setUp() {
	const inner = memoryRoomStore();
	const timers = new ManualTimers();
	const log = keptLog();
	/** What was read and replaced, one number for each turn of the event loop. */
	const turns: number[] = [0];
	const counts = { read: 0, replaced: 0, scrubs: 0 };
	let isCounting = true;
	const tick = () => {
		turns.push(0);
		if (isCounting) setImmediate(tick);
	};
	const work = (bytes: number) => (turns[turns.length - 1]! += bytes);
	const store: RoomStore = {
		...inner,
		async load(room) {
			const loaded = await inner.load(room);
			for (const { length } of loaded.updates) work(length);
			return loaded;
		},
		async read(room, behind, bytesMax) {
			const read = await inner.read(room, behind, bytesMax);
			for (const { bytes } of read) {
				work(bytes.length);
				counts.read += bytes.length;
			}
			return read;
		},
		async replace(replacements, clean) {
			for (const { update } of replacements) {
				work(update.length);
				counts.replaced += update.length;
			}
			await inner.replace(replacements, clean);
		},
		async scrub() {
			counts.scrubs += 1;
			return inner.scrub();
		}
	};
	let ms = 0;
	const charged = new Map<string, number>();
	const compactor = compactorOf({
		store,
		log,
		timers,
		// Each look at the clock is a millisecond later.
		elapsedMs: () => ++ms,
		charge: (user, by) => charged.set(user, (charged.get(user) ?? 0) + by)
	});
	const doc = new Y.Doc();
	for (let i = 0; i < MESSAGES; i++) {
		const body = secretOf(i).repeat(Math.floor(BODY_BYTES / secretOf(i).length));
		await store.append([{ room: ROOM, update: say(doc, ALICE, body) }]);
	}
	// Further off than other rooms' turn.
	const bytes = 40_000_000;
	const erase = async (i: number) => {
		let update: Uint8Array | undefined;
		doc.once('update', (said: Uint8Array) => (update = said));
		const items = doc.getArray<Uint8Array>(`${ALICE}:${doc.clientID}`);
		items.delete(
			items.toArray().findIndex((item) => Buffer.from(item).includes(secretOf(i))),
			1
		);
		await store.append([{ room: ROOM, update: update!, erased: 'bodies' }]);
		compactor.erased({ room: ROOM, by: [BOB], bytes });
	};
	const isStored = async (text: string) =>
		(await inner.load(ROOM)).updates.some((update) => Buffer.from(update).includes(text));
	const gone = async (i: number) => {
		timers.advance(60_000);
		while (await isStored(secretOf(i))) await turn();
		while ((await inner.erased()).length > 0) await turn();
	};
	tick();
	return {
		inner,
		store,
		timers,
		log,
		compactor,
		counts,
		charged,
		doc,
		bytes,
		erase,
		gone,
		isStored,
		takeTurns: () => turns.splice(0, turns.length, 0),
		stop: () => (isCounting = false)
	};
}

test('little is read and written at once, however large the room is', async () => {
	const { erase, gone, takeTurns, stop } = await setUp();
	await erase(7);
	takeTurns();
	await gone(7);
	stop();
	const turns = takeTurns().filter((worked) => worked > 0);
	expect(Math.max(...turns)).toBeLessThan(1_000_000);
	expect(turns.length).toBeGreaterThan((MESSAGES * BODY_BYTES) / 1_000_000);
});

test('what is erased in a room that was rewritten costs the pieces that held it, and nothing else is written', async () => {
	const { erase, gone, isStored, counts, stop, inner, doc } = await setUp();
	await erase(7);
	await gone(7);
	for (const i of [3, 90, 91, MESSAGES - 1]) {
		counts.replaced = 0;
		await erase(i);
		await gone(i);
		// The last one is written anew with what came behind it.
		expect(counts.replaced).toBeLessThan(600_000);
		expect(await isStored(secretOf(50))).toBe(true);
	}
	stop();
	const { updates } = await inner.load(ROOM);
	const stored = new Y.Doc();
	for (const update of updates) Y.applyUpdate(stored, update);
	expect(textsOf(stored)).toEqual(textsOf(doc));
	expect(stored.store.pendingStructs).toBeNull();
});

test('a large room is put off longer, with all that is erased in it until then, and never for more than a minute', async () => {
	const { erase, timers, isStored, gone, compactor, counts, stop } = await setUp();
	await erase(7);
	timers.advance(ERASE_WITHIN_MS);
	for (let i = 0; i < 200; i++) await turn();
	expect(await isStored(secretOf(7))).toBe(true);
	await erase(8);
	await gone(7);
	await gone(8);
	const { read } = counts;
	compactor.erased({ room: ROOM, by: [BOB], bytes: 10 ** 12 });
	timers.advance(60_000);
	while (counts.read === read) await turn();
	stop();
});

test('a small room is rewritten meanwhile', async () => {
	const { erase, timers, inner, compactor, isStored, stop } = await setUp();
	await erase(7);
	const doc = docSaying(BOB, 'a small secret');
	const room = `home/${BOB}`;
	await inner.append([{ room, update: Y.encodeStateAsUpdate(doc) }]);
	eraseOne(doc, `${BOB}:${doc.clientID}`);
	await inner.append([{ room, update: Y.encodeStateAsUpdate(doc), erased: 'bodies' }]);
	compactor.erased({ room, by: [BOB], bytes: 100 });
	timers.advance(ERASE_WITHIN_MS);
	const holds = async () =>
		(await inner.load(room)).updates.some((update) => Buffer.from(update).includes('a small secret'));
	while (await holds()) await turn();
	expect(await isStored(secretOf(7))).toBe(true);
	stop();
});

test('who erased pays for the work, each of several their part', async () => {
	const { erase, gone, charged, compactor, bytes, stop } = await setUp();
	await erase(7);
	compactor.erased({ room: ROOM, by: [ALICE], bytes });
	await gone(7);
	stop();
	expect(charged.get(BOB)).toBeGreaterThan(MESSAGES / 100);
	expect(charged.get(ALICE)).toBe(charged.get(BOB));
});

test('a relay that stops rewrites what it had put off', async () => {
	const { erase, compactor, isStored, inner, stop } = await setUp();
	await erase(7);
	await compactor.finish();
	stop();
	expect(await isStored(secretOf(7))).toBe(false);
	expect(await inner.erased()).toEqual([]);
});

test('a room that cannot be written whole is not told to be clean, and is rewritten later', async () => {
	const { erase, store, timers, inner, gone, log, stop } = await setUp();
	const { replace } = store;
	let calls = 0;
	Object.assign(store, {
		replace: (...given: Parameters<RoomStore['replace']>) =>
			++calls === 3 ? Promise.reject(full()) : replace(...given)
	});
	await erase(7);
	timers.advance(60_000);
	while (log.lines.length === 0) await turn();
	expect(await inner.erased()).toEqual([ROOM]);
	await gone(7);
	stop();
	expect(log.lines).toHaveLength(1);
});

test('what is erased in a room while it is rewritten is rewritten in the next round, and nothing that comes meanwhile is lost', async () => {
	const inner = memoryRoomStore();
	const timers = new ManualTimers();
	const log = keptLog();
	const [large, small] = [new Y.Doc(), new Y.Doc()];
	const keep = (update: Uint8Array, erased: 'nothing' | 'bodies' = 'nothing') =>
		inner.append([{ room: ROOM, update, erased }]);
	for (let row = 0; row < 3; row++) {
		const before = Y.encodeStateVector(large);
		for (let i = 0; i < 15; i++) say(large, ALICE, `${row}.${i}`.padEnd(19_900, '.'));
		await keep(Y.encodeStateAsUpdate(large, before));
	}
	for (const text of ['one', 'two', 'three']) await keep(say(small, BOB, text));
	let looks = 0;
	let isClearedBehind = true;
	const store: RoomStore = {
		...inner,
		async replace(replacements, clean) {
			if (replacements.length > 0) isClearedBehind = false;
			await inner.replace(replacements, clean);
		},
		async scrub() {
			isClearedBehind = true;
			return inner.scrub();
		},
		async read(room, behind, bytesMax) {
			const read = await inner.read(room, behind, bytesMax);
			if (read.length > 0 || behind === 0) return read;
			looks += 1;
			if (looks > 2) return read;
			await keep(say(small, BOB, `meanwhile ${looks}`));
			for (let row = 0; row < 3; row++) {
				const before = Y.encodeStateVector(large);
				eraseOne(large, `${ALICE}:${large.clientID}`, row * 14);
				await keep(Y.encodeStateAsUpdate(large, before), 'bodies');
			}
			compactor.erased({ room: ROOM, by: [ALICE], bytes: 1_000 });
			return read;
		}
	};
	const compactor = compactorOf({ store, log, timers });
	compactor.crowded(ROOM, [ALICE]);
	while (looks < 3) {
		timers.advance(60_000);
		await turn();
	}
	while (!isClearedBehind || (await inner.erased()).length > 0) {
		timers.advance(ERASE_WITHIN_MS);
		await turn();
	}
	await compactor.finish();
	const [stored, said] = [new Y.Doc(), new Y.Doc()];
	for (const update of (await inner.load(ROOM)).updates) Y.applyUpdate(stored, update);
	for (const doc of [large, small]) Y.applyUpdate(said, Y.encodeStateAsUpdate(doc));
	expect(textsOf(stored)).toEqual(textsOf(said));
	expect(textsOf(stored)).toEqual(
		expect.arrayContaining(['one', 'two', 'three', 'meanwhile 1', 'meanwhile 2'])
	);
	expect(log.lines).toEqual([]);
});
