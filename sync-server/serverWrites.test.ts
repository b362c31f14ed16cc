import { expect, test } from 'vitest';
import * as Y from 'yjs';
import {
	ALICE,
	BOB,
	CONVERSATION,
	NOW,
	openProvider,
	ROOM,
	startRelay,
	whenHolds,
	whenSynced
} from './relay.fixture';
import { appendEntries } from '../src/lib/conversation/log';
import { compareStamps } from '../src/lib/domain/stamp';
import { decodeMessageBody, encodeMessageBody } from '../src/lib/domain/bodies';
import { docSaying, holdsTexts, say } from './writing.fixture';
import { formatEntryId, KIND, type Entry } from '../src/lib/domain/entry';
import { readFacts } from '../src/lib/conversation/factDocument';
import { SYSTEM_USER } from '../src/lib/domain/ids';

const message = (text: string) => ({ kind: KIND.message, body: encodeMessageBody({ text }) });
const INFO = `info/${CONVERSATION}`;

test('a message of the server reaches devices live, and is among the durable entries', async () => {
	const { url, relay } = await startRelay();
	const bob = openProvider(url, { session: `${BOB}-1` });
	await whenSynced(bob);
	const written = await relay.append(ROOM, ALICE, [message('by REST'), message('and more')]);
	await whenHolds(bob.doc, holdsTexts('and more', 'by REST'));
	const entries = await relay.entries(ROOM);
	expect(entries.map((entry) => ({ id: formatEntryId(entry), stamp: entry.stamp }))).toEqual(written);
	expect(entries.map(({ author }) => author)).toEqual([ALICE, ALICE]);
});

test('all entries of a room that is stuffed are read a little at a time, and are those of whichever part they lie in', async () => {
	const { relay, store } = await startRelay();
	const [entries, logs] = [12_000, 1_000];
	const large = new Y.Doc();
	const stamp = { ms: NOW, counter: 0 };
	const stuffed = Array.from({ length: entries }, (_, i) => ({ ...message(`${i}`), stamp }));
	appendEntries(large, ALICE, stuffed);
	large.getArray(`${ALICE}:${large.clientID}`).delete(1, 1);
	const small = Array.from({ length: logs }, (_, i) => Y.encodeStateAsUpdate(docSaying(BOB, `log ${i}`)));
	await store.append([Y.encodeStateAsUpdate(large), ...small].map((update) => ({ room: ROOM, update })));
	await relay.segment(ROOM);
	let [turns, isOver] = [0, false];
	const count = () => {
		turns += 1;
		if (!isOver) setImmediate(count);
	};
	setImmediate(count);
	const read = await relay.entries(ROOM);
	isOver = true;
	const textOf = ({ body }: Entry) => body && decodeMessageBody(body)?.text;
	expect(read.filter(({ author }) => author === ALICE).map(textOf)).toEqual([
		undefined,
		...stuffed.slice(1).map((_, i) => `${i + 1}`)
	]);
	expect(read.filter(({ author }) => author === BOB).map(textOf)).toEqual(small.map((_, i) => `log ${i}`));
	expect(turns).toBeGreaterThanOrEqual((2 * (entries + logs)) / 5_000);
});

test('the server writes on in a room that is larger than what may rest in memory', async () => {
	const { relay } = await startRelay({ limits: { restingBytesMax: 20_000 } });
	for (let n = 0; n < 10; n++) await relay.append(ROOM, ALICE, [message(`${n}`.padEnd(3_000, '.'))]);
	expect(await relay.entries(ROOM)).toHaveLength(10);
});

test('one user writes in one log of a room, another in another', async () => {
	const { relay } = await startRelay();
	const clientOf = async (author: string) =>
		(await relay.append(ROOM, author, [message('x')]))[0]!.id.split('.')[1];
	const [first, again, other] = [await clientOf(ALICE), await clientOf(ALICE), await clientOf(BOB)];
	expect(again).toBe(first);
	expect(other).not.toBe(first);
});

test('a repeated key gives the first entry and writes nothing, two at once included, and after a restart', async () => {
	const { relay, store } = await startRelay();
	const once = () => relay.append(ROOM, ALICE, [message('once')], { key: 'k' });
	const [[first], second] = await Promise.all([once(), once()]);
	const repeated = [{ id: first!.id, stamp: undefined }];
	expect(second).toEqual(repeated);
	expect(await once()).toEqual(repeated);
	expect((await relay.append(ROOM, BOB, [message('mine')], { key: 'k' }))[0]!.id).not.toBe(first!.id);
	const { relay: restarted } = await startRelay({ store });
	expect(await restarted.append(ROOM, ALICE, [message('once')], { key: 'k' })).toEqual(repeated);
	expect(await restarted.entries(ROOM)).toHaveLength(2);
});

