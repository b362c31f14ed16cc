/** What one user may have the relay keep in memory by asking: rooms that are open, rooms just left, questions. */
import { expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { ALICE, BOB, EVE } from './relay.fixture';
import { CHANNEL_BYTES } from './limits';
import { CLOSE } from '../src/lib/protocol/closeCodes';
import { ControlledStore } from './controlledStore.fixture';
import { docSaying, say } from './writing.fixture';
import { encodeStep1, isStep2 } from './syncMessages';
import { memoryRoomStore } from './memoryRoomStore';
import { openLink, startLimited } from './limited.fixture';
import { RawClient } from './rawClient.fixture';
import type { RawLink } from './rawLink.fixture';
import type { RelayLimits } from './limits';
import type { RoomStore } from './roomStore';

const ROOMS = ['one', 'two', 'three'].map((name) => `c/d-${ALICE}-${name.padEnd(16, 'z')}/0`);
/** About as many bytes as one of the rooms takes. */
const ROOM_BYTES = 20_000;

/** Rooms of {@link ROOM_BYTES} that Bob wrote; he is gone again. */
async function startWithRooms(limits: Partial<RelayLimits>) {
	const started = await startLimited(limits, { access: { access: async () => 'write' } });
	for (const room of ROOMS) {
		const bob = new RawClient(started.url, { session: `${BOB}-1`, room, query: 'ack=1' });
		bob.sendUpdate(Y.encodeStateAsUpdate(docSaying(BOB, 'x'.repeat(ROOM_BYTES - 500))));
		await bob.hears('ack', ({ full }) => !full);
		bob.socket.terminate();
	}
	await expect.poll(() => started.relay.stats().sockets).toBe(0);
	return started;
}

const isServed = (link: RawLink, channel: number) => link.hears('data', (frame) => frame.channel === channel);

test('rooms that take more than one may have open are refused for now, until others are closed', async () => {
	const { url, refusals } = await startWithRooms({ openBytesMax: 2.5 * ROOM_BYTES });
	const alice = await openLink(url, `${ALICE}-1`);
	for (const [i, room] of ROOMS.entries()) alice.open(i + 1, room);
	const { channel, code } = await alice.hears('close');
	expect([channel, code]).toEqual([3, CLOSE.tooMany]);
	expect(refusals).toEqual([`${CLOSE.tooMany} over ${2.5 * ROOM_BYTES} bytes of open rooms`]);
	const bob = await openLink(url, `${BOB}-2`);
	bob.open(1, ROOMS[2]);
	await isServed(bob, 1);
	const again = await openLink(url, `${ALICE}-2`);
	again.open(1, ROOMS[0]);
	await isServed(again, 1);
	alice.send({ op: 'close', channel: 2, code: 1000, reason: '' });
	alice.open(4, ROOMS[2]);
	await isServed(alice, 4);
});

test('channels count beside their rooms, each of them, until they are closed', async () => {
	const MANY = 20;
	const { url } = await startWithRooms({ openBytesMax: 2 * ROOM_BYTES + (MANY - 5) * CHANNEL_BYTES });
	const alice = await openLink(url, `${ALICE}-1`);
	alice.open(1, ROOMS[0]);
	await isServed(alice, 1);
	for (let channel = 2; channel <= MANY; channel++) alice.open(channel, ROOMS[1]);
	const { channel: refused, code } = await alice.hears('close');
	expect(code).toBe(CLOSE.tooMany);
	expect(refused).toBeGreaterThan(2);
	await alice.hears('close', ({ channel }) => channel === MANY);
	alice.send({ op: 'close', channel: 2, code: 1000, reason: '' });
	alice.open(MANY + 1, ROOMS[1]);
	await isServed(alice, MANY + 1);
});

test('a room that is larger than that by itself is served all the same', async () => {
	const { url, refusals } = await startWithRooms({ openBytesMax: 1 });
	const alice = await openLink(url, `${ALICE}-1`);
	alice.open(1, ROOMS[0]);
	await isServed(alice, 1);
	expect(refusals).toEqual([]);
});

/** Bob says so much more in a room that others have open. */
async function grow(url: string, room: string, bytes: number): Promise<void> {
	const bob = new RawClient(url, { session: `${BOB}-2`, room, query: 'ack=1' });
	bob.sendUpdate(Y.encodeStateAsUpdate(docSaying(BOB, ...['y', 'z'].map((text) => text.repeat(bytes / 2)))));
	await bob.hears('ack', ({ full }) => !full);
	bob.socket.terminate();
}

test('a room that becomes too large beside others while it is open is closed for now, and the others stay', async () => {
	const { url, refusals } = await startWithRooms({ openBytesMax: 2.5 * ROOM_BYTES });
	const alice = await openLink(url, `${ALICE}-1`);
	for (const channel of [1, 2]) {
		alice.open(channel, ROOMS[channel - 1]);
		await isServed(alice, channel);
	}
	await grow(url, ROOMS[0]!, 2 * ROOM_BYTES);
	const { channel, code } = await alice.hears('close');
	expect([channel, code]).toEqual([1, CLOSE.tooMany]);
	expect(refusals).toEqual([`${CLOSE.tooMany} over ${2.5 * ROOM_BYTES} bytes of open rooms`]);
	alice.open(3, ROOMS[2]);
	await isServed(alice, 3);
});

test('a room that has grown while it is open counts as large as it is until it is left', async () => {
	const { url } = await startWithRooms({ openBytesMax: 2.5 * ROOM_BYTES });
	const alice = await openLink(url, `${ALICE}-1`);
	alice.open(1, ROOMS[0]);
	await isServed(alice, 1);
	await grow(url, ROOMS[0]!, 2 * ROOM_BYTES);
	alice.open(2, ROOMS[1]);
	expect((await alice.hears('close')).channel).toBe(2);
	alice.send({ op: 'close', channel: 1, code: 1000, reason: '' });
	for (const channel of [3, 4]) {
		alice.open(channel, ROOMS[channel - 3 + 1]);
		await isServed(alice, channel);
	}
});

test('rooms that were just left leave memory at once when they take too much, those that were left first', async () => {
	const { url, relay } = await startWithRooms({ restingBytesMax: 1.5 * ROOM_BYTES });
	await expect.poll(() => relay.stats().rooms).toBe(1);
	const alice = await openLink(url, `${ALICE}-1`);
	for (const [i, room] of ROOMS.entries()) {
		alice.open(i + 1, room);
		await isServed(alice, i + 1);
	}
	expect(relay.stats().rooms).toBe(3);
	alice.socket.terminate();
	await expect.poll(() => relay.stats().rooms).toBe(1);
});

test('rooms that are read for somebody put out, or for the server, leave memory as soon, one after the other', async () => {
	const inner = memoryRoomStore();
	const reads = { now: 0, most: 0 };
	let asks = 0;
	let mayGoOn = () => asks % ROOMS.length === 0;
	const store: RoomStore = {
		...inner,
		async read(...asked) {
			reads.most = Math.max(reads.most, ++reads.now);
			await vi.waitFor(() => expect(mayGoOn()).toBe(true));
			return inner.read(...asked).finally(() => (reads.now -= 1));
		}
	};
	for (const room of ROOMS) {
		const update = Y.encodeStateAsUpdate(docSaying(BOB, 'x'.repeat(ROOM_BYTES)));
		await store.append([{ room, update }]);
	}
	const { url, relay } = await startLimited(
		{ restingBytesMax: 1.5 * ROOM_BYTES },
		{
			store,
			access: {
				async access(user) {
					if (user !== EVE) return 'write';
					asks += 1;
					return 'gone';
				}
			}
		}
	);
	for (const ask of ['at once', 'again']) {
		const asked = ROOMS.map(
			(room) => new RawClient(url, { session: `${EVE}-${ask}`, room, query: 'since=0' })
		);
		for (const { closed } of asked) expect((await closed).code).toBe(CLOSE.putOut);
		expect(relay.stats().rooms).toBe(1);
	}
	expect(reads.most).toBe(1);
	await Promise.all(ROOMS.map((room) => relay.entries(room)));
	await expect.poll(() => relay.stats().rooms).toBe(1);
	mayGoOn = () => false;
	const left = ROOMS.map((room) => new RawClient(url, { session: `${BOB}-1`, room }));
	await expect.poll(() => reads.now).toBeGreaterThanOrEqual(2);
	for (const { socket } of left) socket.terminate();
	mayGoOn = () => relay.stats().sockets === 0;
	await expect.poll(() => [relay.stats().sockets, reads.now, relay.stats().rooms]).toEqual([0, 0, 1]);
});

test('questions that wait for their answers take no more than what one may have begun', async () => {
	const store = new ControlledStore();
	const { url, refusals } = await startLimited({ begunBytesMax: 10_000 }, { store });
	const alice = await openLink(url, `${ALICE}-1`);
	const channels = Array.from({ length: 12 }, (_, i) => i + 1);
	for (const channel of channels) alice.open(channel);
	await Promise.all(channels.map((channel) => isServed(alice, channel)));
	const ask = (channel: number, clients: number) => {
		const vector = new Map(Array.from({ length: clients }, (_, i) => [i + 2 ** 31, 1]));
		alice.send({ op: 'data', channel, data: encodeStep1(Y.encodeStateVector(vector)) });
	};
	const bob = new RawClient(url, { session: `${BOB}-1`, query: 'ack=1' });
	await bob.hears('ack');
	// An answer waits for what is on its way to disk.
	const letGo = store.hold();
	const appended = store.nextAppend();
	bob.sendUpdate(say(new Y.Doc(), BOB, 'on its way'));
	await appended;
	// Asked again on one channel, the last question counts.
	for (let i = 0; i < 100; i++) ask(1, 140);
	await alice.answered();
	expect(refusals).toEqual([]);
	for (const channel of channels) ask(channel, 140);
	expect((await alice.hears('close')).code).toBe(CLOSE.unavailable);
	await alice.answered();
	expect(new Set(refusals)).toEqual(new Set([`${CLOSE.unavailable} too much asked at once`]));
	expect(refusals.length).toBeLessThan(channels.length);
	letGo();
	await alice.hears('data', ({ data }) => isStep2(data));
	for (let i = 0; i < 3; i++) {
		alice.open(20 + i);
		ask(20 + i, 140);
		await alice.hears('data', ({ channel, data }) => channel === 20 + i && isStep2(data));
	}
});
