import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomBytes } from 'node:crypto';
import * as Y from 'yjs';
import { ALICE, BOB, keptLog, NOW } from './relay.fixture';
import { docSaying, eraseOne, say, setFact, textsOf } from './writing.fixture';
import { judge } from './guard';
import { MalformedUpdate, readUpdate } from '../src/lib/protocol/updateReader';
import { MintedClients } from './mintedClients';
import { RoomDocument } from './roomDocument';
import type { FrameKind } from './verdict';
import { writeUpdate } from '../src/lib/protocol/updateWriter';

const emptyRoom = () => {
	const log = keptLog();
	return {
		log,
		room: new RoomDocument([], { room: 'r', now: () => NOW, randomBytes, log, minted: new MintedClients() })
	};
};

/** The room as Yjs sees it. */
function docOf(room: RoomDocument): Y.Doc {
	const doc = new Y.Doc();
	Y.applyUpdate(doc, room.encode());
	return doc;
}

/** Takes a frame as a room does. */
function take(room: RoomDocument, bytes: Uint8Array, kind: FrameKind, owner: string) {
	const verdict = judge(bytes, { kind, caller: owner, nowMs: NOW, writesSince: 0 }, room);
	const update = verdict.type === 'pass' && verdict.fresh && room.apply(verdict.fresh, owner).update;
	return { verdict, update };
}

describe('the reader', () => {
	test('reads what Yjs writes, and the writer writes it again', () => {
		const doc = docSaying(ALICE, 'one', 'two', 'three');
		doc.getArray(`${ALICE}:${doc.clientID}`).delete(3, 1);
		const bytes = Y.encodeStateAsUpdate(doc);
		const again = new Y.Doc();
		Y.applyUpdate(again, writeUpdate(readUpdate(bytes)));
		expect(textsOf(again)).toEqual(['one', 'three']);
		expect(writeUpdate(readUpdate(bytes))).toEqual(bytes);
	});

	test('meets any bytes with an answer or a MalformedUpdate', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
				try {
					readUpdate(bytes);
				} catch (error) {
					expect(error).toBeInstanceOf(MalformedUpdate);
				}
			}),
			{ numRuns: 2_000 }
		);
	});
});

describe('honest traffic', () => {
	/** Devices of two users write, erase, go away and come back, in any order. */
	const steps = fc.array(
		fc.record({
			device: fc.nat(3),
			act: fc.constantFrom('say', 'say', 'set', 'erase', 'sync', 'lose', 'forward'),
			pick: fc.nat()
		}),
		{ maxLength: 80 }
	);

	test('is never refused, and all end with the same', () => {
		fc.assert(
			fc.property(steps, (script) => {
				const { room } = emptyRoom();
				const users = [ALICE, ALICE, BOB, BOB];
				const docs = users.map(() => new Y.Doc());
				const receive = (from: number, bytes: Uint8Array, kind: FrameKind) => {
					const { verdict, update } = take(room, bytes, kind, users[from]!);
					expect(verdict.type).not.toBe('refuse');
					if (verdict.type === 'gap') sync(from);
					if (update) docs.forEach((doc, i) => i !== from && Y.applyUpdate(doc, update));
				};
				const sync = (device: number) => {
					const doc = docs[device]!;
					receive(device, Y.encodeStateAsUpdate(doc, room.encodedVector()), 'step2');
					Y.applyUpdate(doc, room.encode(Y.decodeStateVector(Y.encodeStateVector(doc))));
				};
				for (const { device, act, pick } of script) {
					const doc = docs[device]!;
					const logs = [...doc.share.keys()].filter((name) => name.startsWith(users[device]!));
					const log = logs[pick % Math.max(1, logs.length)];
					if (act === 'say') receive(device, say(doc, users[device]!, `${device}`), 'update');
					else if (act === 'lose') say(doc, users[device]!, `${device} unsent`);
					else if (act === 'set') setFact(doc, users[device]!, 'key', `${device} ${pick}`);
					else if (act === 'sync') sync(device);
					else if (act === 'forward') Y.applyUpdate(docs[device ^ 1]!, Y.encodeStateAsUpdate(doc));
					else if (log) {
						eraseOne(doc, log, pick);
						sync(device);
					}
				}
				for (const round of [1, 2]) docs.forEach((_, device) => round && sync(device));
				for (const doc of docs) expect(textsOf(doc)).toEqual(textsOf(docOf(room)));
			}),
			{ numRuns: 150 }
		);
	});
});

describe('hostile traffic', () => {
	test('changed bytes of honest frames never reach another log and leave nothing pending', () => {
		const alice = docSaying(ALICE, 'mine', 'too');
		fc.assert(
			fc.property(
				fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 6 }),
				fc.constantFrom<FrameKind>('step2', 'update'),
				(changes, kind) => {
					const { room, log } = emptyRoom();
					take(room, Y.encodeStateAsUpdate(alice), 'step2', ALICE);
					const bob = docSaying(BOB, 'one', 'two');
					Y.applyUpdate(bob, Y.encodeStateAsUpdate(alice));
					bob.getArray(`${BOB}:${bob.clientID}`).delete(1, 1);
					const frame = Y.encodeStateAsUpdate(bob);
					for (const [at, value] of changes) frame[at % frame.length] = value;
					take(room, frame, kind, BOB);
					const held = docOf(room);
					for (const name of held.share.keys()) {
						const texts = held.getArray(name).toArray();
						if (name.startsWith(ALICE)) expect(texts).toEqual(alice.getArray(name).toArray());
						else expect(name.startsWith(`${BOB}:`)).toBe(true);
					}
					expect(held.store.pendingStructs).toBeNull();
					expect(held.store.pendingDs).toBeNull();
					expect(log.lines).toEqual([]);
				}
			),
			{ numRuns: 1_000 }
		);
	});
});
