import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { ALICE, BOB, CONVERSATION, EVE, NOW, openProvider, startRelay, whenHolds } from './relay.fixture';
import { CLOSE } from '../src/lib/protocol/closeCodes';
import { docSaying, eraseOne, holdsTexts, say, write } from './writing.fixture';
import { encodeMessageBody } from '../src/lib/domain/bodies';
import { KIND } from '../src/lib/domain/entry';
import { ManualTimers } from './manualTimers.fixture';
import { RawClient } from './rawClient.fixture';
import { SYSTEM_USER } from '../src/lib/domain/ids';
import type { SegmentState } from './segments';
import type { StartOptions } from './relay.fixture';

const segment = (n: number) => `c/${CONVERSATION}/${n}`;
const alice = (n: number) => ({ session: `${ALICE}-1`, query: 'ack=1', room: segment(n) });
const at = (ms: number) => ({ stamp: { ms, counter: 0 } });

/** A relay of segments of three messages or six entries. */
async function startSmall(options: StartOptions = {}) {
	const told: SegmentState[] = [];
	const limits = { segmentMessagesMax: 3, segmentEntriesMax: 6 };
	const started = await startRelay({ limits, onSegment: (state) => told.push(state), ...options });
	/** Brings a document into a segment; settles once it is acked. */
	const bring = async (n: number, doc: Y.Doc) => {
		const client = new RawClient(started.url, alice(n));
		client.sendStep2(Y.encodeStateAsUpdate(doc));
		await client.hears('ack', ({ full }) => !full);
		return client;
	};
	return { ...started, told, bring };
}

test('the next segment takes nothing before the one before it is full; the device brings that one and tries again', async () => {
	const { url, bring } = await startSmall();
	const next = docSaying(ALICE, 'four');
	await bring(0, docSaying(ALICE, 'one', 'two'));
	const early = new RawClient(url, alice(1));
	early.sendStep2(Y.encodeStateAsUpdate(next));
	expect((await early.closed).code).toBe(CLOSE.segmentEarly);
	await bring(0, docSaying(ALICE, 'three'));
	await bring(1, next);
	const bob = openProvider(url, { session: `${BOB}-1`, room: segment(1) });
	await whenHolds(bob.doc, holdsTexts('four'));
});

test('a segment that has begun goes on, whatever becomes of the one before, and after a restart', async () => {
	const { bring, store } = await startSmall();
	await bring(0, docSaying(ALICE, 'one', 'two', 'three'));
	await bring(1, docSaying(ALICE, 'four'));
	const later = await startSmall({ store, limits: { segmentMessagesMax: 100, segmentEntriesMax: 100 } });
	await later.bring(1, docSaying(ALICE, 'five'));
});

test('an empty segment behind the last may be opened and read, one further on there is none', async () => {
	const { url, bring } = await startSmall();
	const next = new RawClient(url, alice(1));
	expect((await next.closed).code).toBe(CLOSE.noSuchRoom);
	await bring(0, docSaying(ALICE, 'one'));
	const one = new RawClient(url, alice(1));
	one.sendStep1();
	await one.hears('step2');
	expect((await new RawClient(url, alice(2)).closed).code).toBe(CLOSE.noSuchRoom);
	const stranger = new RawClient(url, { ...alice(2), session: `${EVE}-1` });
	expect((await stranger.closed).code).toBe(CLOSE.forbidden);
	await bring(0, docSaying(ALICE, 'two', 'three'));
	one.sendStep2(Y.encodeStateAsUpdate(docSaying(ALICE, 'four')));
	await one.hears('ack', ({ full }) => !full);
	const two = new RawClient(url, alice(2));
	two.sendStep1();
	await two.hears('step2');
});

test('messages whose text is erased count, what was superseded does not', async () => {
	const { told, bring } = await startSmall();
	const doc = docSaying(ALICE, 'one', 'two');
	const log = `${ALICE}:${doc.clientID}`;
	await bring(0, doc);
	eraseOne(doc, log);
	for (let i = 0; i < 3; i++) write(doc, ALICE, { kind: KIND.receipt });
	doc.getArray(log).delete(3, 4);
	await bring(0, doc);
	expect(told.at(-1)).toMatchObject({ messages: 2, isFull: false });
	say(doc, ALICE, 'three');
	await bring(0, doc);
	expect(told.at(-1)).toMatchObject({ messages: 3, entries: 4, isFull: true });
});