test('what was written under a key is known, in any segment, while it is under way and after a restart', async () => {
	const { relay, store } = await startRelay();
	const known = (author = ALICE, room = ROOM) => relay.writtenUnder(room, author, 'k');
	expect(await known()).toBeUndefined();
	const writing = relay.append(ROOM, ALICE, [message('once')], { key: 'k' });
	const underWay = await known();
	const [written] = await writing;
	expect([underWay, await known(), await known(BOB)]).toEqual([written!.id, written!.id, undefined]);
	expect(await known(ALICE, ROOM.replace(/\d+$/, '7'))).toBe(written!.id);
	const { relay: restarted } = await startRelay({ store });
	expect(await restarted.writtenUnder(ROOM, ALICE, 'k')).toBe(written!.id);
});

test('what the server writes sorts after what is in the room', async () => {
	const { url, relay, store } = await startRelay();
	const alice = openProvider(url, { session: `${ALICE}-1` });
	await whenSynced(alice);
	const ahead = { ms: NOW + 60_000, counter: 3 };
	const bob = openProvider(url, { session: `${BOB}-1` });
	appendEntries(alice.doc, ALICE, [{ ...message('ahead'), stamp: ahead }]);
	await whenHolds(bob.doc, holdsTexts('ahead'));
	await relay.append(ROOM, SYSTEM_USER, [message('behind')]);
	const restarted = (await startRelay({ store })).relay;
	await restarted.append(ROOM, SYSTEM_USER, [message('still behind')]);
	const stamps = (await restarted.entries(ROOM))
		.filter(({ author }) => author === SYSTEM_USER)
		.map(({ stamp }) => stamp);
	expect(stamps).toHaveLength(2);
	for (const stamp of stamps) expect(compareStamps(stamp, ahead)).toBeGreaterThan(0);
});

test('a projection makes these facts hold and no others, writes only what differs, and reaches readers live', async () => {
	const { url, relay, store } = await startRelay();
	const bob = openProvider(url, { session: `${BOB}-1`, room: INFO });
	await relay.project(
		INFO,
		new Map<string, string | number>([
			['name', 'Garden'],
			['live', 0]
		])
	);
	await relay.project(
		INFO,
		new Map<string, string | number>([
			['name', 'Garden'],
			['live', 0]
		])
	);
	await relay.project(INFO, new Map([['name', 'Allotment']]));
	await whenHolds(bob.doc, (doc) => readFacts(doc).get('name')?.value === 'Allotment');
	expect(readFacts(bob.doc).get('live')?.value).toBeNull();
	expect((await store.load(INFO)).updates).toHaveLength(2);
});

test('a reader of a projection sends nothing back that is refused', async () => {
	const { url, relay, log } = await startRelay();
	await relay.project(INFO, new Map([['name', 'Garden']]));
	const doc = new Y.Doc();
	const bob = openProvider(url, { session: `${BOB}-1`, room: INFO, doc });
	await whenHolds(doc, (held) => readFacts(held).get('name')?.value === 'Garden');
	bob.disconnect();
	await relay.project(INFO, new Map([['name', 'Allotment']]));
	bob.connect();
	await whenHolds(doc, (held) => readFacts(held).get('name')?.value === 'Allotment');
	expect(log.lines.filter(({ level }) => level !== 'info')).toEqual([]);
});

test('a room that cannot be, or a body that is too large, is an error for the caller', async () => {
	const { relay } = await startRelay();
	await expect(relay.append('c/nonsense/0', ALICE, [message('x')])).rejects.toThrow('is not a room');
	await expect(relay.append(ROOM, ALICE, [{ kind: 1, body: new Uint8Array(64_001) }])).rejects.toThrow(
		RangeError
	);
	expect(await relay.append(ROOM, ALICE, [])).toEqual([]);
});

test("a user's devices may go on reading and erasing what the server wrote for them", async () => {
	const { url, relay } = await startRelay();
	await relay.append(ROOM, ALICE, [message('by REST')]);
	const alice = openProvider(url, { session: `${ALICE}-1` });
	const bob = openProvider(url, { session: `${BOB}-1` });
	await Promise.all([alice, bob].map(({ doc }) => whenHolds(doc, holdsTexts('by REST'))));
	const [name] = [...alice.doc.share.keys()];
	alice.doc.getArray(name).delete(1, 1);
	await whenHolds(bob.doc, holdsTexts());
	say(bob.doc, BOB, 'gone?');
	await whenHolds(alice.doc, holdsTexts('gone?'));
});

test('one entry is found by its id, and nothing by another', async () => {
	const { relay } = await startRelay();
	const [first] = await relay.append(ROOM, ALICE, [message('found')]);
	const [, client] = first!.id.split('.');
	expect(await relay.entry(ROOM, first!.id)).toEqual((await relay.entries(ROOM))[0]);
	for (const id of [`0.${client}.1`, '0.77.0', `1.${client}.0`, 'nonsense'])
		expect(await relay.entry(ROOM, id)).toBeUndefined();
});
