/** Sockets that ask for all that a large room holds and never read: of their answers no more is made than goes out next. */
import { Duplex } from 'node:stream';
import { expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { BOB } from '../relay.fixture';
import { attackedRoom } from './bystanders.fixture';
import { docSaying } from '../writing.fixture';
import { encodeStep1 } from '../syncMessages';
import { memoryRoomStore } from '../memoryRoomStore';
import {
	BEGUN_BYTES_MAX,
	OUTPUT_USER_BYTES_MAX,
	PARTS_BYTES_MAX,
	PIECE_BYTES,
	RELAY_LIMITS
} from '../limits';
import { CLOSE } from '../../src/lib/protocol/closeCodes';
import { Outgoing } from '../outgoing';
import { SocketOutput } from '../socketOutput';
import { RawLink } from '../rawLink.fixture';

const SOCKETS = 200;
const HOME = `home/${BOB}`;
/** What a connection was given beside, and the piece that brought its user to the limit. */
const SLACK_EACH = 64_000;
const HELD_BYTES_MAX = OUTPUT_USER_BYTES_MAX + 8 * PIECE_BYTES + SOCKETS * SLACK_EACH;

const plenty = { perSecond: 1e9, burst: 1e9 };

const outputThatNobodyReads = () =>
	new SocketOutput(true, {
		connection: new Duplex({ read: () => {}, write: () => {}, highWaterMark: 1 }),
		isOpen: () => true,
		elapsedMs: () => 0,
		onStuck: () => {},
		onFrame: () => {}
	});

/** About 12 MB that Bob wrote. */
async function largeHome() {
	const store = memoryRoomStore();
	const history = docSaying(BOB, ...Array.from({ length: 800 }, (_, i) => `${i} ${'x'.repeat(15_000)}`));
	await store.append([{ room: HOME, update: Y.encodeStateAsUpdate(history) }]);
	return { store };
}

test('200 sockets that ask for a room of 12 MB hold a bounded part of the memory', async () => {
	const { store } = await largeHome();
	const limits = { roomChannelsMax: SOCKETS + 1, work: plenty };
	const { longAttack, attacker, relay } = await attackedRoom({ store, limits });
	const buffersBefore = process.memoryUsage().arrayBuffers;
	let most = { queued: 0, buffers: 0 };
	const look = () => {
		const buffers = process.memoryUsage().arrayBuffers - buffersBefore;
		const queued = relay.stats().queuedBytes;
		most = { queued: Math.max(most.queued, queued), buffers: Math.max(most.buffers, buffers) };
	};
	await longAttack(async () => {
		for (let i = 0; i < SOCKETS; i++) {
			const bob = await attacker({ session: `${BOB}-${i}`, room: HOME });
			await bob.hears('step1');
			bob.sendStep1();
			await bob.answered();
			bob.socket.pause();
			look();
		}
		// One that reads has all of it, whatever the others of its user do not.
		const reader = await attacker({ session: `${BOB}-reader`, room: HOME });
		reader.socket.on('message', look);
		reader.sendStep1();
		await reader.hears('step2');
		look();
	});
	expect(most.queued).toBeLessThan(HELD_BYTES_MAX);
	expect(most.buffers).toBeLessThan(150_000_000);
});

test('5,000 channels of a link that ask for it, and of which nothing is read', async () => {
	const { store } = await largeHome();
	const { channelsMax } = RELAY_LIMITS;
	const { longAttack, url, relay } = await attackedRoom({ store, limits: { roomChannelsMax: channelsMax } });
	await longAttack(async () => {
		const link = new RawLink(url, `${BOB}-1`);
		await link.opened;
		for (let channel = 1; channel <= channelsMax; channel++) link.open(channel, HOME);
		await link.answered();
		link.socket.pause();
		for (let channel = 1; channel <= channelsMax; channel++)
			link.send({ op: 'data', channel, data: encodeStep1(new Uint8Array([0])) });
		await vi.waitFor(() => expect(relay.stats().queuedBytes).toBeGreaterThan(PIECE_BYTES));
		expect(relay.stats().queuedBytes).toBeLessThan(2_500_000);
		link.socket.terminate();
	});
});

test('messages in parts that never end, on many links of a user, are bounded over all of them', async () => {
	const { longAttack, url } = await attackedRoom({
		limits: { bytes: plenty, work: plenty, roomChannelsMax: 1_000 }
	});
	const links = Math.ceil((2 * BEGUN_BYTES_MAX) / PARTS_BYTES_MAX);
	await longAttack(async () => {
		const closed = [];
		for (let i = 0; i < links; i++) {
			const link = new RawLink(url, `${BOB}-${i}`);
			await link.opened;
			for (let channel = 1; channel <= 9; channel++) {
				link.open(channel, HOME);
				link.send({ op: 'part', channel, data: new Uint8Array(200_000) });
			}
			closed.push(link.closed);
			await Promise.race([link.closed, link.answered()]);
		}
		expect(await Promise.race(closed)).toBe(CLOSE.unavailable);
	});
});

test('what waits on 100 links of a user, each with many rooms that are spoken in, is bounded over all of them', () => {
	const user = { waitingBytes: 0 };
	const [links, rooms] = [100, 10];
	const message = new Outgoing(new Uint8Array(90_000));
	const outputs = Array.from({ length: links }, () => {
		const output = outputThatNobodyReads();
		output.start(user);
		for (let channel = 1; channel <= rooms; channel++)
			output.open(channel, { lost: () => {}, catchUp: () => {} });
		return output;
	});
	let most = 0;
	for (let round = 0; round < 3; round++)
		for (const output of outputs)
			for (let channel = 1; channel <= rooms; channel++) {
				output.send(channel, message, { type: 'update', before: new Map(), erases: false });
				most = Math.max(most, user.waitingBytes);
			}
	// One message on each link beside.
	expect(most).toBeGreaterThan(OUTPUT_USER_BYTES_MAX);
	expect(most).toBeLessThan(OUTPUT_USER_BYTES_MAX + (links + 1) * message.bytes.length);
});

test('words on what has changed that wait for 5,000 channels take little', () => {
	const output = outputThatNobodyReads();
	for (let channel = 1; channel <= RELAY_LIMITS.channelsMax; channel++) {
		output.open(channel, { lost: () => {}, catchUp: () => {} });
		output.owe(channel);
	}
	const before = process.memoryUsage().heapUsed;
	for (let i = 0; i < 3_000; i++) output.wordBehind(new Uint8Array(60));
	expect(process.memoryUsage().heapUsed - before).toBeLessThan(50_000_000);
});

test('who takes none of the words on what has changed stands still, whatever else they say', () => {
	const output = outputThatNobodyReads();
	const word = new Uint8Array(20_000);
	output.word(word);
	expect([output.standsStill(), output.standsStill()]).toEqual([false, false]);
	output.word(word);
	expect([output.standsStill(), output.standsStill()]).toEqual([false, true]);
});
