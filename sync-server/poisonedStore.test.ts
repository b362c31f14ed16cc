/**
 * Bytes in the store that no guard let in: a disk that lies, an older relay, a hand. The room loads and serves the rest;
 * what cannot be read is put aside, once, where people find it.
 */
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import * as Y from 'yjs';
import { ALICE, BOB, openProvider, ROOM, startRelay, whenHolds } from './relay.fixture';
import { docSaying, holdsTexts, say, textsOf } from './writing.fixture';
import {
	BODY,
	firstEntry,
	FORGED,
	header,
	laterEntry,
	OWN_ROOT,
	section,
	updateOf
} from './attacks/hostileUpdates.fixture';
import { memoryRoomStore } from './memoryRoomStore';
import { sqliteRoomStore } from './sqliteRoomStore';
import { startTalk } from './attacks/bystanders.fixture';
import type { RoomStore } from './roomStore';

const STORES: [string, () => RoomStore][] = [
	['memoryRoomStore', memoryRoomStore],
	[
		'sqliteRoomStore',
		() => {
			const database = new Database(':memory:');
			onTestFinished(() => void database.close());
			return sqliteRoomStore(database, () => 0);
		}
	]
];

const pile = Array.from({ length: 2_000 }, () => ({
	origin: { client: 5, clock: 0 },
	bytes: new Uint8Array([0x80])
}));
const POISON: [string, Uint8Array][] = [
	['nothing at all', new Uint8Array()],
	['garbage', new Uint8Array([1, 200, 7, 7, 7])],
	['33 million structs in 8 bytes', new Uint8Array([1, 192, 137, 222, 15, 77, 0])],
	[
		'an item whose origin lies in the future',
		updateOf([
			section(FORGED, [
				{ root: OWN_ROOT, bytes: header(0) },
				{ origin: { client: FORGED, clock: 9_000 }, bytes: BODY }
			])
		])
	],
	[
		"an item whose origin lies in another log's future",
		updateOf([section(FORGED, [{ origin: { client: 5, clock: 9_000 }, bytes: header(0) }])])
	],
	['a struct that leaves itself pending', updateOf([laterEntry(FORGED, 7)])],
	['a delete that leaves itself pending', updateOf([], [{ client: FORGED, clock: 7, length: 3 }])],
	['two clients with the same origin', updateOf([section(FORGED, pile), section(FORGED + 1, pile)])],
	['half an entry', updateOf([section(FORGED, [{ root: OWN_ROOT, bytes: header(0) }])])],
	['a root that is no log', updateOf([firstEntry('messages')])],
	['a GC struct', new Uint8Array([1, 1, FORGED, 0, 0, 2, 0])],
	['other types', Y.encodeStateAsUpdate(docOf((doc) => doc.getText('text').insert(0, 'text')))],
	['V2 encoding', Y.encodeStateAsUpdateV2(docSaying(BOB, 'in the other encoding'))]
];

function docOf(write: (doc: Y.Doc) => void): Y.Doc {
	const doc = new Y.Doc();
	write(doc);
	return doc;
}

const errorsOf = ({ lines }: { lines: readonly { level: string; message: string }[] }) =>
	lines.filter(({ level }) => level === 'error').map(({ message }) => message);
const updatesOf = (...updates: Uint8Array[]) => updates.map((update) => ({ room: ROOM, update }));

describe.each(STORES)('%s', (_, openStore) => {
	test.each(POISON)('the room loads without %s, which is put aside for good', async (_name, poison) => {
		const store = openStore();
		const before = docSaying(ALICE, 'before');
		const first = Y.encodeStateAsUpdate(before);
		await store.append(updatesOf(first, poison, say(before, ALICE, 'behind')));

		const { url, log } = await startRelay({ store });
		const bob = openProvider(url, { session: `${BOB}-1` });
		await whenHolds(bob.doc, holdsTexts('before', 'behind'));
		expect(bob.doc.store.pendingStructs).toBeNull();
		await expect.poll(async () => (await store.asides(ROOM)).map(({ bytes }) => bytes)).toEqual([poison]);
		expect(errorsOf(log)).toContain('a stored update cannot be read');
		const talk = await startTalk(url);

		const again = await startRelay({ store });
		const reader = openProvider(again.url, { session: `${BOB}-1` });
		await whenHolds(reader.doc, holdsTexts('before', 'behind', ...talk.said));
		expect(errorsOf(again.log)).toEqual([]);
		expect(await store.asides(ROOM)).toHaveLength(1);
	});

	test('of an update that is cut short, the entries before the cut are kept', async () => {
		const store = openStore();
		const update = Y.encodeStateAsUpdate(docSaying(ALICE, 'one', 'two', 'three'));
		const cut = update.slice(0, -10);
		await store.append(updatesOf(cut));
		const { url } = await startRelay({ store });
		const bob = openProvider(url, { session: `${BOB}-1` });
		await whenHolds(bob.doc, holdsTexts('one', 'two'));
		await expect.poll(() => store.asides(ROOM)).toEqual([{ bytes: cut, reason: 'cut short' }]);
	});

	test('what is missing comes back with the device that has it', async () => {
		const store = openStore();
		const doc = docSaying(ALICE, 'one');
		await store.append(updatesOf(new Uint8Array([9]), say(doc, ALICE, 'two'), say(doc, ALICE, 'three')));
		const { url, log } = await startRelay({ store });
		const bob = openProvider(url, { session: `${BOB}-1` });
		await expect.poll(() => store.asides(ROOM)).toHaveLength(3);
		expect(textsOf(bob.doc)).toEqual([]);
		openProvider(url, { session: `${ALICE}-1`, doc });
		await whenHolds(bob.doc, holdsTexts('one', 'three', 'two'));
		expect(log.lines.filter(({ level }) => level === 'warn')).toEqual([]);
	});

	test('the server goes on in a new log, where devices may hold more of the old one', async () => {
		const store = openStore();
		let now = 1_000_000;
		const { relay } = await startRelay({ store, now: () => now, timing: { idleMs: 4 } });
		const entry = { kind: 1, body: BODY };
		const [first] = await relay.append(ROOM, ALICE, [entry]);
		await store.append(updatesOf(new Uint8Array([9])));
		now += 1_000;
		await expect.poll(() => relay.stats().rooms).toBe(0);
		const [second] = await relay.append(ROOM, ALICE, [entry]);
		const logOf = (written: typeof first) => written!.id.split('.')[1];
		expect(logOf(second)).not.toBe(logOf(first));
	});
});

test('an operator finds it in the table room_asides, with the room, the reason and the time', async () => {
	const database = new Database(':memory:');
	onTestFinished(() => void database.close());
	const store = sqliteRoomStore(database, () => 1_700_000_000_000);
	await store.append(updatesOf(new Uint8Array([1, 200])));
	const { url } = await startRelay({ store });
	openProvider(url, { session: `${BOB}-1` });
	await expect
		.poll(() => database.prepare('SELECT room, hex(bytes) AS bytes, reason, at FROM room_asides').all())
		.toEqual([{ room: ROOM, bytes: '01C8', reason: 'count beyond the bytes', at: 1_700_000_000_000 }]);
});
