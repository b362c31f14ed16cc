import { describe, expect, test, vi } from 'vitest';
import * as decoding from 'lib0/decoding';
import * as Y from 'yjs';
import { ALICE, BOB, startRelay, type StartOptions } from './relay.fixture';
import { CLOSE } from '../src/lib/protocol/closeCodes';
import { decodeSyncMessage, encodeUpdate } from './syncMessages';
import { docSaying, eraseOne, say, textsOf } from './writing.fixture';
import { keptMeters } from './keptMeters.fixture';
import { MESSAGE_ACK, readAck } from '../src/lib/protocol/ack';
import { OUTPUT_CHANNEL_BYTES_MAX } from './limits';
import { RawClient } from './rawClient.fixture';
import { LinkClient } from './linkClient.fixture';

/** What the relay may hold for one slow reader of one room: its queue, and what the connection was just given. */
const HELD_BYTES_MAX = OUTPUT_CHANNEL_BYTES_MAX + 200_000;
const LONG = 'x'.repeat(15_000);
const MESSAGES_MAX = 5_000;
const MESSAGES_ON_TOP = (10 * OUTPUT_CHANNEL_BYTES_MAX) / LONG.length;

const plenty = { perSecond: 1e9, burst: 1e9 };
const start = (options: StartOptions = {}) => startRelay({ limits: { bytes: plenty }, ...options });

/** What a reader's document becomes by the messages that arrive. */
class Reader {
	readonly doc = new Y.Doc();
	readonly acked = new Map<number, number>();

	take(message: Uint8Array): void {
		const sync = decodeSyncMessage(message);
		if (sync?.type === 'update' || sync?.type === 'step2') Y.applyUpdate(this.doc, sync.payload);
		const decoder = decoding.createDecoder(message);
		if (decoding.readVarUint(decoder) !== MESSAGE_ACK) return;
		const { full, vector } = readAck(decoder);
		if (full) this.acked.clear();
		for (const [client, clock] of vector) this.acked.set(client, clock);
	}

	hasAllOf(doc: Y.Doc): boolean {
		const hasAll = [...doc.store.clients.keys()].every(
			(client) => Y.getState(this.doc.store, client) === Y.getState(doc.store, client)
		);
		return hasAll && textsOf(this.doc).join() === textsOf(doc).join();
	}
}

/** Writes until it piles up at the relay, and then several times what it may hold; erases now and then. */
async function flood({ url, relay }: Awaited<ReturnType<typeof startRelay>>, doc: Y.Doc): Promise<number> {
	const alice = new RawClient(url, { session: `${ALICE}-writer`, query: 'ack=1' });
	await alice.hears('ack');
	doc.on('update', (update: Uint8Array) => alice.sendUpdate(update));
	let most = 0;
	let left = MESSAGES_MAX;
	let isPilingUp = false;
	for (let i = 1; i <= left; i++) {
		say(doc, ALICE, `${i} ${LONG}`);
		if (i % 10 === 0) eraseOne(doc, `${ALICE}:${doc.clientID}`, i);
		if (i % 20 === 0) {
			await alice.hears('ack', ({ vector }) => (vector.get(doc.clientID) ?? 0) >= 2 * i);
			alice.heard.length = 0;
		}
		const { queuedBytes } = relay.stats();
		most = Math.max(most, queuedBytes);
		if (isPilingUp || queuedBytes < OUTPUT_CHANNEL_BYTES_MAX / 2) continue;
		isPilingUp = true;
		left = i + MESSAGES_ON_TOP;
	}
	await alice.answered();
	if (!isPilingUp) throw new Error('nothing piled up');
	return most;
}

