import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { ALICE, BOB, startRelay } from './relay.fixture';
import { ControlledStore } from './controlledStore.fixture';
import { decodeSyncMessage } from './syncMessages';
import { eraseOne, say, textsOf } from './writing.fixture';
import { RawClient } from './rawClient.fixture';
import { LinkClient } from './linkClient.fixture';

const textsIn = (updates: readonly Uint8Array[]): string[] => {
	const doc = new Y.Doc();
	for (const update of updates) Y.applyUpdate(doc, update);
	expect(doc.store.pendingStructs).toBeNull();
	return textsOf(doc);
};
const MUCH = 'two '.repeat(500);
const updatesOf = (client: RawClient) =>
	client.heard.flatMap((message) => (message.type === 'update' ? [message.payload] : []));

test('what one commit made durable goes out as one frame, to who wrote much of it without their own', async () => {
	const store = new ControlledStore();
	const { url } = await startRelay({ store });
	const alice = new RawClient(url, { session: `${ALICE}-1`, query: 'ack=1' });
	const bob = new RawClient(url, { session: `${BOB}-1` });
	const reader = new RawClient(url, { session: `${BOB}-2` });
	await Promise.all([alice.hears('ack'), bob.hears('step1'), reader.hears('step1')]);
	const [byAlice, byBob] = [new Y.Doc(), new Y.Doc()];
	const release = store.hold();
	const appended = store.nextAppend();
	alice.sendUpdate(say(byAlice, ALICE, 'before'));
	await appended;
	// While that one is with the store, these gather.
	alice.sendUpdate(say(byAlice, ALICE, 'one'));
	bob.sendUpdate(say(byBob, BOB, MUCH));
	await Promise.all([alice.answered(), bob.answered()]);
	byAlice.once('update', (update: Uint8Array) => alice.sendUpdate(update));
	eraseOne(byAlice, `${ALICE}:${byAlice.clientID}`, 1);
	await alice.answered();
	release();
	await alice.hears('ack', ({ vector }) => vector.get(byAlice.clientID) === 4);
	await Promise.all([alice.answered(), bob.answered(), reader.answered()]);
	expect(textsIn(updatesOf(reader))).toEqual(['before', MUCH]);
	expect(updatesOf(reader)).toHaveLength(2);
	expect(textsIn(updatesOf(bob))).toEqual(['before']);
	expect(updatesOf(bob)).toHaveLength(2);
	// The same bytes as the reader got, her own among them.
	expect(updatesOf(alice)).toEqual(updatesOf(reader).slice(1));
});

test('where many have written much at once, everyone gets the same, put together once', async () => {
	const store = new ControlledStore();
	const { url } = await startRelay({ store });
	const sessions = Array.from({ length: 8 }, (_, i) => `${i % 2 === 0 ? ALICE : BOB}-${i}`);
	const writers = sessions.map((session) => new RawClient(url, { session }));
	const reader = new RawClient(url, { session: `${BOB}-reader` });
	await Promise.all([...writers, reader].map((client) => client.hears('step1')));
	const release = store.hold();
	const appended = store.nextAppend();
	reader.sendUpdate(say(new Y.Doc(), BOB, 'before'));
	await appended;
	for (const [i, writer] of writers.entries())
		writer.sendUpdate(say(new Y.Doc(), i % 2 === 0 ? ALICE : BOB, MUCH));
	await Promise.all(writers.map((writer) => writer.answered()));
	release();
	await reader.hears('update');
	await Promise.all([...writers, reader].map((client) => client.answered()));
	const together = updatesOf(reader);
	expect(textsIn(together)).toEqual(writers.map(() => MUCH));
	for (const writer of writers) expect(updatesOf(writer).slice(1)).toEqual(together);
});

test('sockets of the room and links hear the same, on whatever channel', async () => {
	const { url } = await startRelay();
	const alice = new RawClient(url, { session: `${ALICE}-1` });
	const socket = new RawClient(url, { session: `${BOB}-1` });
	const link = await LinkClient.open(url, `${BOB}-2`);
	const isStep1 = (data: Uint8Array) => decodeSyncMessage(data)?.type === 'step1';
	for (const channel of [1, 300]) link.openRoom(channel);
	await Promise.all([alice, socket].map((client) => client.hears('step1')));
	await link.hearsOn(1, isStep1);
	await link.hearsOn(300, isStep1);
	alice.sendUpdate(say(new Y.Doc(), ALICE, 'hello'));
	const { payload } = await socket.hears('update');
	for (const channel of [1, 300]) {
		const data = await link.hearsOn(channel, (each) => decodeSyncMessage(each)?.type === 'update');
		expect(decodeSyncMessage(data)).toEqual({ type: 'update', payload });
	}
});
