/** What the server erases at a moderator's or a leaving user's word: gone with its reason, and gone for good. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import * as Y from 'yjs';
import { ALICE, BOB, NOW, openProvider, ROOM, startRelay, whenHolds, whenSynced } from './relay.fixture';
import { appendEntries } from '../src/lib/conversation/log';
import { docSaying, holdsTexts, say, setFact, textsOf, write } from './writing.fixture';
import { encodeEditBody, encodePinBody, encodeReactionBody } from '../src/lib/domain/annotationBodies';
import { encodeReceiptBody } from '../src/lib/domain/receiptBody';
import { encodeMessageBody, encodeSystemBody } from '../src/lib/domain/bodies';
import { foldTimeline } from '../src/lib/domain/timeline';
import { formatEntryId, KIND, type EntryId } from '../src/lib/domain/entry';
import { LogDocument } from '../src/lib/conversation/logDocument';
import { ManualTimers } from './manualTimers.fixture';
import { memoryRoomStore } from './memoryRoomStore';
import { sqliteRoomStore } from './sqliteRoomStore';
import { SYSTEM_USER } from '../src/lib/domain/ids';

const SECRET = 'the key is under the third flower pot';
const HOME = `home/${ALICE}`;

const idIn = (doc: Y.Doc, s: number): EntryId => formatEntryId({ segment: 0, client: doc.clientID, s });
const moderated = (target: EntryId) => ({
	kind: KIND.system,
	body: encodeSystemBody({ key: `moderated/${target}`, event: 'moderated', by: BOB, target })
});
const allErased = {
	kind: KIND.system,
	body: encodeSystemBody({ key: `erased/${ALICE}`, event: 'erased', who: [ALICE] })
};
const edit = (doc: Y.Doc, target: EntryId, text: string) =>
	write(doc, ALICE, { kind: KIND.edit, body: encodeEditBody({ target, text }) });
const entriesOf = (doc: Y.Doc) => new LogDocument(doc).entries();
const shown = (doc: Y.Doc) =>
	foldTimeline(entriesOf(doc)).map((item) =>
		item.type === 'message' ? (item.deleted ? `deleted by ${item.moderator}` : item.text) : item.event
	);

/** Alice and Bob, connected, and what Alice wrote. */
async function talking(...texts: string[]) {
	const { url, relay, store, log } = await startRelay();
	const alice = openProvider(url, { session: `${ALICE}-1`, doc: docSaying(ALICE, ...texts) });
	const bob = openProvider(url, { session: `${BOB}-1` });
	await whenHolds(bob.doc, holdsTexts(...texts));
	return { url, relay, store, log, alice, bob };
}

test('a message goes with its edits, everywhere, and in one update with the reason', async () => {
	const { relay, alice, bob } = await talking(SECRET, 'stays');
	const target = idIn(alice.doc, 0);
	edit(alice.doc, target, `${SECRET}, no, the second`);
	await whenHolds(bob.doc, (doc) => entriesOf(doc).length === 3);
	const seen: string[][] = [];
	bob.doc.on('update', () => seen.push(shown(bob.doc)));
	await relay.erase(ROOM, { author: ALICE, message: target }, moderated(target));
	await whenHolds(bob.doc, (doc) => entriesOf(doc).length === 4);
	expect(seen).toEqual([[`deleted by ${BOB}`, 'stays']]);
	await whenHolds(alice.doc, (doc) => entriesOf(doc).length === 4);
	for (const { doc } of [alice, bob]) {
		expect(shown(doc)).toEqual([`deleted by ${BOB}`, 'stays']);
		expect(Buffer.from(Y.encodeStateAsUpdate(doc)).includes(SECRET)).toBe(false);
	}
});

test('its author goes on writing in the same log', async () => {
	const { relay, alice, bob, log } = await talking(SECRET);
	await relay.erase(ROOM, { author: ALICE, message: idIn(alice.doc, 0) });
	await whenHolds(alice.doc, holdsTexts());
	say(alice.doc, ALICE, 'all right');
	await whenHolds(bob.doc, holdsTexts('all right'));
	expect(log.lines.filter(({ level }) => level !== 'info')).toEqual([]);
});

