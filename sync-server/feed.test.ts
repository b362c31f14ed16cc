import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { ALICE, BOB, CONVERSATION, EVE, ROOM, startRelay, type StartOptions } from './relay.fixture';
import { CLOSE } from '../src/lib/protocol/closeCodes';
import { decodeLinkFrame, encodeLinkFrame, type LinkFrame } from '../src/lib/protocol/linkFrames';
import { docSaying, eraseOne, say } from './writing.fixture';
import { encodeMessageBody } from '../src/lib/domain/bodies';
import { KIND } from '../src/lib/domain/entry';
import { OUTPUT_WORDS_MAX } from './limits';
import { ManualTimers } from './manualTimers.fixture';
import { memoryRoomStore } from './memoryRoomStore';
import { RawClient } from './rawClient.fixture';
import { SYSTEM_USER } from '../src/lib/domain/ids';

type ChangesFrame = Extract<LinkFrame, { op: 'changes' }>;

const INFO = `info/${CONVERSATION}`;
const OTHER = 'd-aaaaaaaaaaaaaaaa-cccccccccccccccc';
const POKE_EVERY_MS = 50;
const HELD_POKE_EVERY_MS = 10_000;
const message = { kind: KIND.message, body: encodeMessageBody({ text: 'x' }) };

/** A link that asks for changes. */
async function openLink(url: string, session: string) {
	const socket = new WebSocket(url, { headers: { authorization: `Bearer ${session}` } });
	onTestFinished(() => socket.terminate());
	const changes: ChangesFrame[] = [];
	let look = () => {};
	let ponged = () => {};
	socket.on('message', (data: Buffer) => {
		const frame = decodeLinkFrame(new Uint8Array(data))!;
		if (frame.op === 'changes') changes.push(frame);
		if (frame.op === 'pong') ponged();
		look();
	});
	const closed = new Promise<number>((resolve) => socket.on('close', resolve));
	await new Promise((resolve) => socket.once('open', resolve));
	const send = (frame: LinkFrame) => socket.send(encodeLinkFrame(frame));
	const next = () =>
		new Promise<ChangesFrame>((resolve) => {
			look = () => {
				const frame = changes.shift();
				if (!frame) return;
				look = () => {};
				resolve(frame);
			};
			look();
		});
	return {
		socket,
		closed,
		changes,
		next,
		send,
		/** Asks, and gives the first answer. */
		since(position: number) {
			send({ op: 'since', channel: 0, position });
			return next();
		},
		/** Settles when the relay has read what was sent until now, and we what it sent until then. */
		async settled() {
			const pong = new Promise<void>((resolve) => {
				ponged = resolve;
			});
			send({ op: 'ping', channel: 0 });
			await pong;
		}
	};
}

async function startFed(options: StartOptions = {}) {
	const timers = new ManualTimers();
	const started = await startRelay({ timers, ...options });
	const write = (room: string, author = SYSTEM_USER) => started.relay.append(room, author, [message]);
	return { ...started, timers, write, poke: () => timers.advance(POKE_EVERY_MS) };
}

