import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import * as Y from 'yjs';
import { ALICE, BOB, openProvider, ROOM, startRelay, whenHolds, whenSynced } from './relay.fixture';
import { compactUpdates, ErasedItems } from './compaction';
import { readUpdate } from '../src/lib/protocol/updateReader';
import { ControlledStore } from './controlledStore.fixture';
import { docSaying, eraseOne, holdsTexts, say, setFact, textsOf } from './writing.fixture';
import { ManualTimers } from './manualTimers.fixture';
import { memoryRoomStore } from './memoryRoomStore';
import { RawClient } from './rawClient.fixture';
import { readFacts } from '../src/lib/conversation/factDocument';
import { sqliteRoomStore } from './sqliteRoomStore';

const SECRET = 'the key is under the third flower pot';
const ERASE_WITHIN_MS = 3_000;
const SUPERSEDE_WITHIN_MS = 60_000;
const HOME = `home/${ALICE}`;
const alice = { session: `${ALICE}-1`, query: 'ack=1' };

const docOf = (updates: readonly Uint8Array[]): Y.Doc => {
	const doc = new Y.Doc();
	for (const update of updates) Y.applyUpdate(doc, update);
	return doc;
};
const logOf = (doc: Y.Doc) => `${ALICE}:${doc.clientID}`;

/** A relay on a file, and where in its files a text stands. */
async function onDisk() {
	const folder = mkdtempSync(join(tmpdir(), 'skein-compaction-'));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	const file = join(folder, 'skein.db');
	const open = () => {
		const database = new Database(file);
		onTestFinished(() => void database.close());
		return sqliteRoomStore(database, Date.now);
	};
	const holding = (text: string) =>
		['', '-wal', '-shm'].filter((end) => existsSync(file + end) && readFileSync(file + end).includes(text));
	return { open, holding };
}

describe('erased text', () => {
	test('is gone from every file of the database soon, and what stands stays', async () => {
		const { open, holding } = await onDisk();
		const timers = new ManualTimers();
		const { url, store } = await startRelay({ store: open(), timers });
		const client = new RawClient(url, alice);
		const doc = new Y.Doc();
		for (const text of ['before', SECRET, 'after']) client.sendUpdate(say(doc, ALICE, text));
		await client.hears('ack', ({ vector }) => vector.get(doc.clientID) === 6);
		expect(holding(SECRET)).not.toEqual([]);
		const bob = openProvider(url, { session: `${BOB}-1` });
		await whenHolds(bob.doc, holdsTexts('after', 'before', SECRET));
		doc.once('update', (update: Uint8Array) => client.sendUpdate(update));
		eraseOne(doc, logOf(doc), 1);
		await whenHolds(bob.doc, holdsTexts('after', 'before'));
		timers.advance(ERASE_WITHIN_MS);
		await expect.poll(() => holding(SECRET)).toEqual([]);
		expect(holding('before')).not.toEqual([]);
		expect(await store.erased()).toEqual([]);
		expect(textsOf(docOf((await store.load(ROOM)).updates))).toEqual(['after', 'before']);
	});

	test('is gone after the next start, if the relay was killed in between', async () => {
		const { open, holding } = await onDisk();
		const first = await startRelay({ store: open(), timers: new ManualTimers() });
		const client = new RawClient(first.url, alice);
		const doc = new Y.Doc();
		client.sendUpdate(say(doc, ALICE, SECRET));
		await client.hears('ack', ({ vector }) => vector.get(doc.clientID) === 2);
		eraseOne(doc, logOf(doc));
		client.sendUpdate(Y.encodeStateAsUpdate(doc));
		await expect.poll(() => first.store.erased()).toEqual([ROOM]);
		expect(holding(SECRET)).not.toEqual([]);
		await startRelay({ store: open(), timers: new ManualTimers() });
		await expect.poll(() => holding(SECRET)).toEqual([]);
	});

	test('is gone once a relay that stops has stopped', async () => {
		const { open, holding } = await onDisk();
		const { url, relay } = await startRelay({ store: open(), timers: new ManualTimers() });
		const client = new RawClient(url, alice);
		const doc = new Y.Doc();
		client.sendUpdate(say(doc, ALICE, SECRET));
		eraseOne(doc, logOf(doc));
		client.sendUpdate(Y.encodeStateAsUpdate(doc));
		await client.answered();
		await relay.close();
		expect(holding(SECRET)).toEqual([]);
	});

	test('stays erased for a device that comes back with the old state', async () => {
		const store = memoryRoomStore();
		const timers = new ManualTimers();
		const { url } = await startRelay({ store, timers });
		const old = docSaying(ALICE, SECRET, 'fine');
		const phone = openProvider(url, { session: `${ALICE}-phone`, doc: old });
		const laptop = openProvider(url, { session: `${ALICE}-laptop` });
		await whenHolds(laptop.doc, holdsTexts('fine', SECRET));
		phone.disconnect();
		eraseOne(laptop.doc, logOf(old));
		await expect.poll(() => store.erased()).toEqual([ROOM]);
		timers.advance(ERASE_WITHIN_MS);
		await expect.poll(async () => (await store.load(ROOM)).updates.length).toBe(1);
		const later = await startRelay({ store });
		const back = openProvider(later.url, { session: `${ALICE}-phone`, doc: old });
		await whenHolds(old, holdsTexts('fine'));
		await whenSynced(back);
		const bob = openProvider(later.url, { session: `${BOB}-1` });
		await whenHolds(bob.doc, holdsTexts('fine'));
	});
});

