/** However a room's updates are rewritten, in whatever pieces, all of them say the same, and none what is erased. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { ALICE, ROOM } from './cast.fixture';
import { logName } from '../src/lib/domain/entry';
import { memoryRoomStore } from './memoryRoomStore';
import { readUpdate } from '../src/lib/protocol/updateReader';
import { RoomLogs } from './roomLogs';
import { RoomRewriting } from './roomRewriting';
import type { RoomStore } from './roomStore';

const CLIENTS = [1, 2, 3];

const deeds = fc.array(
	fc.record({
		client: fc.constantFrom(...CLIENTS),
		entries: fc.nat(3),
		at: fc.nat(40),
		erased: fc.nat(4),
		/** The room is rewritten behind it, in pieces of so many bytes. */
		pieceBytes: fc.option(fc.nat(800))
	}),
	{ maxLength: 30 }
);

async function rewrite(store: RoomStore, pieceBytes: number): Promise<void> {
	const rewriting = new RoomRewriting(store, ROOM, pieceBytes);
	while (await rewriting.look());
	for (let next = await rewriting.next(); next !== 'end'; next = await rewriting.next())
		if (next) await store.replace([next]);
}

test('a room says the same after it, to Yjs and to the relay, and holds nothing that is erased', async () => {
	await fc.assert(
		fc.asyncProperty(deeds, async (all) => {
			const store = memoryRoomStore();
			const whole = new Y.Doc();
			const logs = new RoomLogs();
			const docs = CLIENTS.map((client) => {
				const doc = new Y.Doc();
				doc.clientID = client;
				return doc;
			});
			let said: Uint8Array[] = [];
			for (const doc of docs) doc.on('update', (update: Uint8Array) => said.push(update));
			const gone: Uint8Array[] = [];
			let written = 0;
			for (const { client, entries, at, erased, pieceBytes } of all) {
				const doc = docs[client - 1]!;
				const log = doc.getArray<Uint8Array>(logName(ALICE, client));
				said = [];
				doc.transact(() => {
					for (let i = 0; i < entries; i++)
						log.push([new Uint8Array([0x80, i]), new TextEncoder().encode(`<body ${written++}>`)]);
					const from = at % Math.max(1, log.length);
					const length = Math.min(erased, log.length - from);
					gone.push(...log.slice(from, from + length).filter((item) => item.length > 2));
					log.delete(from, length);
				});
				for (const update of said) {
					await store.append([{ room: ROOM, update }]);
					Y.applyUpdate(whole, update);
					logs.apply(readUpdate(update));
				}
				if (pieceBytes === null) continue;
				await rewrite(store, pieceBytes);
				const { updates } = await store.load(ROOM);
				const stored = new Y.Doc();
				const storedLogs = new RoomLogs();
				for (const update of updates) {
					Y.applyUpdate(stored, update);
					storedLogs.apply(readUpdate(update));
					for (const body of gone) expect(Buffer.from(update).includes(Buffer.from(body))).toBe(false);
				}
				expect(stored.store.pendingStructs).toBeNull();
				expect(Y.encodeStateAsUpdate(stored)).toEqual(Y.encodeStateAsUpdate(whole));
				expect(storedLogs.encode()).toEqual(logs.encode());
			}
		}),
		{ numRuns: 200 }
	);
});

test('what was rewritten is not written again for nothing', async () => {
	const store = memoryRoomStore();
	const doc = new Y.Doc();
	const log = doc.getArray<Uint8Array>(logName(ALICE, doc.clientID));
	const said: Uint8Array[] = [];
	doc.on('update', (update: Uint8Array) => said.push(update));
	for (let i = 0; i < 40; i++) log.push([new Uint8Array([0x80, i]), new Uint8Array(300).fill(i)]);
	log.delete(11, 1);
	for (const update of said) await store.append([{ room: ROOM, update }]);
	await rewrite(store, 1_000);
	const rewriting = new RoomRewriting(store, ROOM, 1_000);
	while (await rewriting.look());
	for (;;) {
		const next = await rewriting.next();
		if (next === 'end') break;
		expect(next).toBeUndefined();
	}
});

test('a room that is written in all the time is looked at to where it ended, and what comes later stays', async () => {
	const store = memoryRoomStore();
	const doc = new Y.Doc();
	const log = doc.getArray<Uint8Array>(logName(ALICE, doc.clientID));
	const said: Uint8Array[] = [];
	doc.on('update', (update: Uint8Array) => said.push(update));
	const say = async () => {
		log.push([new Uint8Array([0x80, 1]), new Uint8Array(300)]);
		await store.append([{ room: ROOM, update: said.at(-1)! }]);
	};
	for (let i = 0; i < 10; i++) await say();
	const rewriting = new RoomRewriting(store, ROOM, 1_000);
	let looks = 0;
	while ((await rewriting.look()) && ++looks < 100) await say();
	expect(looks).toBeLessThanOrEqual(10);
	for (let next = await rewriting.next(); next !== 'end'; next = await rewriting.next())
		if (next) await store.replace([next]);
	const whole = new Y.Doc();
	for (const update of (await store.load(ROOM)).updates) Y.applyUpdate(whole, update);
	expect(whole.getArray(logName(ALICE, doc.clientID)).length).toBe(log.length);
});
