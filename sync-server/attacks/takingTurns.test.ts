/** Legal traffic, and far more of it than is fair: it is read by turns, and what others say comes in between. */
import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { ALICE, BOB, openProvider, startRelay, whenHolds, whenSynced } from '../relay.fixture';
import { attackedRoom } from './bystanders.fixture';
import { CLOSE } from '../../src/lib/protocol/closeCodes';
import { encodeUpdate } from '../syncMessages';
import { firstEntry, updateOf } from './hostileUpdates.fixture';
import { maskedFrame } from '../maskedFrame.fixture';
import { RawClient } from '../rawClient.fixture';
import { RawLink } from '../rawLink.fixture';
import { RELAY_LIMITS } from '../limits';
import { say } from '../writing.fixture';

const CHANNELS = 5_000;

test('hundreds of messages that arrive in one piece: what another says then is acked before the last of them', async () => {
	let ms = 0;
	// By this clock whatever is done takes longer than a turn of the event loop has.
	const { url } = await startRelay({
		elapsedMs: () => (ms += 10),
		limits: { work: { perSecond: 1e6, burst: 1e6 } }
	});
	const alice = openProvider(url, { session: `${ALICE}-1` });
	const reader = openProvider(url, { session: `${ALICE}-2` });
	await Promise.all([whenSynced(alice), whenSynced(reader)]);
	const bob = new RawClient(url, { session: `${BOB}-1`, query: 'ack=1' });
	await bob.hears('ack');
	const doc = new Y.Doc();
	const frames = Array.from({ length: 500 }, () => maskedFrame(encodeUpdate(say(doc, BOB, 'x'))));
	// What ws writes on: all of it is one write, and one read at the relay.
	(bob.socket as unknown as { _socket: Socket })._socket.write(Buffer.concat(frames));
	await bob.hears('ack', ({ full, vector }) => !full && (vector.get(doc.clientID) ?? 0) > 0);
	say(alice.doc, ALICE, 'in between');
	await whenHolds(reader.doc, ({ store }) => Y.getState(store, alice.doc.clientID) === 2);
	expect(Y.getState(reader.doc.store, doc.clientID)).toBeLessThan(1_000);
	await bob.hears('ack', ({ vector }) => vector.get(doc.clientID) === 1_000);
});

test('one room opened on 5,000 channels of a link, each of which writes: a few are let in', async () => {
	const { longAttack, url, relay } = await attackedRoom();
	await longAttack(async (underWay) => {
		const link = new RawLink(url, `${BOB}-1`);
		await link.opened;
		underWay();
		for (let channel = 1; channel <= CHANNELS; channel++) link.open(channel);
		for (let channel = 1; channel <= CHANNELS; channel++)
			link.sendUpdate(channel, updateOf([firstEntry(`${BOB}:${channel}`, channel)]));
		await link.answered();
		const closed = link.heard.flatMap((frame) => (frame.op === 'close' ? [frame.code] : []));
		expect([closed.length, new Set(closed)]).toEqual([
			CHANNELS - RELAY_LIMITS.roomChannelsMax,
			new Set([CLOSE.tooMany])
		]);
		expect(relay.stats().channels).toBeLessThan(RELAY_LIMITS.roomChannelsMax + 10);
		link.socket.terminate();
	}, Array<string>(RELAY_LIMITS.roomChannelsMax).fill('?'));
});

test('as many logs as one may begin in a segment, and no more: each of them costs whoever writes there', async () => {
	const { longAttack, attacker } = await attackedRoom();
	const { segmentLogsMax } = RELAY_LIMITS;
	const logs = (from: number, count: number) =>
		updateOf(Array.from({ length: count }, (_, i) => firstEntry(`${BOB}:${from + i}`, from + i)));
	await longAttack(async (underWay) => {
		const bob = await attacker({ session: `${BOB}-1`, query: 'ack=1' });
		await bob.hears('ack');
		underWay();
		for (let i = 0; i < segmentLogsMax; i += 1_024) bob.sendUpdate(logs(1_000 + i, 1_024));
		await bob.hears('ack', ({ vector }) => vector.has(1_000 + segmentLogsMax - 1));
		bob.sendUpdate(logs(9_000_000, 1));
		expect((await bob.closed).code).toBe(CLOSE.storeFull);
	}, Array<string>(segmentLogsMax).fill('?'));
});

test('messages that are begun on many sockets and never end: no more of them is held than may be', async () => {
	const { longAttack, url, relay } = await attackedRoom({
		limits: { bytes: { perSecond: 1e9, burst: 1e9 } }
	});
	await longAttack(async () => {
		const clients = Array.from({ length: 12 }, () => new RawClient(url, { session: `${BOB}-1` }));
		await Promise.all(clients.map((client) => client.opened));
		const head = Buffer.from([0x02, 0xff, 0, 0, 0, 0, 0, 0x3f, 0xff, 0xff, 0, 0, 0, 0]);
		const begun = Buffer.concat([head, Buffer.alloc(4_000_000)]);
		for (const { socket } of clients) (socket as unknown as { _socket: Socket })._socket.write(begun);
		const closed = await Promise.race(clients.map((client) => client.closed));
		expect(closed.code).toBe(CLOSE.unavailable);
		for (const { socket } of clients) socket.terminate();
	});
	expect(relay.stats().rooms).toBe(1);
});