describe('a room is rewritten as one update', () => {
	test('when it has many, and what is committed meanwhile stays behind it', async () => {
		const store = new ControlledStore();
		const { url } = await startRelay({ store, limits: { updatesMax: 10 } });
		const client = new RawClient(url, alice);
		await client.hears('ack');
		const doc = new Y.Doc();
		for (let i = 1; i <= 25; i++) {
			client.sendUpdate(say(doc, ALICE, `m${i}`));
			await client.hears('ack', ({ vector }) => vector.get(doc.clientID) === 2 * i);
		}
		await expect.poll(() => store.replaced.length).toBe(2);
		const { updates } = await store.load(ROOM);
		expect(updates.length).toBeLessThan(15);
		expect(textsOf(docOf(updates))).toEqual(textsOf(doc));
	});

	test('when it is read from many', async () => {
		const store = new ControlledStore();
		const doc = new Y.Doc();
		for (let i = 0; i < 20; i++) await store.append([{ room: ROOM, update: say(doc, ALICE, `m${i}`) }]);
		const { relay } = await startRelay({ store, limits: { updatesMax: 10 } });
		const replaced = store.nextReplace();
		expect(await relay.entries(ROOM)).toHaveLength(20);
		await replaced;
		expect((await store.load(ROOM)).updates).toHaveLength(1);
		expect(await relay.entries(ROOM)).toHaveLength(20);
	});

	test('a while after facts in it were superseded, though who wrote them is still there', async () => {
		const timers = new ManualTimers();
		const store = new ControlledStore();
		const { url } = await startRelay({ store, timers });
		const client = new RawClient(url, { ...alice, room: HOME });
		await client.hears('ack');
		const doc = new Y.Doc();
		doc.on('update', (update: Uint8Array) => client.sendUpdate(update));
		for (let i = 0; i < 50; i++) setFact(doc, ALICE, 'draft', `${i} ${SECRET}`);
		await client.hears('ack', ({ vector }) => vector.get(doc.clientID) === 100);
		timers.advance(ERASE_WITHIN_MS);
		await client.answered();
		// It is often, and each time costs a room: not in haste.
		expect(store.replaced).toEqual([]);
		const replaced = store.nextReplace();
		timers.advance(SUPERSEDE_WITHIN_MS);
		// Committed together they are one update too, with all that was superseded.
		await replaced;
		const { updates } = await store.load(HOME);
		expect(updates).toHaveLength(1);
		expect(readFacts(docOf(updates)).get('draft')?.value).toBe(`49 ${SECRET}`);
		expect(updates[0]!.length).toBeLessThan(200);
		expect(store.scrubs).toBeGreaterThan(0);
	});

	test('of a relay that stops, if facts in it were superseded', async () => {
		const { open, holding } = await onDisk();
		const { url, relay } = await startRelay({ store: open(), timers: new ManualTimers() });
		const client = new RawClient(url, { ...alice, room: HOME });
		await client.hears('ack');
		const doc = new Y.Doc();
		doc.on('update', (update: Uint8Array) => client.sendUpdate(update));
		setFact(doc, ALICE, 'draft', SECRET);
		await client.hears('ack', ({ vector }) => vector.get(doc.clientID) === 2);
		setFact(doc, ALICE, 'draft', 'sent');
		await client.hears('ack', ({ vector }) => vector.get(doc.clientID) === 4);
		expect(holding(SECRET)).not.toEqual([]);
		await relay.close();
		expect(holding(SECRET)).toEqual([]);
	});

	test('soon, when the server has all facts of somebody erased: nothing newer stands in their place', async () => {
		const timers = new ManualTimers();
		const store = new ControlledStore();
		const { url, relay } = await startRelay({ store, timers });
		const client = new RawClient(url, { ...alice, room: HOME });
		await client.hears('ack');
		const doc = new Y.Doc();
		doc.on('update', (update: Uint8Array) => client.sendUpdate(update));
		for (const [i, key] of ['draft', 'look', 'draft'].entries()) setFact(doc, ALICE, key, `${i} ${SECRET}`);
		await client.hears('ack', ({ vector }) => vector.get(doc.clientID) === 6);
		await relay.erase(HOME, { author: ALICE });
		timers.advance(ERASE_WITHIN_MS);
		const bytes = async () => Buffer.concat((await store.load(HOME)).updates);
		await expect.poll(async () => (await bytes()).includes(SECRET)).toBe(false);
		expect(store.scrubs).toBeGreaterThan(0);
	});

	test('soon, when the server’s own documents say something no more: it may be a name that is to be gone', async () => {
		const { open, holding } = await onDisk();
		const timers = new ManualTimers();
		const { relay } = await startRelay({ store: open(), timers });
		for (const room of [`info/${ROOM.split('/')[1]}`, `directory/${ALICE}`]) {
			await relay.project(room, new Map([[`person/${BOB}`, { username: SECRET }]]));
			expect(holding(SECRET)).not.toEqual([]);
			await relay.project(room, new Map());
			timers.advance(ERASE_WITHIN_MS);
			await expect.poll(() => holding(SECRET)).toEqual([]);
		}
	});

	test('and a failure of the disk only puts it off', async () => {
		const store = new ControlledStore();
		const timers = new ManualTimers();
		const { url, log } = await startRelay({ store, timers });
		const client = new RawClient(url, alice);
		const doc = docSaying(ALICE, SECRET, 'fine');
		client.sendUpdate(Y.encodeStateAsUpdate(doc));
		await client.hears('ack', ({ full }) => !full);
		store.replace = () => Promise.reject(new Error('disk full'));
		eraseOne(doc, logOf(doc));
		client.sendUpdate(Y.encodeStateAsUpdate(doc));
		await expect.poll(() => store.erased()).toEqual([ROOM]);
		timers.advance(ERASE_WITHIN_MS);
		await expect.poll(() => log.lines.some(({ level }) => level === 'error')).toBe(true);
		client.sendUpdate(say(doc, ALICE, 'still served'));
		await client.hears('ack', ({ vector }) => vector.get(doc.clientID) === 6);
	});
});

test('what is compacted says the same as before, to Yjs and to an old device alike', () => {
	const doc = docSaying(ALICE, 'one', SECRET, 'three');
	const before = Y.encodeStateAsUpdate(doc);
	const updates: Uint8Array[] = [before];
	doc.on('update', (update: Uint8Array) => updates.push(update));
	eraseOne(doc, logOf(doc), 1);
	say(doc, ALICE, 'four');
	const read = updates.map((update) => readUpdate(update));
	const erased = new ErasedItems();
	for (const update of read) erased.add(update);
	const compacted = compactUpdates(read, erased);
	expect(Buffer.from(compacted).includes(SECRET)).toBe(false);
	expect(Y.encodeStateVector(docOf([compacted]))).toEqual(Y.encodeStateVector(doc));
	const old = docOf([before]);
	Y.applyUpdate(old, compacted);
	expect(textsOf(old)).toEqual(['four', 'one', 'three']);
});
