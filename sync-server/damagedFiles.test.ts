/** Files that a disk or a power cut has damaged: what can be read is served, and what was acked before stays. */
import {
	copyFileSync,
	existsSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	statSync,
	truncateSync,
	writeFileSync
} from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import * as Y from 'yjs';
import { ALICE, BOB, openProvider, ROOM, startRelay, whenHolds, whenSynced } from './relay.fixture';
import { CLOSE } from '../src/lib/protocol/closeCodes';
import { docSaying, holdsTexts, say, textsOf } from './writing.fixture';
import { RawClient } from './rawClient.fixture';
import { sqliteRoomStore } from './sqliteRoomStore';

const alice = { session: `${ALICE}-1`, query: 'ack=1' };
const FRAME_HEADER_BYTES = 24;

/** The files of a relay that was cut off in the middle, and copies of them to be damaged. */
function setUp() {
	const folder = mkdtempSync(join(tmpdir(), 'skein-damaged-'));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	const open = (file: string) => {
		const database = new Database(file);
		onTestFinished(() => void database.close());
		return { database, store: sqliteRoomStore(database, Date.now) };
	};
	const file = join(folder, 'skein.db');
	const cutOff = (): string => {
		const copy = join(mkdtempSync(join(folder, 'cut-')), 'skein.db');
		for (const end of ['', '-wal']) if (existsSync(file + end)) copyFileSync(file + end, copy + end);
		return copy;
	};
	return { file, open, cutOff };
}

/** A relay on a file in which Alice has said so many messages, each in a commit of its own. */
async function withMessages(count: number) {
	const files = setUp();
	const { database, store } = files.open(files.file);
	const relay = await startRelay({ store });
	const client = new RawClient(relay.url, alice);
	const doc = new Y.Doc();
	const wals: number[] = [];
	for (let i = 0; i < count; i++) {
		client.sendUpdate(say(doc, ALICE, `message ${i}`));
		await client.hears('ack', ({ vector }) => vector.get(doc.clientID) === 2 * (i + 1));
		wals.push(statSync(`${files.file}-wal`).size);
	}
	const pageBytes = Number(database.pragma('page_size', { simple: true }));
	return { ...files, ...relay, database, doc, wals, frameBytes: pageBytes + FRAME_HEADER_BYTES };
}

const texts = (count: number) => Array.from({ length: count }, (_, i) => `message ${i}`);

test('a write that was torn in the log behind what was acked takes nothing of that away', async () => {
	const { cutOff, open, doc, frameBytes } = await withMessages(5);
	const torn = Buffer.alloc(2.5 * frameBytes, 0xa5);
	for (const end of [torn, torn.subarray(0, 7), Buffer.alloc(frameBytes)]) {
		const copy = cutOff();
		const wal = `${copy}-wal`;
		writeFileSync(wal, Buffer.concat([readFileSync(wal), end]));
		const relay = await startRelay({ store: open(copy).store });
		const reader = openProvider(relay.url, { session: `${BOB}-1` });
		await whenHolds(reader.doc, holdsTexts(...texts(5)));
		const first = await new RawClient(relay.url, alice).hears('ack');
		expect(first.vector.get(doc.clientID)).toBe(10);
	}
});

test('if the disk loses the end of the log, the relay starts with the commits before, and devices bring the rest', async () => {
	const { cutOff, open, doc, wals, frameBytes } = await withMessages(5);
	const damages: ((wal: string) => void)[] = [
		(wal) => truncateSync(wal, wals[2]! + frameBytes / 2),
		(wal) => {
			const bytes = readFileSync(wal);
			bytes.fill(0xa5, wals[2]! + FRAME_HEADER_BYTES, wals[2]! + FRAME_HEADER_BYTES + 50);
			writeFileSync(wal, bytes);
		}
	];
	for (const damage of damages) {
		const copy = cutOff();
		damage(`${copy}-wal`);
		const relay = await startRelay({ store: open(copy).store });
		const bob = openProvider(relay.url, { session: `${BOB}-1` });
		await whenSynced(bob);
		expect(textsOf(bob.doc)).toEqual(texts(3));
		const device = new RawClient(relay.url, alice);
		// The first vector says what is there: the device knows again what is not sent.
		const first = await device.hears('ack', ({ full }) => full);
		expect(first.vector.get(doc.clientID)).toBe(6);
		device.sendStep2(Y.encodeStateAsUpdate(doc));
		await device.hears('ack', ({ vector }) => vector.get(doc.clientID) === 10);
		await whenHolds(bob.doc, holdsTexts(...texts(5)));
	}
});

/** A database of two rooms of many pages each, and the pages that only one of them has. */
async function twoRooms() {
	const { file, open } = setUp();
	const { database, store } = open(file);
	const home = `home/${ALICE}`;
	const [inRoom, atHome] = [new Y.Doc(), new Y.Doc()];
	const long = 'x'.repeat(15_000);
	await store.append(
		Array.from({ length: 20 }, (_, i) => ({ room: ROOM, update: say(inRoom, ALICE, `${i} ${long}`) }))
	);
	await store.append(
		Array.from({ length: 20 }, (_, i) => ({ room: home, update: say(atHome, ALICE, `${i} ${long}`) }))
	);
	database.pragma('wal_checkpoint(TRUNCATE)');
	database.close();
	return { file, open, home };
}

test('damage in the pages of one room closes that room, with one error in the log, and leaves the others served', async () => {
	const { file, open, home } = await twoRooms();
	const bytes = readFileSync(file);
	// The overflow pages of one long value in the first room: their chain leads nowhere.
	const PAGE = 4096;
	const at = bytes.indexOf(`5 ${'x'.repeat(100)}`);
	const next = (Math.floor(at / PAGE) + 1) * PAGE;
	bytes.fill(0xff, next, next + PAGE);
	writeFileSync(file, bytes);

	const { url, log, relay } = await startRelay({ store: open(file).store });
	const reader = openProvider(url, { session: `${ALICE}-1`, room: home });
	await whenHolds(reader.doc, (doc) => textsOf(doc).length === 20);
	for (let i = 0; i < 3; i++) expect((await new RawClient(url, alice).closed).code).toBe(CLOSE.unavailable);
	const errors = log.lines.filter(({ level }) => level === 'error');
	expect(errors.map(({ message, room }) => [message, room])).toEqual([['a room cannot be read', ROOM]]);
	expect(relay.health()).toEqual({ status: 'degraded', reason: '1 room cannot be read' });
	const writer = new RawClient(url, { ...alice, room: home });
	const note = docSaying(ALICE, 'goes on');
	writer.sendStep2(Y.encodeStateAsUpdate(note));
	await writer.hears('ack', ({ vector }) => vector.get(note.clientID) === 2);
});

test('bytes that were flipped in a stored update cost at most what they touch, and never the room', async () => {
	const { file, open } = await twoRooms();
	const bytes = readFileSync(file);
	const at = bytes.indexOf(`5 ${'x'.repeat(100)}`);
	bytes.fill(0, at - 40, at - 4);
	writeFileSync(file, bytes);
	const { url, log } = await startRelay({ store: open(file).store });
	const reader = openProvider(url, { session: `${BOB}-1` });
	await whenSynced(reader);
	expect(textsOf(reader.doc).length).toBeGreaterThanOrEqual(5);
	expect(log.lines.filter(({ level }) => level === 'error').length).toBeGreaterThan(0);
});