test('all that a user wrote goes, and nothing of others; what they pinned stays pinned', async () => {
	const { relay, alice, bob } = await talking('one', 'two');
	say(bob.doc, BOB, 'mine');
	const target = idIn(bob.doc, 0);
	write(alice.doc, ALICE, { kind: KIND.pin, body: encodePinBody({ target, on: true }) });
	write(alice.doc, ALICE, {
		kind: KIND.reaction,
		body: encodeReactionBody({ target, emoji: '👍', on: true })
	});
	write(alice.doc, ALICE, { kind: KIND.receipt, body: encodeReceiptBody({ vector: new Map([[1, 2]]) }) });
	await whenHolds(bob.doc, (doc) => entriesOf(doc).length === 6);
	await relay.erase(ROOM, { author: ALICE }, allErased);
	await whenHolds(bob.doc, (doc) => entriesOf(doc).some(({ author }) => author === SYSTEM_USER));
	const left = entriesOf(bob.doc).filter(({ author }) => author === ALICE);
	expect(left.map(({ kind, body }) => [kind, body !== undefined])).toEqual([
		[KIND.message, false],
		[KIND.message, false],
		[KIND.pin, true],
		[KIND.reaction, false]
	]);
	expect(foldTimeline(entriesOf(bob.doc))).toMatchObject([{ text: 'mine', pinned: true, reactions: [] }]);
});

test('home is erased whole, header and body', async () => {
	const { url, relay } = await startRelay();
	const home = new Y.Doc();
	setFact(home, ALICE, 'draft/x', SECRET);
	openProvider(url, { session: `${ALICE}-1`, room: HOME, doc: home });
	await expect.poll(() => relay.entries(HOME)).toHaveLength(1);
	await relay.erase(HOME, { author: ALICE });
	expect(await relay.entries(HOME)).toEqual([]);
	await whenHolds(home, (doc) => entriesOf(doc).length === 0);
});

test('the text is gone from every file of the database soon', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'skein-erasures-'));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	const file = join(folder, 'skein.db');
	const holding = () =>
		['', '-wal', '-shm'].filter((end) => existsSync(file + end) && readFileSync(file + end).includes(SECRET));
	const database = new Database(file);
	onTestFinished(() => void database.close());
	const timers = new ManualTimers();
	const { url, relay } = await startRelay({ store: sqliteRoomStore(database, Date.now), timers });
	const alice = openProvider(url, { session: `${ALICE}-1`, doc: docSaying(ALICE, SECRET, 'fine') });
	await whenSynced(alice);
	await expect.poll(() => relay.entries(ROOM)).toHaveLength(2);
	const target = idIn(alice.doc, 0);
	edit(alice.doc, target, `${SECRET}!`);
	await expect.poll(() => relay.entries(ROOM)).toHaveLength(3);
	expect(holding()).not.toEqual([]);
	await relay.erase(ROOM, { author: ALICE, message: target }, moderated(target));
	timers.advance(3_000);
	await expect.poll(holding).toEqual([]);
	expect(readFileSync(file).includes('fine')).toBe(true);
});

test('a device that comes back with the text does not bring it back, its author’s no more than another’s', async () => {
	const store = memoryRoomStore();
	const timers = new ManualTimers();
	const first = await startRelay({ store, timers });
	const old = docSaying(ALICE, SECRET, 'fine');
	const phone = openProvider(first.url, { session: `${ALICE}-1`, doc: old });
	const bob = openProvider(first.url, { session: `${BOB}-1` });
	await whenHolds(bob.doc, holdsTexts('fine', SECRET));
	phone.destroy();
	bob.destroy();
	const before = [Y.encodeStateAsUpdate(old), Y.encodeStateAsUpdate(bob.doc)] as const;
	const target = idIn(old, 0);
	await first.relay.erase(ROOM, { author: ALICE, message: target }, moderated(target));
	timers.advance(3_000);
	await expect.poll(async () => (await store.load(ROOM)).updates.length).toBe(1);
	const later = await startRelay({ store });
	for (const [user, update] of [
		[ALICE, before[0]],
		[BOB, before[1]]
	] as const) {
		const doc = new Y.Doc();
		Y.applyUpdate(doc, update);
		expect(textsOf(doc)).toContain(SECRET);
		const back = openProvider(later.url, { session: `${user}-back`, doc });
		await whenHolds(doc, (held) => shown(held).join() === `deleted by ${BOB},fine`);
		await whenSynced(back);
		expect(Buffer.from(Y.encodeStateAsUpdate(doc)).includes(SECRET)).toBe(false);
	}
	for (const update of (await store.load(ROOM)).updates)
		expect(Buffer.from(update).includes(SECRET)).toBe(false);
});