test('a segment that a device found full by its entries may be followed, though some were superseded since', async () => {
	const { bring, told, relay } = await startSmall();
	const doc = docSaying(ALICE, 'one');
	for (let i = 0; i < 5; i++) write(doc, ALICE, { kind: KIND.receipt });
	doc.getArray(`${ALICE}:${doc.clientID}`).delete(2, 8);
	await bring(0, doc);
	expect(await relay.segment(segment(0))).toMatchObject({ entries: 2, isFull: false, mayBeFollowed: true });
	await bring(1, docSaying(ALICE, 'two'));
	expect(told.at(-1)).toMatchObject({ segment: 1, messages: 1 });
});

test('the host hears of the first message, of earlier ones, of a full segment, and of what stretches that', async () => {
	const { bring, told } = await startSmall();
	const doc = new Y.Doc();
	const says = async (ms: number) => {
		write(doc, ALICE, at(ms));
		await bring(0, doc);
		return told.map(({ firstMs, lastMs, isFull }) => [firstMs! - NOW, lastMs! - NOW, isFull]).at(-1);
	};
	expect(await says(NOW)).toEqual([0, 0, false]);
	expect(await says(NOW + 10)).toEqual([0, 0, false]);
	expect(told).toHaveLength(1);
	expect(await says(NOW - 10)).toEqual([-10, 10, true]);
	expect(await says(NOW)).toEqual([-10, 10, true]);
	expect(told).toHaveLength(2);
	expect(await says(NOW + 20)).toEqual([-10, 20, true]);
});

test('a bare header that is far ahead stretches nothing', async () => {
	const { bring, relay } = await startSmall();
	const doc = new Y.Doc();
	write(doc, ALICE, at(NOW));
	write(doc, ALICE, at(NOW + 30 * 24 * 3_600_000));
	eraseOne(doc, `${ALICE}:${doc.clientID}`, 1);
	await bring(0, doc);
	expect(await relay.segment(segment(0))).toMatchObject({ messages: 2, firstMs: NOW, lastMs: NOW });
});

test('what was told before the process was killed is told again when the segment is read', async () => {
	const { bring, store } = await startSmall();
	await bring(0, docSaying(ALICE, 'one', 'two', 'three'));
	const { relay, told } = await startSmall({ store });
	await relay.entries(segment(0));
	expect(told).toMatchObject([{ conversation: CONVERSATION, segment: 0, messages: 3, isFull: true }]);
});

test('the server writes in any segment, and says which logs hold messages', async () => {
	const { relay, bring } = await startSmall();
	const doc = docSaying(ALICE, 'one');
	await bring(0, doc);
	const body = encodeMessageBody({ text: 'x' });
	await relay.append(segment(0), SYSTEM_USER, [{ kind: KIND.system, body }]);
	await relay.append(segment(1), BOB, [{ kind: KIND.message, body }]);
	expect([...(await relay.messageVector(segment(0)))]).toEqual([[doc.clientID, 2]]);
	expect(await relay.entries(segment(1))).toHaveLength(1);
});

test('a key counts once in all segments of a conversation', async () => {
	const { relay } = await startSmall();
	const entry = { kind: KIND.message, body: encodeMessageBody({ text: 'once' }) };
	const [first] = await relay.append(segment(0), ALICE, [entry], { key: 'k' });
	const [again] = await relay.append(segment(1), ALICE, [entry], { key: 'k' });
	expect(again).toEqual({ id: first!.id, stamp: undefined });
});

test('the segment before an empty one stays at hand as long as that one does', async () => {
	const timers = new ManualTimers();
	let now = NOW;
	const { url, bring, relay } = await startSmall({ timers, now: () => now });
	const old = await bring(0, docSaying(ALICE, 'one', 'two', 'three'));
	const waiting = new RawClient(url, alice(1));
	await waiting.hears('ack');
	old.socket.terminate();
	await expect.poll(() => relay.stats().sockets).toBe(1);
	now += 3_600_000;
	timers.advance(60_000);
	waiting.sendStep2(Y.encodeStateAsUpdate(docSaying(ALICE, 'four')));
	await waiting.hears('ack', ({ full }) => !full);
	now += 3_600_000;
	timers.advance(60_000);
	expect(relay.stats().rooms).toBe(1);
});
