/** A store that cannot store: nothing is acked or shown that is not on disk, what is on disk is served, all comes later. */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import * as Y from 'yjs';
import { ALICE, BOB, type keptLog, openProvider, ROOM, startRelay, whenHolds } from './relay.fixture';
import { CLOSE } from '../src/lib/protocol/closeCodes';
import { docSaying, eraseOne, holdsTexts, say, textsOf } from './writing.fixture';
import { ManualTimers } from './manualTimers.fixture';
import { memoryRoomStore } from './memoryRoomStore';
import { RawClient } from './rawClient.fixture';
import { sqliteRoomStore } from './sqliteRoomStore';
import type { RoomStore, StoredUpdate } from './roomStore';

const LONG = 'long '.repeat(4_000);
const alice = { session: `${ALICE}-1`, query: 'ack=1' };
const withCode = (code: string) => Object.assign(new Error(`the disk says ${code}`), { code });
const errors = ({ lines }: ReturnType<typeof keptLog>) =>
	lines.filter(({ level }) => level === 'error').map(({ message }) => message);

/** A store whose appends and probes, which append nothing, fail as `fails` says, and are counted. */
function failing(store: RoomStore, fails: (batch: readonly StoredUpdate[]) => Error | undefined) {
	const count = { appends: 0, probes: 0 };
	const probe = async () => {
		count.probes += 1;
		const error = fails([]);
		if (error) throw error;
		return store.probe();
	};
	const append = async (batch: readonly StoredUpdate[]) => {
		count.appends += 1;
		const error = fails(batch);
		if (error) throw error;
		return store.append(batch);
	};
	return { count, store: { ...store, append, probe } };
}

test('on a full disk the room serves what is durable; once there is space, all that was written comes', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'skein-full-'));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	const database = new Database(join(folder, 'skein.db'));
	onTestFinished(() => void database.close());
	const timers = new ManualTimers();
	const { store, count } = failing(sqliteRoomStore(database, Date.now), () => undefined);
	const { url, relay, log } = await startRelay({ store, timers });
	const writer = new RawClient(url, alice);
	const doc = docSaying(ALICE, 'kept');
	writer.sendStep2(Y.encodeStateAsUpdate(doc));
	const bob = openProvider(url, { session: `${BOB}-1` });
	await whenHolds(bob.doc, holdsTexts('kept'));

	const pages = Number(database.pragma('page_count', { simple: true }));
	database.pragma(`max_page_count = ${pages}`);
	const before = count.appends;
	writer.heard.length = 0;
	writer.sendUpdate(say(doc, ALICE, LONG));
	// The room is read again, and the writer asked for what is lost.
	await writer.hears('step1');
	expect(relay.health()).toEqual({ status: 'degraded', reason: 'the disk is full' });
	for (let i = 0; i < 20; i++) writer.sendStep2(Y.encodeStateAsUpdate(doc));
	await writer.answered();
	const carol = openProvider(url, { session: `${BOB}-2` });
	await whenHolds(carol.doc, holdsTexts('kept'));
	await expect(relay.append(ROOM, BOB, [{ kind: 1, body: new Uint8Array([0, 126]) }])).rejects.toThrow('now');
	expect(count.appends - before).toBe(1);
	const acked = writer.heard.map((message) =>
		message.type === 'ack' ? message.vector.get(doc.clientID) : 2
	);
	expect(new Set(acked)).toEqual(new Set([2]));
	expect(textsOf(bob.doc)).toEqual(['kept']);

	// The relay tries by itself, and asks nobody for what it could not store.
	writer.heard.length = 0;
	for (let i = 1; i <= 3; i++) {
		timers.advance(5_000);
		await writer.answered();
		writer.sendStep2(Y.encodeStateAsUpdate(doc));
		await writer.answered();
		expect(count).toEqual({ appends: before + 1, probes: i });
	}
	expect(writer.count('step1')).toBe(0);
	expect(errors(log)).toEqual(['a commit failed']);

	database.pragma(`max_page_count = ${pages + 100}`);
	timers.advance(5_000);
	await writer.hears('step1');
	writer.sendStep2(Y.encodeStateAsUpdate(doc));
	await writer.hears('ack', ({ vector }) => vector.get(doc.clientID) === 4);
	for (const reader of [bob, carol]) await whenHolds(reader.doc, holdsTexts('kept', LONG));
	expect(relay.health()).toEqual({ status: 'ok' });
	expect(errors(log)).toEqual(['a commit failed']);
});