describe('a device that asks', () => {
	test('hears which of its rooms changed since, those that changed last at the end', async () => {
		const { url, write } = await startFed();
		for (const room of [ROOM, INFO, `home/${ALICE}`, `home/${BOB}`, `c/${OTHER}/0`]) await write(room);
		const alice = await openLink(url, `${ALICE}-1`);
		const first = await alice.since(0);
		expect(first.rooms).toEqual([ROOM, INFO, `home/${ALICE}`]);
		await write(ROOM);
		await write(`home/${BOB}`);
		const second = await (await openLink(url, `${ALICE}-2`)).since(first.position);
		expect(second.rooms).toEqual([ROOM]);
		expect(second.position).toBeGreaterThan(first.position);
		const third = await (await openLink(url, `${ALICE}-3`)).since(second.position);
		expect(third).toMatchObject({ position: second.position, rooms: [] });
		expect((await (await openLink(url, `${EVE}-1`)).since(0)).rooms).toEqual([]);
	});

	test('again and again is answered once for all of it, no faster than changes are told', async () => {
		const { url, poke } = await startFed();
		const alice = await openLink(url, `${ALICE}-1`);
		await alice.since(0);
		for (let i = 0; i < 50; i++) {
			alice.send({ op: 'since', channel: 0, position: 0 });
			await alice.settled();
		}
		expect(alice.changes).toEqual([]);
		poke();
		await alice.next();
		await alice.settled();
		expect(alice.changes).toEqual([]);
	});

	test('with the position of another store hears of everything', async () => {
		const { url, write } = await startFed();
		await write(ROOM);
		const alice = await openLink(url, `${ALICE}-1`);
		const { position, rooms } = await alice.since(Number.MAX_SAFE_INTEGER);
		expect(rooms).toEqual([ROOM]);
		expect(position).toBeLessThan(100);
	});

	test('hears of many rooms in slices; each may be kept by itself, and the last has the newest position', async () => {
		const store = memoryRoomStore();
		const update = Y.encodeStateAsUpdate(docSaying(ALICE, 'x'));
		const rooms = Array.from({ length: 1_001 }, (_, n) => `c/${CONVERSATION}/${n}`);
		const newest = await store.append([...rooms, `home/${BOB}`].map((room) => ({ room, update })));
		const { url } = await startFed({ store });
		const alice = await openLink(url, `${ALICE}-1`);
		const slices = [await alice.since(0), await alice.next(), await alice.next()];
		expect(slices.map((slice) => slice.rooms.length)).toEqual([500, 500, 1]);
		expect(slices.flatMap((slice) => slice.rooms)).toEqual(rooms);
		expect(slices.map(({ position }) => position)).toEqual([500, 1_000, newest]);
		const again = await openLink(url, `${ALICE}-2`);
		expect((await again.since(500)).rooms[0]).toBe(rooms[500]);
	});

	test('hears of all of its rooms, though there are more than may wait for it at once', async () => {
		const store = memoryRoomStore();
		const update = Uint8Array.of(0, 0);
		const count = Math.ceil((1.5 * OUTPUT_WORDS_MAX) / ROOM.length);
		const rooms = Array.from({ length: count }, (_, n) => `c/${CONVERSATION}/${n}`);
		const newest = await store.append(rooms.map((room) => ({ room, update })));
		const { url, relay } = await startFed({ store });
		const alice = await openLink(url, `${ALICE}-1`);
		const heard = [await alice.since(0)];
		let waited = 0;
		while (heard.at(-1)!.position < newest || heard.at(-1)!.rooms.length === 500) {
			waited = Math.max(waited, relay.stats().queuedBytes);
			heard.push(await Promise.race([alice.next(), alice.closed.then(() => expect.fail('closed'))]));
		}
		expect(heard.flatMap((slice) => slice.rooms)).toEqual(rooms);
		expect(waited).toBeLessThan(OUTPUT_WORDS_MAX / 5);
	});

	test('knows the end of the answer by a slice that is not full, be it empty', async () => {
		const store = memoryRoomStore();
		const update = Y.encodeStateAsUpdate(docSaying(ALICE, 'x'));
		const rooms = Array.from({ length: 500 }, (_, n) => `c/${CONVERSATION}/${n}`);
		const newest = await store.append([...rooms, `home/${BOB}`].map((room) => ({ room, update })));
		const { url } = await startFed({ store });
		const alice = await openLink(url, `${ALICE}-1`);
		const slices = [await alice.since(0), await alice.next()];
		expect(slices.map((slice) => slice.rooms.length)).toEqual([500, 0]);
		expect(slices.map(({ position }) => position)).toEqual([500, newest]);
	});

	test('is closed for now if the host or the store cannot answer', async () => {
		const conversationsOf = () => Promise.reject(new Error('database is locked'));
		const { url } = await startFed({ access: { conversationsOf } });
		const alice = await openLink(url, `${ALICE}-1`);
		void alice.since(0);
		expect(await alice.closed).toBe(CLOSE.unavailable);
	});
});

