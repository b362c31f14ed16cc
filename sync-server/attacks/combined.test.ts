/** What each may do by itself, put together by a member with several links: nobody else waits for it, and nothing stays. */
import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { ALICE, BOB, CONVERSATION, ROOM } from '../relay.fixture';
import { attackedRoom } from './bystanders.fixture';
import { BODY, firstEntry, header, section, updateOf } from './hostileUpdates.fixture';
import { CLOSE } from '../../src/lib/protocol/closeCodes';
import { docSaying, say } from '../writing.fixture';
import { encodeAwareness, encodeStep1, encodeUpdate } from '../syncMessages';
import { FRAME_BYTES_MAX } from '../../src/lib/domain/limits';
import { keptMeters } from '../keptMeters.fixture';
import { memoryRoomStore } from '../memoryRoomStore';
import { openLink } from '../limited.fixture';
import { writeStates } from '../awareness';
import type { RawClient } from '../rawClient.fixture';

const HOME = `home/${BOB}`;
/** The largest number that a link frame tells of. */
const LARGEST = Number.MAX_SAFE_INTEGER;

const lineOf = ({ socket }: Pick<RawClient, 'socket'>): Socket =>
	(socket as unknown as { _socket: Socket })._socket;

/** A message of a client (RFC 6455, section 5.4), each byte in a frame of its own. */
function byteByByte(message: Uint8Array): Buffer {
	const last = message.length - 1;
	return Buffer.concat(
		[...message].map((byte, i) =>
			Buffer.from([(i === last ? 0x80 : 0) | (i === 0 ? 2 : 0), 0x81, 0, 0, 0, 0, byte])
		)
	);
}

test('two links that ping, join and leave the same room in a loop, one against the other', async () => {
	const { longAttack, url, relay } = await attackedRoom();
	await longAttack(async (underWay) => {
		const before = relay.stats();
		const links = await Promise.all([openLink(url, `${BOB}-1`), openLink(url, `${BOB}-2`)]);
		underWay();
		for (let channel = 1; channel <= 2_000; channel++)
			for (const link of links) {
				link.open(channel);
				link.send({ op: 'ping', channel: 0 });
				link.socket.ping();
				link.send({ op: 'close', channel, code: 1000, reason: '' });
			}
		await expect
			.poll(() => links.flatMap(({ heard }) => heard.filter(({ op }) => op === 'pong')).length)
			.toBe(4_000);
		await expect.poll(() => relay.stats().channels).toBe(before.channels);
		for (const link of links) link.socket.terminate();
		await expect.poll(() => relay.stats().links).toBe(before.links);
	});
});

test('messages of which each byte comes in a frame of its own are read as what they are', async () => {
	const { longAttack, attacker } = await attackedRoom();
	await longAttack(async (underWay) => {
		const bob = await attacker({ session: `${BOB}-1`, room: HOME, query: 'ack=1' });
		await bob.hears('ack');
		const doc = new Y.Doc();
		underWay();
		for (let i = 0; i < 300; i++) {
			lineOf(bob).write(byteByByte(encodeUpdate(say(doc, BOB, `line ${i}`))));
			await new Promise((resolve) => setImmediate(resolve));
		}
		await bob.hears('ack', ({ vector }) => vector.get(doc.clientID) === 600);
	});
});

test('channel numbers and positions as large as numbers are', async () => {
	const { longAttack, url, relay } = await attackedRoom();
	await longAttack(async (underWay) => {
		const before = relay.stats().channels;
		const link = await openLink(url, `${BOB}-1`);
		underWay();
		for (let i = 0; i < 1_000; i++) link.open(LARGEST - i, HOME);
		for (let i = 0; i < 50; i++) link.send({ op: 'since', channel: 0, position: LARGEST - i });
		await link.hears('changes');
		await link.answered();
		expect(relay.stats().channels - before).toBeLessThanOrEqual(64);
		link.socket.terminate();
		await expect.poll(() => relay.stats().channels).toBe(before);
	});
});

test('the clock of one state jumps back and forth across links', async () => {
	const { longAttack, url, attacker } = await attackedRoom();
	await longAttack(async (underWay) => {
		const hearer = await attacker({ session: `${ALICE}-hearer` });
		const links = await Promise.all([openLink(url, `${BOB}-1`), openLink(url, `${BOB}-2`)]);
		for (const link of links) {
			link.open(1);
			await link.hears('data');
		}
		underWay();
		for (let i = 0; i < 2_000; i++) {
			const state = { client: 5, clock: i % 2 === 0 ? i : 2 ** 31 - i, json: `{"i":${i}}` };
			links[i % 2]!.send({ op: 'data', channel: 1, data: encodeAwareness(writeStates([state])) });
		}
		for (const link of links) await link.answered();
		await hearer.hears('awareness');
		expect(hearer.count('awareness')).toBeLessThan(200);
		for (const link of links) link.socket.terminate();
	});
});

