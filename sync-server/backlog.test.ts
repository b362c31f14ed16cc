/** Stock providers say all that they have written in one message, however much it is. */
import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { ALICE, BOB, NOW, openProvider, ROOM, startRelay, whenHolds } from './relay.fixture';
import { appendEntries } from '../src/lib/conversation/log';
import { ANSWER_BYTES_MAX, PROGRESS_BYTES_MIN } from './limits';
import { CLOSE } from '../src/lib/protocol/closeCodes';
import { encodeStep2 } from './syncMessages';
import { encodeMessageBody } from '../src/lib/domain/bodies';
import { FRAME_BYTES_MAX } from '../src/lib/domain/limits';
import { KIND } from '../src/lib/domain/entry';
import { memoryRoomStore } from './memoryRoomStore';
import { RawClient } from './rawClient.fixture';
import { say } from './writing.fixture';
import { startLimited } from './limited.fixture';

const TEXT = 'x'.repeat(18_000);

/** Writes so many messages of 18 kB. */
function write(doc: Y.Doc, messages: number): void {
	const entry = {
		kind: KIND.message,
		stamp: { ms: NOW, counter: 0 },
		body: encodeMessageBody({ text: TEXT })
	};
	for (let i = 0; i < messages; i++) appendEntries(doc, ALICE, [entry]);
}

/** A whole binary frame of a client (RFC 6455, section 5.2), of 64 kB and more, with a mask of zeros. */
function maskedFrame(message: Uint8Array): Buffer {
	const head = Buffer.alloc(14);
	head.set([0x82, 0xff]);
	head.writeBigUInt64BE(BigInt(message.length), 2);
	return Buffer.concat([head, message]);
}

/** What ws writes on. */
const connectionOf = ({ socket }: RawClient) => (socket as unknown as { _socket: Socket })._socket;

const hasAllOf = (doc: Y.Doc) => (other: Y.Doc) =>
	Y.getState(other.store, doc.clientID) === Y.getState(doc.store, doc.clientID);

test.each([50, 220])('a provider that comes with %i messages of 18 kB brings them all', async (messages) => {
	const { url, refusals } = await startLimited({});
	const bob = openProvider(url, { session: `${BOB}-1` });
	const doc = new Y.Doc();
	write(doc, messages);
	openProvider(url, { session: `${ALICE}-1`, doc });
	await whenHolds(bob.doc, hasAllOf(doc));
	expect(refusals).toEqual([]);
});

test('providers that write 900 kB each while nothing can be stored bring it all afterwards', async () => {
	let isFull = false;
	const kept = memoryRoomStore();
	const unlessFull = <T>(act: () => Promise<T>): Promise<T> =>
		isFull ? Promise.reject(Object.assign(new Error('the disk is full'), { code: 'SQLITE_FULL' })) : act();
	const append: typeof kept.append = (batch) => unlessFull(() => kept.append(batch));
	const probe = () => unlessFull(() => kept.probe());
	const timing = { retryMs: { first: 1, max: 4 } };
	const { url, relay, log } = await startRelay({ store: { ...kept, append, probe }, timing });
	const [one, two] = [1, 2].map((n) => openProvider(url, { session: `${ALICE}-${n}` }));
	say(one!.doc, ALICE, 'before');
	await whenHolds(two!.doc, hasAllOf(one!.doc));
	isFull = true;
	for (let i = 0; i < 50; i++) for (const { doc } of [one!, two!]) write(doc, 1);
	await expect.poll(() => relay.health().reason).toBe('the disk is full');
	isFull = false;
	await whenHolds(two!.doc, hasAllOf(one!.doc));
	await whenHolds(one!.doc, hasAllOf(two!.doc));
	expect((await relay.entries(ROOM)).length).toBe(101);
	expect(log.lines.filter(({ message }) => message.includes('closed'))).toEqual([]);
});

test('a message that takes many pings to arrive is read to its end, though no pong comes within it', async () => {
	const { url } = await startRelay({ timing: { pingEveryMs: 200 } });
	const doc = new Y.Doc();
	write(doc, 4);
	const alice = new RawClient(url, { session: `${ALICE}-1`, query: 'ack=1', autoPong: false });
	await alice.hears('step1');
	const frame = maskedFrame(encodeStep2(Y.encodeStateAsUpdate(doc)));
	// Each ping is answered with the next piece alone.
	let sent = 0;
	alice.socket.on('ping', () => {
		connectionOf(alice).write(frame.subarray(sent, sent + PROGRESS_BYTES_MIN));
		sent += PROGRESS_BYTES_MIN;
	});
	await alice.hears('ack', ({ full }) => !full);
	expect(frame.length).toBeGreaterThan(4 * PROGRESS_BYTES_MIN);
});

test('what nobody asked for is no longer than a frame, and an answer no longer than the longest', async () => {
	const { url } = await startRelay();
	const doc = new Y.Doc();
	write(doc, 20);
	const client = () => new RawClient(url, { session: `${ALICE}-1` });
	const [live, answers, endless] = [client(), client(), client()];
	await Promise.all([live, answers, endless].map((each) => each.hears('step1')));
	live.sendUpdate(Y.encodeStateAsUpdate(doc));
	expect((await live.closed).code).toBe(CLOSE.tooLarge);
	endless.sendStep2(new Uint8Array(ANSWER_BYTES_MAX));
	expect((await endless.closed).code).toBe(CLOSE.tooLarge);
	// The first is the answer to the relay's question; there was no second question.
	answers.sendStep2(new Uint8Array([0, 0]));
	answers.sendStep2(Y.encodeStateAsUpdate(doc));
	expect((await answers.closed).code).toBe(CLOSE.tooLarge);
	expect(Y.encodeStateAsUpdate(doc).length).toBeGreaterThan(FRAME_BYTES_MAX);
});