describe('from then on', () => {
	test('it hears of each change once it is on disk, several together', async () => {
		const { url, write, poke } = await startFed();
		const alice = await openLink(url, `${ALICE}-1`);
		const { position } = await alice.since(0);
		for (const room of [ROOM, ROOM, `home/${ALICE}`, `home/${BOB}`, ROOM]) await write(room);
		await alice.settled();
		expect(alice.changes).toEqual([]);
		poke();
		const poked = await alice.next();
		expect(poked.rooms).toEqual([ROOM, `home/${ALICE}`]);
		expect(poked.position).toBeGreaterThan(position);
		poke();
		await alice.settled();
		expect(alice.changes).toEqual([]);
		const again = await openLink(url, `${ALICE}-2`);
		expect((await again.since(poked.position)).rooms).toEqual([]);
	});

	test('it hears of what devices write', async () => {
		const { url, poke } = await startFed();
		const alice = await openLink(url, `${ALICE}-1`);
		await alice.since(0);
		const bob = new RawClient(url, { session: `${BOB}-1`, query: 'ack=1' });
		const doc = new Y.Doc();
		bob.sendUpdate(say(doc, BOB, 'hello'));
		await bob.hears('ack', ({ full }) => !full);
		poke();
		expect((await alice.next()).rooms).toEqual([ROOM]);
		eraseOne(doc, `${BOB}:${doc.clientID}`);
		bob.heard.length = 0;
		bob.sendUpdate(Y.encodeStateAsUpdate(doc));
		await bob.hears('ack', ({ full }) => !full);
		poke();
		expect((await alice.next()).rooms).toEqual([ROOM]);
	});

	test('what changed in a room just before it was closed is told with the next poke', async () => {
		const { url, write, poke } = await startFed();
		const alice = await openLink(url, `${ALICE}-1`);
		await alice.since(0);
		alice.send({ op: 'open', channel: 1, room: ROOM, query: '' });
		await alice.settled();
		await write(ROOM, BOB);
		alice.send({ op: 'close', channel: 1, code: 1000, reason: '' });
		await alice.settled();
		poke();
		expect((await alice.next()).rooms).toEqual([ROOM]);
	});

	test('of what changes in rooms that it has open it hears later, unless something else changes', async () => {
		const { url, write, poke, timers } = await startFed();
		const alice = await openLink(url, `${ALICE}-1`);
		await alice.since(0);
		alice.send({ op: 'open', channel: 1, room: ROOM, query: '' });
		await alice.settled();
		await write(ROOM, BOB);
		poke();
		await alice.settled();
		expect(alice.changes).toEqual([]);
		timers.advance(HELD_POKE_EVERY_MS);
		const late = await alice.next();
		expect(late.rooms).toEqual([ROOM]);
		await write(ROOM, BOB);
		await write(`home/${ALICE}`);
		poke();
		const both = await alice.next();
		expect(both.rooms).toEqual([ROOM, `home/${ALICE}`]);
		expect(both.position).toBeGreaterThan(late.position);
		alice.send({ op: 'close', channel: 1, code: 1000, reason: '' });
		await alice.settled();
		await write(ROOM, BOB);
		poke();
		expect((await alice.next()).rooms).toEqual([ROOM]);
	});

	test('one who has not asked hears nothing', async () => {
		const { url, write, poke } = await startFed();
		const alice = await openLink(url, `${ALICE}-1`);
		await write(ROOM);
		poke();
		await alice.settled();
		expect(alice.changes).toEqual([]);
	});
});

describe('membership', () => {
	/** Alice's conversations change while she follows. */
	async function startMoving() {
		const conversations = new Set([CONVERSATION]);
		const started = await startFed({
			access: { conversationsOf: async (user) => (user === ALICE ? [...conversations] : []) }
		});
		const alice = await openLink(started.url, `${ALICE}-1`);
		await alice.since(0);
		return { ...started, alice, conversations };
	}

	test('a conversation that a user comes to is told of with all that is in it', async () => {
		const { alice, write, poke, conversations } = await startMoving();
		await write(`c/${OTHER}/0`);
		poke();
		await alice.settled();
		expect(alice.changes).toEqual([]);
		conversations.add(OTHER);
		await write(`directory/${ALICE}`, SYSTEM_USER);
		poke();
		expect([...(await alice.next()).rooms].sort()).toEqual([`c/${OTHER}/0`, `directory/${ALICE}`]);
		await write(`info/${OTHER}`, SYSTEM_USER);
		poke();
		expect((await alice.next()).rooms).toEqual([`info/${OTHER}`]);
	});

	test('of a conversation that they are removed from they hear nothing more, at once', async () => {
		const { alice, write, poke, conversations, relay } = await startMoving();
		await write(ROOM, BOB);
		conversations.delete(CONVERSATION);
		relay.dropMember(CONVERSATION, ALICE);
		await write(ROOM, BOB);
		await write(`home/${ALICE}`);
		poke();
		expect((await alice.next()).rooms).toEqual([`home/${ALICE}`]);
	});
});
