/** Rooms that take long to read: they are read a little at a time, in the turns of who opens them. */
import { expect, test } from 'vitest';
import { ALICE, BOB, keptLog } from './relay.fixture';
import { docSaying } from './writing.fixture';
import { HeldDocument, type Wanted } from './heldDocument';
import { memoryRoomStore } from './memoryRoomStore';
import { MintedClients } from './mintedClients';
import { RawClient } from './rawClient.fixture';
import { startRelay } from './relay.fixture';
import * as Y from 'yjs';
import type { StoreHealth } from './storeHealth';

const HOME = `home/${BOB}`;
const MESSAGES = 200;

/** About 3 MB, in 200 updates. */
async function largeHome() {
	const store = memoryRoomStore();
	for (let i = 0; i < MESSAGES; i++) {
		const update = Y.encodeStateAsUpdate(docSaying(BOB, `${i} ${'x'.repeat(15_000)}`));
		await store.append([{ room: HOME, update }]);
	}
	let readBytes = 0;
	const read: typeof store.read = async (...asked) => {
		const placed = await store.read(...asked);
		for (const { bytes } of placed) readBytes += bytes.length;
		return placed;
	};
	const load: typeof store.load = async (room) => {
		const loaded = await store.load(room);
		for (const { length } of loaded.updates) readBytes += length;
		return loaded;
	};
	return { store: { ...store, read, load }, readBytes: () => readBytes };
}

test('little is read before it is the turn of who opens it, and all of it in the end', async () => {
	const { store, readBytes } = await largeHome();
	const pieces: { ms: number; by: string[] }[] = [];
	let goOn = () => {};
	const nextPiece = (ms: number, { by }: Wanted) => {
		pieces.push({ ms, by: [...by] });
		return new Promise<void>((resolve) => (goOn = resolve));
	};
	let ms = 0;
	const held = new HeldDocument({
		store,
		room: HOME,
		health: { roomRead: () => {}, roomFailed: () => {} } as unknown as StoreHealth,
		now: Date.now,
		elapsedMs: () => (ms += 1),
		randomBytes: (length) => new Uint8Array(length),
		log: keptLog(),
		minted: new MintedClients(),
		nextPiece,
		onRead: () => undefined,
		onReady: () => {},
		onUnreadable: () => {}
	});
	held.want(ALICE);
	for (let piece = 1; !held.current; piece++) {
		await new Promise((resolve) => setImmediate(resolve));
		if (held.current) break;
		expect(pieces).toHaveLength(piece);
		expect(readBytes()).toBeLessThan(300_000 * piece);
		goOn();
	}
	expect(pieces.length).toBeGreaterThan(8);
	expect(pieces.every(({ by, ms: took }) => by.includes(ALICE) && took > 0)).toBe(true);
	expect(held.current.tally.messages).toBe(MESSAGES);
});

test('who owes the relay time has the rest read when they have paid; somebody else who opens it does not wait for them', async () => {
	const { store, readBytes } = await largeHome();
	let ms = 0;
	const { url, relay } = await startRelay({
		store,
		// By this clock whatever is done takes long, so that who opens the room owes more than a test takes.
		elapsedMs: () => (ms += 0.5),
		limits: { work: { perSecond: 0.001, burst: 1 } }
	});
	const bob = new RawClient(url, { session: `${BOB}-1`, room: HOME });
	await bob.opened;
	await expect.poll(readBytes).toBeGreaterThan(0);
	for (let i = 0; i < 100; i++) await new Promise((resolve) => setImmediate(resolve));
	expect(readBytes()).toBeLessThan(MESSAGES * 15_000);
	expect(await relay.entries(HOME)).toHaveLength(MESSAGES);
});
