/** Small frames with large answers: whoever asks again and again is answered in turn, and others are heard meanwhile. */
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { ALICE, BOB, NOW, ROOM } from '../relay.fixture';
import { appendEntries } from '../../src/lib/conversation/log';
import { attackedRoom } from './bystanders.fixture';
import { BODY, laterEntry, updateOf } from './hostileUpdates.fixture';
import { encodeLinkFrame } from '../../src/lib/protocol/linkFrames';
import { encodeStep1 } from '../syncMessages';
import { KIND } from '../../src/lib/domain/entry';
import { memoryRoomStore } from '../memoryRoomStore';

const QUESTIONS = 2_000;
const ENTRIES = 1_000;

/** A room in which much was said and erased: each answer has to look at all of it. */
async function largeRoom() {
	const store = memoryRoomStore();
	const doc = new Y.Doc();
	const entry = { kind: KIND.reaction, stamp: { ms: NOW, counter: 0 }, body: BODY };
	appendEntries(doc, ALICE, Array<typeof entry>(ENTRIES).fill(entry));
	await store.append([{ room: ROOM, update: Y.encodeStateAsUpdate(doc) }]);
	const room = await attackedRoom({ store });
	const step1 = encodeStep1(Y.encodeStateVector(doc));
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

test('questions for awareness, 2,000 of them', async () => {
	const { attack, attacker } = await largeRoom();
	await attack(async (underWay) => {
		const bob = await attacker({ session: `${BOB}-1` });
		await bob.hears('step1');
		underWay();
		for (let i = 0; i < QUESTIONS; i++) bob.send(new Uint8Array([3]));
		await bob.answered();
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