describe('a reader that stops reading', () => {
	test('on a link holds a bounded part of the memory, and has everything once it reads on', async () => {
		const started = await start();
		const bob = await LinkClient.open(started.url, `${BOB}-1`);
		const reader = new Reader();
		bob.openRoom(1);
		bob.send({ op: 'data', channel: 1, data: new Uint8Array([0, 0, 1, 0]) });
		await bob.hearsOn(1, (data) => decodeSyncMessage(data)?.type === 'step2');
		bob.socket.pause();
		const own = new Y.Doc();
		const doc = new Y.Doc();
		const writing = flood(started, doc);
		bob.send({ op: 'data', channel: 1, data: encodeUpdate(say(own, BOB, 'not reading')) });
		expect(await writing).toBeLessThan(HELD_BYTES_MAX);
		bob.send({ op: 'data', channel: 1, data: encodeUpdate(say(own, BOB, 'still not')) });
		bob.socket.resume();
		Y.applyUpdate(reader.doc, Y.encodeStateAsUpdate(own));
		Y.applyUpdate(doc, Y.encodeStateAsUpdate(own));
		let taken = 0;
		await bob.hearsOn(1, () => {
			for (; taken < bob.messages.length; taken++) reader.take(bob.messages[taken]!.data);
			return reader.acked.get(own.clientID) === 4 && reader.hasAllOf(doc);
		});
		await vi.waitFor(() => expect(started.relay.stats().queuedBytes).toBe(0));
	});

	test('on a socket of its room too', async () => {
		const started = await start();
		const bob = new RawClient(started.url, { session: `${BOB}-1`, query: 'ack=1' });
		const reader = new Reader();
		await bob.hears('ack');
		bob.socket.on('message', (data: Buffer) => reader.take(new Uint8Array(data)));
		bob.socket.pause();
		const doc = new Y.Doc();
		expect(await flood(started, doc)).toBeLessThan(HELD_BYTES_MAX);
		bob.socket.resume();
		await vi.waitFor(() => expect(reader.hasAllOf(doc)).toBe(true), 20_000);
		expect(reader.acked.get(doc.clientID)).toBe(Y.getState(doc.store, doc.clientID));
	});

	test('slows down no other reader of the room', async () => {
		const started = await start();
		const [slow, quick] = ['slow', 'quick'].map(
			(name) => new RawClient(started.url, { session: `${BOB}-${name}` })
		);
		await Promise.all([slow!.hears('step1'), quick!.hears('step1')]);
		const reader = new Reader();
		quick!.socket.on('message', (data: Buffer) => reader.take(new Uint8Array(data)));
		slow!.socket.pause();
		const doc = new Y.Doc();
		await flood(started, doc);
		await vi.waitFor(() => expect(reader.hasAllOf(doc)).toBe(true), 20_000);
	});

	test('is closed for now when it has taken nothing for a while, though it goes on writing', async () => {
		const started = await start({ timing: { pingEveryMs: 500 } });
		const bob = await LinkClient.open(started.url, `${BOB}-1`);
		bob.openRoom(1);
		await bob.hears(({ op }) => op === 'data');
		bob.socket.pause();
		const writing = flood(started, new Y.Doc());
		await vi.waitFor(() => {
			bob.send({ op: 'ping', channel: 0 });
			expect(started.log.lines).toContainEqual(expect.objectContaining({ code: CLOSE.unavailable }));
		}, 20_000);
		await writing;
		bob.socket.resume();
		await bob.closed;
	});

	test('is asked again what it was not asked, since no room was left for the question', async () => {
		const { meters, counts } = keptMeters();
		const started = await start({ meters, limits: { bytes: plenty, segmentLogsMax: 10_000 } });
		const filler = new RawClient(started.url, { session: `${BOB}-filler`, query: 'ack=1' });
		await filler.hears('ack');
		// The question tells of every log: of so many, it is longer than the room that a long message leaves.
		for (let i = 1; i <= 4; i++) {
			const logs = Array.from({ length: 800 }, () => say(new Y.Doc(), BOB, 'x'));
			filler.sendUpdate(Y.mergeUpdates(logs));
			await vi.waitFor(() => expect(filler.count('ack')).toBe(i + 1));
		}
		filler.socket.terminate();
		const bob = new RawClient(started.url, { session: `${BOB}-1` });
		await bob.hears('step1');
		bob.sendStep2(new Uint8Array([0, 0]));
		await bob.answered();
		bob.socket.pause();
		await flood(started, new Y.Doc());
		const own = docSaying(BOB, 'never sent');
		bob.sendUpdate(say(own, BOB, 'follows on it'));
		await vi.waitFor(() => expect(counts.gaps).toBe(1));
		bob.heard.length = 0;
		bob.socket.resume();
		await bob.hears('step1');
	});
});