test('sync steps 1 of which each names as many clients as a frame holds keep nobody waiting', async () => {
	const { meters, frames } = keptMeters();
	const { longAttack, attacker } = await attackedRoom({ meters });
	const clients = Array.from({ length: 40_000 }, (_, i): [number, number] => [1_000_000 + i, 1]);
	const vector = Y.encodeStateVector(new Map(clients));
	const step1 = encodeStep1(vector);
	expect(step1.length).toBeLessThan(FRAME_BYTES_MAX);
	await longAttack(async (underWay) => {
		const bobs = await Promise.all([1, 2, 3, 4].map((n) => attacker({ session: `${BOB}-${n}` })));
		for (const bob of bobs) await bob.hears('step1');
		underWay();
		for (let i = 0; i < 25; i++) for (const bob of bobs) bob.send(step1);
		for (const bob of bobs) {
			await bob.hears('step2');
			await bob.answered();
		}
	});
	expect(frames.filter(({ bytes }) => bytes === step1.length).length).toBeGreaterThanOrEqual(100);
});

test('updates of a thousand clients each, of which each says one thing, or half of one', async () => {
	const { longAttack, attacker } = await attackedRoom();
	const ids = (from: number) => Array.from({ length: 1_024 }, (_, i) => 10_000 * from + i + 1);
	const halves = (from: number) =>
		updateOf(ids(from).map((client) => section(client, [{ root: `${BOB}:${client}`, bytes: header(0) }])));
	let runs = 0;
	await longAttack(async (underWay) => {
		runs += 1;
		underWay();
		for (let n = 1; n <= 20; n++) {
			const bob = await attacker({ session: `${BOB}-half${n}`, room: HOME });
			bob.sendUpdate(halves(n));
			expect((await bob.closed).code).toBe(CLOSE.badFrame);
		}
		for (let n = 1; n <= 3; n++) {
			const bob = await attacker({ session: `${BOB}-${n}`, room: HOME, query: 'ack=1' });
			bob.sendUpdate(updateOf(ids(100 * runs + n).map((client) => firstEntry(`${BOB}:${client}`, client))));
			await Promise.race([bob.closed, bob.hears('ack', ({ full }) => !full)]);
		}
	});
});

test('deletes of as many ranges as a frame holds, over a log that is known', async () => {
	const { longAttack, attacker, talk } = await attackedRoom();
	const ranges = (client: number) =>
		Array.from({ length: 30_000 }, (_, i) => ({ client, clock: 2 * i + 1, length: 1 }));
	await longAttack(async (underWay) => {
		underWay();
		for (let n = 0; n < 20; n++) {
			const bob = await attacker({ session: `${BOB}-${n}` });
			bob.sendUpdate(updateOf([], ranges(talk.phone.doc.clientID)));
			expect([CLOSE.forbidden, CLOSE.badFrame]).toContain((await bob.closed).code);
		}
	});
});

test('thousands of entries of which each is erased by a range of its own, again and again', async () => {
	const { longAttack, attacker } = await attackedRoom();
	const count = 3_000;
	await longAttack(async (underWay) => {
		const bob = await attacker({ session: `${BOB}-1`, room: HOME, query: 'ack=1' });
		await bob.hears('ack');
		const client = new Y.Doc().clientID;
		const entries = Array.from({ length: count }, (_, s) => [
			s === 0
				? { root: `${BOB}:${client}`, bytes: header(0) }
				: { origin: { client, clock: 2 * s - 1 }, bytes: header(s) },
			{ origin: { client, clock: 2 * s }, bytes: BODY }
		]).flat();
		bob.sendUpdate(updateOf([section(client, entries)]));
		const deletes = Array.from({ length: count }, (_, s) => ({ client, clock: 2 * s + 1, length: 1 }));
		underWay();
		for (let i = 0; i < 50; i++) bob.sendUpdate(updateOf([], deletes));
		await Promise.race([bob.closed, bob.answered()]);
	});
});

test('who is removed while a large message of theirs is half here has not said it', async () => {
	let isMember = true;
	const { longAttack, attacker, relay } = await attackedRoom({
		access: { access: async (user) => (user === BOB && !isMember ? 'none' : 'write') }
	});
	await longAttack(async (underWay) => {
		isMember = true;
		const bob = await attacker({ session: `${BOB}-1` });
		await bob.hears('step1');
		const message = encodeUpdate(
			Y.encodeStateAsUpdate(docSaying(BOB, ...Array<string>(200).fill('x'.repeat(1_000))))
		);
		const half = message.length >> 1;
		underWay();
		bob.socket.send(message.subarray(0, half), { fin: false });
		await bob.answered();
		isMember = false;
		relay.dropMember(CONVERSATION, BOB);
		bob.socket.send(message.subarray(half), { fin: true });
		expect((await bob.closed).code).toBe(CLOSE.forbidden);
	});
	expect((await relay.entries(ROOM)).every(({ author }) => author === ALICE)).toBe(true);
});

test('a session that ends in the middle of a group commit takes nobody else with it', async () => {
	const inner = memoryRoomStore();
	let onAppend = () => {};
	const store = {
		...inner,
		append: async (batch: Parameters<typeof inner.append>[0]) => {
			if (batch.some(({ room }) => room === HOME)) onAppend();
			return inner.append(batch);
		}
	};
	const { longAttack, attacker, relay } = await attackedRoom({ store });
	await longAttack(async (underWay) => {
		underWay();
		for (let i = 0; i < 50; i++) {
			const session = `${BOB}-${i}`;
			const bob = await attacker({ session, room: HOME });
			await bob.hears('step1');
			onAppend = () => relay.dropSession(session);
			bob.sendUpdate(say(new Y.Doc(), BOB, `line ${i}`));
			expect((await bob.closed).code).toBe(CLOSE.logIn);
		}
		onAppend = () => {};
	});
});
