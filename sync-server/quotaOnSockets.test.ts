import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { ALICE, BOB, openProvider, ROOM, whenHolds, whenSynced } from './relay.fixture';
import { CLOSE } from '../src/lib/protocol/closeCodes';
import { docSaying, eraseOne, holdsTexts, say } from './writing.fixture';
import { encodeMessageBody } from '../src/lib/domain/bodies';
import { KIND } from '../src/lib/domain/entry';
import { memoryRoomStore } from './memoryRoomStore';
import { RawClient } from './rawClient.fixture';
import { startLimited, startTimed } from './limited.fixture';
import { laterEntry, section, updateOf } from './attacks/hostileUpdates.fixture';

const TEXT = 'x'.repeat(5_000);
const entry = (text: string) => ({ kind: KIND.message, body: encodeMessageBody({ text }) });

describe("a user's share of the store", () => {
	/** Alice writes until she is refused. Gives the document of what she wrote until then. */
	async function fill(url: string, text = TEXT) {
		const doc = new Y.Doc();
		const alice = new RawClient(url, { session: `${ALICE}-1`, query: 'ack=1' });
		await alice.hears('ack');
		for (let s = 0; ; s++) {
			const saved = Y.encodeStateAsUpdate(doc);
			alice.sendUpdate(say(doc, ALICE, text));
			const acked = alice.hears('ack', ({ vector }) => vector.get(doc.clientID) === 2 * s + 2);
			const { code, reason } = (await Promise.race([acked.then(() => undefined), alice.closed])) ?? {};
			if (code !== undefined) {
				const kept = new Y.Doc();
				Y.applyUpdate(kept, saved);
				return { code, reason, doc: kept, client: doc.clientID, messages: s };
			}
		}
	}

	test('in one room is bounded: what goes beyond is refused for good, others write on', async () => {
		const { url, refusals } = await startLimited({ roomBytesMax: 16_000 });
		const { code, reason, messages, doc } = await fill(url);
		expect([code, reason, messages]).toEqual([CLOSE.storeFull, 'over 16000 bytes in a room', 3]);
		expect(refusals).toEqual([`${CLOSE.storeFull} over 16000 bytes in a room`]);
		const bob = openProvider(url, { session: `${BOB}-1` });
		await whenSynced(bob);
		say(bob.doc, BOB, TEXT);
		const reader = openProvider(url, { session: `${ALICE}-2` });
		await whenHolds(reader.doc, holdsTexts(...Array<string>(4).fill(TEXT)));
		expect(doc.share.size).toBe(1);
	});

	test('is freed by erasing, which is taken although nothing else is', async () => {
		const { url } = await startLimited({ roomBytesMax: 16_000 });
		const { doc, client } = await fill(url);
		const alice = openProvider(url, { session: `${ALICE}-1`, doc });
		await whenSynced(alice);
		const reader = openProvider(url, { session: `${BOB}-1` });
		await whenHolds(reader.doc, holdsTexts(TEXT, TEXT, TEXT));
		eraseOne(doc, `${ALICE}:${client}`);
		say(doc, ALICE, `${TEXT}!`);
		await whenHolds(reader.doc, holdsTexts(TEXT, TEXT, `${TEXT}!`));
	});

	test('takes the headers of what its writer gave up, so that the device comes to rest', async () => {
		const { url } = await startLimited({ roomBytesMax: 16_000 });
		await fill(url);
		const { doc } = await fill(url, 'short');
		const given = docSaying(ALICE, ...Array<string>(20).fill('this was never sent'));
		for (let i = 0; i < 20; i++) eraseOne(given, `${ALICE}:${given.clientID}`);
		Y.applyUpdate(doc, Y.encodeStateAsUpdate(given));
		const alice = new RawClient(url, { session: `${ALICE}-1`, query: 'ack=1' });
		alice.sendStep2(Y.encodeStateAsUpdate(doc));
		await alice.hears('ack', ({ vector }) => vector.get(given.clientID) === 40);
	});

	test('in all rooms is bounded, whoever restarts', async () => {
		const store = memoryRoomStore();
		const limits = { userBytesMax: 32_000 };
		const before = await startLimited(limits, { store });
		await before.relay.append(`home/${ALICE}`, ALICE, [entry(TEXT), entry(TEXT), entry(TEXT)]);
		await before.relay.close();
		const { url } = await startLimited(limits, { store });
		const { code, reason, messages } = await fill(url);
		expect([code, reason, messages]).toEqual([CLOSE.storeFull, 'over 32000 bytes of a user', 3]);
	});

	test('bounds what the server writes for the user too', async () => {
		const { relay } = await startLimited({ roomBytesMax: 16_000 });
		const write = () => relay.append(ROOM, ALICE, [entry(TEXT)]);
		for (let i = 0; i < 3; i++) await write();
		await expect(write()).rejects.toMatchObject({ code: 'STORE_FULL' });
		expect(await relay.append(ROOM, BOB, [entry(TEXT)])).toHaveLength(1);
	});

	test('is bounded as an administrator says while the relay runs', async () => {
		const { relay } = await startLimited({});
		const write = () => relay.append(ROOM, ALICE, [entry(TEXT)]);
		for (let i = 0; i < 3; i++) await write();
		relay.limit({ userBytesMax: 16_000 });
		await expect(write()).rejects.toMatchObject({ code: 'STORE_FULL' });
		relay.limit({ userBytesMax: 160_000, roomBytesMax: 16_000 });
		await expect(write()).rejects.toMatchObject({ code: 'STORE_FULL' });
		relay.limit({ roomBytesMax: 160_000 });
		expect(await write()).toHaveLength(1);
	});

	test('of entries is bounded: whoever opens the room reads all of them', async () => {
		const { url, refusals } = await startLimited({ roomEntriesMax: 20 });
		const alice = new RawClient(url, { session: `${ALICE}-1`, query: 'ack=1' });
		const doc = docSaying(ALICE, ...Array<string>(20).fill('hi'));
		alice.sendUpdate(Y.encodeStateAsUpdate(doc));
		await alice.hears('ack', ({ vector }) => vector.get(doc.clientID) === 40);
		const bob = new RawClient(url, { session: `${BOB}-1`, query: 'ack=1' });
		const other = docSaying(BOB, 'there is room for me');
		bob.sendUpdate(Y.encodeStateAsUpdate(other));
		await bob.hears('ack', ({ vector }) => vector.get(other.clientID) === 2);
		alice.sendUpdate(say(doc, ALICE, 'one more'));
		expect((await alice.closed).code).toBe(CLOSE.storeFull);
		expect(refusals).toEqual([`${CLOSE.storeFull} over 20 entries of a user in a room`]);
	});

	test('of logs in a segment is bounded: everyone has to keep them', async () => {
		const { url, refusals } = await startLimited({ segmentLogsMax: 3 });
		const alice = new RawClient(url, { session: `${ALICE}-1`, query: 'ack=1' });
		const docs = Array.from({ length: 4 }, (_, n) => docSaying(ALICE, `page ${n}`));
		for (const doc of docs.slice(0, 3)) {
			alice.sendUpdate(Y.encodeStateAsUpdate(doc));
			await alice.hears('ack', ({ vector }) => vector.get(doc.clientID) === 2);
		}
		alice.sendUpdate(say(docs[0]!, ALICE, 'in a log that is there'));
		await alice.hears('ack', ({ vector }) => vector.get(docs[0]!.clientID) === 4);
		alice.sendUpdate(Y.encodeStateAsUpdate(docs[3]!));
		expect((await alice.closed).code).toBe(CLOSE.storeFull);
		expect(refusals).toEqual([`${CLOSE.storeFull} over 3 logs of a user in a segment`]);
	});

	test('of logs at home is bounded, erased ones too, and behind that there is one every now and then', async () => {
		const homeLogs = { perSecond: 1 / 600, burst: 1 };
		const { url, advance, refusals } = await startTimed({ homeLogsMax: 3, homeLogs });
		const room = `home/${ALICE}`;
		const open = () => new RawClient(url, { session: `${ALICE}-1`, room, query: 'ack=1' });
		const takes = async (alice: RawClient, ...clients: number[]) => {
			const erased = clients.map((client) =>
				section(client, [{ type: 'deleted', length: 2, root: `${ALICE}:${client}` }])
			);
			alice.sendUpdate(updateOf(erased));
			const acked = alice.hears('ack', ({ vector }) => vector.get(clients[0]!) === 2);
			return Promise.race([acked.then(() => 'taken'), alice.closed.then(({ code }) => code)]);
		};
		const alice = open();
		expect(await takes(alice, 1, 2, 3)).toBe('taken');
		expect(await takes(alice, 4, 5)).toBe('taken');
		expect(await takes(alice, 6)).toBe(CLOSE.storeFull);
		expect(refusals).toEqual([`${CLOSE.storeFull} over 3 logs in a home: later`]);
		const again = open();
		again.sendUpdate(updateOf([laterEntry(1, 1)]));
		await again.hears('ack', ({ vector }) => vector.get(1) === 4);
		advance(600_000);
		expect(await takes(again, 6)).toBe('taken');
	});
});