test('a late edit by its author does not bring the message back', async () => {
	const { url, relay, alice, bob } = await talking('gone soon', 'stays');
	const target = idIn(alice.doc, 0);
	alice.disconnect();
	edit(alice.doc, target, 'written while away');
	await relay.erase(ROOM, { author: ALICE, message: target }, moderated(target));
	alice.connect();
	await whenHolds(bob.doc, (doc) => entriesOf(doc).length === 4);
	await whenHolds(alice.doc, (doc) => entriesOf(doc).length === 4);
	const fresh = openProvider(url, { session: `${BOB}-2` });
	await whenHolds(fresh.doc, (doc) => entriesOf(doc).length === 4);
	for (const { doc } of [alice, bob, fresh]) expect(shown(doc)).toEqual([`deleted by ${BOB}`, 'stays']);
});

test('done again, it gives no second reason, and erases what has come since', async () => {
	const { relay, alice } = await talking('gone soon');
	const target = idIn(alice.doc, 0);
	const order = () => relay.erase(ROOM, { author: ALICE, message: target }, moderated(target));
	await Promise.all([order(), order()]);
	await whenHolds(alice.doc, (doc) => entriesOf(doc).length === 2);
	edit(alice.doc, target, SECRET);
	await expect.poll(() => relay.entries(ROOM)).toHaveLength(3);
	await order();
	expect((await relay.entries(ROOM)).filter(({ author }) => author === SYSTEM_USER)).toHaveLength(1);
	await whenHolds(alice.doc, (doc) => entriesOf(doc).every(({ author, body }) => author !== ALICE || !body));
});

test('gives the author back the space that their text took', async () => {
	const { relay, store } = await startRelay();
	const body = encodeMessageBody({ text: 'x'.repeat(10_000) });
	const [written] = await relay.append(ROOM, ALICE, [{ kind: KIND.message, body }]);
	const before = await store.shareOf(ALICE);
	expect(before).toBeGreaterThan(10_000);
	await relay.erase(ROOM, { author: ALICE, message: written!.id });
	expect(await store.shareOf(ALICE)).toBeLessThan(before - 9_000);
	expect(await relay.bytesOf(ALICE)).toBe(await store.shareOf(ALICE));
});

test('is known by the rooms that a user wrote in', async () => {
	const { relay } = await talking('hello');
	await relay.append(HOME, ALICE, [{ kind: KIND.set, body: new Uint8Array([0, 1]) }]);
	expect((await relay.writtenBy(ALICE)).sort()).toEqual([ROOM, HOME].sort());
	expect(await relay.writtenBy(BOB)).toEqual([]);
});

test('what is written at once with it is in the room or goes, never half of it', async () => {
	const { relay, alice, bob } = await talking('one');
	const all = Array.from({ length: 20 }, (_, i) => {
		say(alice.doc, ALICE, `more ${i}`);
		return i === 10 ? relay.erase(ROOM, { author: ALICE }, allErased) : undefined;
	});
	await Promise.all(all);
	await expect.poll(async () => (await relay.entries(ROOM)).length).toBe(22);
	await whenHolds(bob.doc, (doc) => entriesOf(doc).length === 22);
	await whenHolds(alice.doc, (doc) => entriesOf(doc).length === 22);
	const [reason] = (await relay.entries(ROOM)).filter(({ author }) => author === SYSTEM_USER);
	expect(reason).toBeDefined();
	expect(shown(alice.doc)).toEqual(shown(bob.doc));
});

test('its reason stands behind all that was in the room', async () => {
	const { relay, alice } = await talking('one');
	const ahead = { ms: NOW + 200_000, counter: 7 };
	appendEntries(alice.doc, ALICE, [{ kind: KIND.message, stamp: ahead, body: allErased.body }]);
	await expect.poll(() => relay.entries(ROOM)).toHaveLength(2);
	await relay.erase(ROOM, { author: ALICE }, allErased);
	await whenHolds(alice.doc, (doc) => entriesOf(doc).length === 3);
	expect(shown(alice.doc)).toEqual([]);
});