test('stock providers that write through I/O errors converge after them, with nothing lost or doubled', async () => {
	let broken = false;
	const { store } = failing(memoryRoomStore(), () => (broken ? withCode('SQLITE_IOERR_WRITE') : undefined));
	const timing = { retryMs: { first: 1, max: 4 } };
	const { url, relay, log } = await startRelay({ store, timing });
	const [one, two] = [ALICE, BOB].map((user) => openProvider(url, { session: `${user}-1` }));
	const texts: string[] = [];
	for (let spell = 0; spell < 5; spell++) {
		broken = true;
		for (const [user, { doc }] of [[ALICE, one!] as const, [BOB, two!] as const]) {
			texts.push(`${user} in spell ${spell}`);
			say(doc, user, texts.at(-1)!);
		}
		await expect.poll(() => relay.health().reason).toBe('the disk has errors');
		broken = false;
		for (const { doc } of [one!, two!]) await whenHolds(doc, holdsTexts(...texts));
		expect(relay.health()).toEqual({ status: 'ok' });
	}
	expect(errors(log)).toEqual(Array(5).fill('a commit failed'));
	expect((await relay.entries(ROOM)).length).toBe(texts.length);
});

test('a room whose pages are damaged does not keep others from being stored', async () => {
	let isDamaged = false;
	const { store } = failing(memoryRoomStore(), (batch) =>
		isDamaged && batch.some(({ room }) => room === ROOM) ? withCode('SQLITE_CORRUPT_INDEX') : undefined
	);
	const { url, relay, log } = await startRelay({ store });
	const home = docSaying(ALICE, 'note');
	isDamaged = true;
	for (let i = 0; i < 2; i++) {
		const inRoom = new RawClient(url, alice);
		const atHome = new RawClient(url, { ...alice, room: `home/${ALICE}` });
		await Promise.all([inRoom.hears('ack'), atHome.hears('ack')]);
		inRoom.sendUpdate(say(new Y.Doc(), ALICE, 'for a damaged room'));
		atHome.sendUpdate(say(home, ALICE, 'on'));
		atHome.sendStep2(Y.encodeStateAsUpdate(home));
		await atHome.hears('ack', ({ full }) => !full);
		expect((await inRoom.closed).code).toBe(CLOSE.unavailable);
	}
	expect(relay.health().reason).toBe('1 room cannot be written');
	expect(errors(log)).toEqual(['a room cannot be written']);
	isDamaged = false;
	const again = openProvider(url, { session: `${ALICE}-1`, doc: docSaying(ALICE, 'repaired') });
	const bob = openProvider(url, { session: `${BOB}-1` });
	await whenHolds(bob.doc, holdsTexts('repaired'));
	expect(again.wsconnected).toBe(true);
	expect(relay.health()).toEqual({ status: 'ok' });
});

test('what cannot be rewritten for now is rewritten later, and that is said once', async () => {
	const store = memoryRoomStore();
	const timers = new ManualTimers();
	let isFull = true;
	let replaced = 0;
	const replace: RoomStore['replace'] = async (replacements, clean) => {
		replaced += 1;
		if (isFull) throw withCode('SQLITE_FULL');
		return store.replace(replacements, clean);
	};
	const { url, log } = await startRelay({ store: { ...store, replace }, timers });
	const client = new RawClient(url, alice);
	const doc = docSaying(ALICE, 'to be erased', 'kept');
	client.sendStep2(Y.encodeStateAsUpdate(doc));
	await client.hears('ack', ({ full }) => !full);
	client.heard.length = 0;
	doc.once('update', (update: Uint8Array) => client.sendUpdate(update));
	doc.transact(() => {
		eraseOne(doc, `${ALICE}:${doc.clientID}`);
		say(doc, ALICE, 'instead');
	});
	await client.hears('ack', ({ full }) => !full);
	for (let tries = 1; tries <= 3; tries++) {
		timers.advance(10_000);
		await expect.poll(() => replaced).toBe(tries);
		await expect.poll(() => errors(log)).toEqual(['rooms could not be rewritten; it is tried again']);
	}
	expect(await store.erased()).toEqual([ROOM]);
	isFull = false;
	timers.advance(10_000);
	await expect.poll(() => store.erased()).toEqual([]);
});
