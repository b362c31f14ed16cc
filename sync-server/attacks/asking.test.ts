/** Small frames with large answers: whoever asks again and again is answered in turn, and others are heard meanwhile. */
import type { Socket } from 'node:net';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { ALICE, BOB, NOW, openProvider, ROOM, startRelay, whenHolds, whenSynced } from '../relay.fixture';
import { appendEntries } from '../../src/lib/conversation/log';
import { attackedRoom } from './bystanders.fixture';
import { BODY, laterEntry, updateOf } from './hostileUpdates.fixture';
import { encodeLinkFrame } from '../../src/lib/protocol/linkFrames';
import { encodeAwareness, encodeStep1, encodeStep2, encodeUpdate } from '../syncMessages';
import { KIND } from '../../src/lib/domain/entry';
import { maskedFrame } from '../maskedFrame.fixture';
import { memoryRoomStore } from '../memoryRoomStore';
import { RawClient } from '../rawClient.fixture';
import { say } from '../writing.fixture';
import { writeStates } from '../awareness';

const QUESTIONS = 2_000;
const AWARENESS_QUESTIONS = 60_000;
const ENTRIES = 1_000;
const QUERY_AWARENESS = new Uint8Array([3]);

/** A store of a room in which much was said and erased: each answer has to look at all of it. */
async function largeStore() {
	const store = memoryRoomStore();
	const doc = new Y.Doc();
	const entry = { kind: KIND.reaction, stamp: { ms: NOW, counter: 0 }, body: BODY };
	appendEntries(doc, ALICE, Array<typeof entry>(ENTRIES).fill(entry));
	await store.append([{ room: ROOM, update: Y.encodeStateAsUpdate(doc) }]);
	return { store, step1: encodeStep1(Y.encodeStateVector(doc)) };
}

async function largeRoom() {
	const { store, step1 } = await largeStore();
	const room = await attackedRoom({ store });
	const before = Array<string>(ENTRIES).fill('?');
	return {
		...room,
		step1,
		attack: (act: (underWay: () => void) => Promise<void>) => room.longAttack(act, before)
	};
}

test('2,000 sync steps 1 of one channel', async () => {
	const { attack, attacker, step1 } = await largeRoom();
	await attack(async (underWay) => {
		const bob = await attacker({ session: `${BOB}-1` });
		await bob.hears('step1');
		underWay();
		for (let i = 0; i < QUESTIONS; i++) bob.send(step1);
		await bob.answered();
		await bob.hears('step2');
		expect(bob.count('step2')).toBeLessThan(QUESTIONS / 2);
	});
});

test('sync steps 1 of 300 channels at once', async () => {
	const { attack, url, step1 } = await largeRoom();
	await attack(async (underWay) => {
		const link = new WebSocket(url, { headers: { authorization: `Bearer ${BOB}-1` } });
		await once(link, 'open');
		underWay();
		for (let channel = 1; channel <= 300; channel++) {
			link.send(encodeLinkFrame({ op: 'open', channel, room: ROOM, query: '' }));
			for (let i = 0; i < 5; i++) link.send(encodeLinkFrame({ op: 'data', channel, data: step1 }));
		}
		link.ping();
		await once(link, 'pong');
		link.terminate();
	});
});

test('questions for awareness, 60,000 of them', async () => {
	const { attack, attacker } = await largeRoom();
	await attack(async (underWay) => {
		const bob = await attacker({ session: `${BOB}-1` });
		await bob.hears('step1');
		underWay();
		// Each is so little work that of fewer a fast machine is through before a line has come by.
		for (let i = 0; i < AWARENESS_QUESTIONS; i++) bob.send(QUERY_AWARENESS);
		await bob.answered();
	});
});

test('gaps alone, 1,000 of them: the relay has one question open at a time', async () => {
	const { attack, attacker } = await largeRoom();
	await attack(async (underWay) => {
		const bob = await attacker({ session: `${BOB}-1` });
		await bob.hears('step1');
		bob.sendStep2(new Uint8Array([0, 0]));
		underWay();
		for (let i = 0; i < QUESTIONS / 2; i++) {
			bob.sendUpdate(updateOf([laterEntry(77, 1_000)]));
			// Each has its turn by then, and could be asked for by itself.
			if (i % 100 === 0) await bob.answered();
		}
		await bob.answered();
		expect(bob.count('step1')).toBe(2);
	});
});

test('gaps and empty answers in turn: the relay asks again no faster than it gets to it', async () => {
	const { attack, attacker } = await largeRoom();
	await attack(async (underWay) => {
		const bob = await attacker({ session: `${BOB}-1` });
		await bob.hears('step1');
		underWay();
		for (let i = 0; i < QUESTIONS / 2; i++) {
			bob.sendUpdate(updateOf([laterEntry(77, 1_000)]));
			bob.sendStep2(new Uint8Array([0, 0]));
		}
		await bob.answered();
		expect(bob.count('step1')).toBeLessThan(QUESTIONS / 2);
	});
});

/** Sent in one piece. */
const TOGETHER = 500;
/** An empty ping of a client. */
const PING = Buffer.from([0x89, 0x80, 0, 0, 0, 0]);
/** It follows on what is not there. */
const gap = encodeUpdate(updateOf([laterEntry(77, 1_000)]));

/** A user's state in the room, which a question for awareness is answered with. */
const HERE = encodeAwareness(writeStates([{ client: 5, clock: 1, json: '{"here":true}' }]));

test.each([
	['sync steps 1', 'step2', (step1: Uint8Array) => [step1]],
	['questions for awareness', 'awareness', () => [QUERY_AWARENESS]],
	['gaps and empty answers', 'step1', () => [gap, encodeStep2(new Uint8Array([0, 0]))]]
] as const)(
	'%s by the hundred in one piece: few are answered, and what another says then comes before the last is read',
	async (_, answer, asking) => {
		let ms = 0;
		const { store, step1 } = await largeStore();
		const { url } = await startRelay({
			store,
			// By this clock whatever is done takes longer than a turn of the event loop has.
			elapsedMs: () => (ms += 10),
			limits: { work: { perSecond: 1e6, burst: 1e6 } }
		});
		const alice = openProvider(url, { session: `${ALICE}-1` });
		const reader = openProvider(url, { session: `${ALICE}-2` });
		const shown = new RawClient(url, { session: `${ALICE}-3` });
		const bob = new RawClient(url, { session: `${BOB}-1` });
		await Promise.all([whenSynced(alice), whenSynced(reader), bob.hears('step1')]);
		shown.send(HERE);
		await bob.hears('awareness');
		bob.heard.length = 0;
		const frames = Array.from({ length: TOGETHER }, () => asking(step1))
			.flat()
			.map(maskedFrame);
		let isRead = false;
		bob.socket.once('pong', () => (isRead = true));
		// What ws writes on: all of it is one write, with a ping behind it that is answered in its turn.
		const { _socket: line } = bob.socket as unknown as { _socket: Socket };
		line.write(Buffer.concat([...frames, PING]));
		say(alice.doc, ALICE, 'in between');
		await whenHolds(reader.doc, ({ store }) => Y.getState(store, alice.doc.clientID) === 2);
		expect(isRead).toBe(false);
		await expect.poll(() => isRead).toBe(true);
		await bob.hears(answer);
		expect(bob.count(answer)).toBeLessThan(TOGETHER / 10);
	}
);
