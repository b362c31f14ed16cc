/** What honest devices send, however odd it looks, is no attack. */
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import {
	ALICE,
	BOB,
	CONVERSATION,
	EVE,
	openProvider,
	startRelay,
	whenHolds,
	whenSynced
} from './relay.fixture';
import { docSaying, holdsTexts, say, textsOf } from './writing.fixture';
import { RawClient, type RawClientOptions } from './rawClient.fixture';
import { writeUpdate } from '../src/lib/protocol/updateWriter';
import type { DeletedRange } from '../src/lib/protocol/updateReader';

const UNKNOWN = 77;
const deleting = (deletes: DeletedRange[]) => writeUpdate({ clients: [], deletes });

/** Alice's two devices, and whoever else comes. */
async function talk() {
	const { url } = await startRelay();
	const phone = openProvider(url, { session: `${ALICE}-phone`, doc: docSaying(ALICE, 'hello') });
	const laptop = openProvider(url, { session: `${ALICE}-laptop` });
	await whenHolds(laptop.doc, holdsTexts('hello'));
	await whenSynced(phone);
	const open = async (options: Partial<RawClientOptions> = {}) => {
		const client = new RawClient(url, { session: `${BOB}-1`, ...options });
		await client.opened;
		return client;
	};
	return { url, phone, laptop, open };
}

test("is not refused for other people's logs in a sync step 2: they are left out", async () => {
	const { url, open, phone } = await talk();
	const bob = await open({ query: 'ack=1' });
	const mine = docSaying(BOB, 'my own');
	Y.applyUpdate(mine, Y.encodeStateAsUpdate(docSaying(EVE, 'not mine to bring')));
	Y.applyUpdate(mine, Y.encodeStateAsUpdate(phone.doc));
	bob.sendStep2(Y.encodeStateAsUpdate(mine));
	await bob.hears('ack', ({ full, vector }) => !full && vector.get(mine.clientID) === 2);
	const reader = openProvider(url, { session: `${ALICE}-reader` });
	await whenSynced(reader);
	expect(textsOf(reader.doc)).toEqual(['hello', 'my own']);
});

test('is not refused for what the relay knows, its deletes included', async () => {
	const { open, phone, url } = await talk();
	phone.doc.getArray(`${ALICE}:${phone.doc.clientID}`).delete(1, 1);
	const bob = openProvider(url, { session: `${BOB}-1` });
	await whenSynced(bob);
	await whenHolds(bob.doc, holdsTexts());
	const again = await open({ query: 'ack=1' });
	again.sendUpdate(Y.encodeStateAsUpdate(bob.doc));
	await again.answered();
	expect(again.socket.readyState).toBe(WebSocket.OPEN);
});

test('is not refused for starting past what the relay has: it is dropped and asked for, once', async () => {
	const { open, laptop } = await talk();
	const bob = await open({ query: 'ack=1' });
	await bob.hears('step1');
	bob.sendStep2(new Uint8Array([0, 0]));
	bob.heard.length = 0;
	const doc = docSaying(BOB, 'first');
	bob.sendUpdate(say(doc, BOB, 'second'));
	bob.sendUpdate(say(doc, BOB, 'third'));
	await bob.hears('step1');
	bob.sendStep2(Y.encodeStateAsUpdate(doc));
	await bob.hears('ack', ({ vector }) => vector.get(doc.clientID) === 6);
	expect(bob.count('step1')).toBe(1);
	await whenHolds(laptop.doc, holdsTexts('first', 'hello', 'second', 'third'));
});

test('is not refused for deleting what the relay lacks: it is dropped and asked for', async () => {
	const { open } = await talk();
	const bob = await open();
	await bob.hears('step1');
	bob.sendStep2(new Uint8Array([0, 0]));
	bob.heard.length = 0;
	bob.sendUpdate(deleting([{ client: UNKNOWN, clock: 1, length: 1 }]));
	await bob.hears('step1');
});

test('is not refused for an empty sync step 2 in a room that it only reads', async () => {
	const { open } = await talk();
	const bob = await open({ room: `info/${CONVERSATION}` });
	bob.sendStep2(new Uint8Array([0, 0]));
	bob.sendStep1();
	await bob.hears('step2');
});

test('is not refused for its own log, carried and erased by another session', async () => {
	const { open, phone, laptop } = await talk();
	const other = await open({ session: `${ALICE}-tablet` });
	other.sendUpdate(deleting([{ client: phone.doc.clientID, clock: 1, length: 1 }]));
	await whenHolds(laptop.doc, holdsTexts());
});

test('is not refused for bare headers: a message cancelled before it was sent', async () => {
	const { url, laptop } = await talk();
	const doc = docSaying(BOB, 'cancelled', 'sent', 'cancelled too');
	const log = doc.getArray(`${BOB}:${doc.clientID}`);
	log.delete(5, 1);
	log.delete(1, 1);
	openProvider(url, { session: `${BOB}-1`, doc });
	await whenHolds(laptop.doc, holdsTexts('hello', 'sent'));
});
