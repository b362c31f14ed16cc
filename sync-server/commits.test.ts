import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { ALICE, BOB, openProvider, ROOM, startRelay, whenHolds, whenSynced } from './relay.fixture';
import { CLOSE } from '../src/lib/protocol/closeCodes';
import { ControlledStore } from './controlledStore.fixture';
import { docSaying, holdsTexts, say, textsOf } from './writing.fixture';
import { memoryRoomStore } from './memoryRoomStore';
import { RawClient } from './rawClient.fixture';

const textsIn = (update: Uint8Array): string[] => {
	const doc = new Y.Doc();
	Y.applyUpdate(doc, update);
	return textsOf(doc);
};

test('nothing is acked, fanned out or answered before the commit', async () => {
	const store = new ControlledStore();
	const { url } = await startRelay({ store });
	const alice = new RawClient(url, { session: `${ALICE}-1`, query: 'ack=1' });
	const bob = new RawClient(url, { session: `${BOB}-1`, query: 'ack=1' });
	await Promise.all([alice.hears('ack'), bob.hears('ack')]);
	const release = store.hold();
	const appended = store.nextAppend();
	const doc = new Y.Doc();
	alice.sendUpdate(say(doc, ALICE, 'held'));
	await appended;
	bob.sendStep1();
	// What the relay does not wait with comes through: it has read everything before it.
	alice.send(new Uint8Array([1, 13, 1, 7, 0, 9, ...new TextEncoder().encode('{"a":"b"}')]));
	await bob.hears('awareness');
	bob.send(new Uint8Array([1, 13, 1, 8, 0, 9, ...new TextEncoder().encode('{"a":"b"}')]));
	await alice.hears('awareness');
	expect(alice.count('ack')).toBe(1);
	expect(bob.count('update')).toBe(0);
	expect(bob.count('step2')).toBe(0);

	release();
	const ack = await alice.hears('ack', ({ full }) => !full);
	expect([...ack.vector]).toEqual([[doc.clientID, 2]]);
	expect(textsIn((await bob.hears('update')).payload)).toEqual(['held']);
	expect(textsIn((await bob.hears('step2')).payload)).toEqual(['held']);
});

test('a frame that holds nothing new is acked too', async () => {
	const { url } = await startRelay();
	const alice = new RawClient(url, { session: `${ALICE}-1`, query: 'ack=1' });
	const doc = new Y.Doc();
	const update = say(doc, ALICE, 'once');
	alice.sendUpdate(update);
	await alice.hears('ack', ({ full }) => !full);
	alice.heard.length = 0;
	alice.sendUpdate(update);
	const ack = await alice.hears('ack');
	expect([...ack.vector]).toEqual([[doc.clientID, 2]]);
});

test('a connection opened while a commit is under way gets a first vector that covers it', async () => {
	const store = new ControlledStore();
	const { url } = await startRelay({ store });
	const first = new RawClient(url, { session: `${ALICE}-1`, query: 'ack=1' });
	await first.hears('ack');
	const release = store.hold();
	const appended = store.nextAppend();
	const doc = new Y.Doc();
	first.sendUpdate(say(doc, ALICE, 'on its way'));
	await appended;
	first.socket.terminate();
	const second = new RawClient(url, { session: `${ALICE}-1`, query: 'ack=1' });
	await second.hears('step1');
	release();
	expect((await second.hears('ack', ({ full }) => full)).vector.get(doc.clientID)).toBe(2);
});

test('a first vector says nothing of what its own connection gave, though one commit has both', async () => {
	const store = new ControlledStore();
	const { url } = await startRelay({ store });
	const bob = new RawClient(url, { session: `${BOB}-1`, query: 'ack=1' });
	await bob.hears('ack');
	const release = store.hold();
	const appended = store.nextAppend();
	const [theirs, own] = [new Y.Doc(), new Y.Doc()];
	bob.sendUpdate(say(theirs, BOB, 'on its way'));
	await appended;
	// Waits for the commit under way: whoever comes now waits for this one.
	bob.sendUpdate(say(theirs, BOB, 'behind it'));
	await bob.answered();
	const alice = new RawClient(url, { session: `${ALICE}-1`, query: 'ack=1' });
	await alice.opened;
	alice.sendUpdate(say(own, ALICE, 'given at once'));
	await alice.answered();
	expect(alice.count('ack')).toBe(0);
	release();
	await alice.hears('ack', ({ full }) => !full);
	const told = alice.heard.flatMap((message) => (message.type === 'ack' ? [message] : []));
	expect(told.map(({ full, vector }) => [full, [...vector]])).toEqual([
		[true, [[theirs.clientID, 4]]],
		[false, [[own.clientID, 2]]]
	]);
});

test('a stock connection hears no acks', async () => {
	const { url } = await startRelay();
	const alice = new RawClient(url, { session: `${ALICE}-1` });
	const bob = new RawClient(url, { session: `${BOB}-1` });
	await Promise.all([alice.hears('step1'), bob.hears('step1')]);
	alice.sendUpdate(say(new Y.Doc(), ALICE, 'plain'));
	await bob.hears('update');
	alice.sendStep1();
	await alice.hears('step2');
	expect(alice.count('ack')).toBe(0);
});

test('frames of several rooms go to disk in one commit, those of a room as one update', async () => {
	const store = new ControlledStore();
	const { url } = await startRelay({ store });
	const inConversation = new RawClient(url, { session: `${ALICE}-1`, query: 'ack=1' });
	const atHome = new RawClient(url, { session: `${ALICE}-1`, room: `home/${ALICE}`, query: 'ack=1' });
	await Promise.all([inConversation.hears('ack'), atHome.hears('ack')]);
	const release = store.hold();
	const appended = store.nextAppend();
	const doc = new Y.Doc();
	inConversation.sendUpdate(say(doc, ALICE, 'first'));
	await appended;
	// While that one is with the store, these gather.
	inConversation.sendUpdate(say(doc, ALICE, 'second'));
	inConversation.sendUpdate(say(doc, ALICE, 'third'));
	atHome.sendUpdate(say(new Y.Doc(), ALICE, 'note'));
	inConversation.send(new Uint8Array([3]));
	await Promise.all([inConversation.answered(), atHome.answered()]);
	release();
	await inConversation.hears('ack', ({ vector }) => vector.get(doc.clientID) === 6);
	await atHome.hears('ack', ({ full }) => !full);
	expect(store.batches.map((batch) => batch.map(({ room }) => room))).toEqual([
		[ROOM],
		[ROOM, `home/${ALICE}`]
	]);
	const stored = new Y.Doc();
	for (const [first] of store.batches) Y.applyUpdate(stored, first!.update);
	expect(textsOf(stored)).toEqual(['first', 'second', 'third']);
});

test('a failed commit is as if it had not been, and the writer is asked again', async () => {
	const store = new ControlledStore();
	const { url, log } = await startRelay({ store });
	const alice = openProvider(url, { session: `${ALICE}-1`, doc: docSaying(ALICE, 'kept') });
	const bob = openProvider(url, { session: `${BOB}-1` });
	const raw = new RawClient(url, { session: `${BOB}-2`, query: 'ack=1' });
	await Promise.all([whenHolds(bob.doc, holdsTexts('kept')), raw.hears('step1')]);
	store.failing = true;
	const appended = store.nextAppend();
	say(alice.doc, ALICE, 'refused by the disk');
	await appended;
	store.failing = false;
	await whenHolds(bob.doc, holdsTexts('kept', 'refused by the disk'));
	expect(log.lines.filter(({ message }) => message === 'a commit failed')).toHaveLength(1);
	expect(raw.count('step1')).toBe(2);
	expect(raw.heard.filter((message) => message.type === 'ack' && message.full)).toHaveLength(2);
});

test('a failed commit leaves what is durable served: a step 1 that waited for it is answered', async () => {
	const store = new ControlledStore();
	const { url } = await startRelay({ store });
	const alice = new RawClient(url, { session: `${ALICE}-1`, query: 'ack=1' });
	const doc = new Y.Doc();
	alice.sendUpdate(say(doc, ALICE, 'kept'));
	await alice.hears('ack', ({ vector }) => vector.size === 1);
	store.failing = true;
	const release = store.hold();
	const appended = store.nextAppend();
	alice.sendUpdate(say(doc, ALICE, 'lost'));
	await appended;
	const bob = new RawClient(url, { session: `${BOB}-1` });
	await bob.hears('step1');
	bob.sendStep1();
	await bob.answered();
	release();
	expect(textsIn((await bob.hears('step2')).payload)).toEqual(['kept']);
});

test('a write of the server that cannot be stored is rejected', async () => {
	const store = new ControlledStore();
	const { relay } = await startRelay({ store });
	store.failing = true;
	const entry = { kind: 1, body: new Uint8Array([0, 126]) };
	await expect(relay.append(ROOM, ALICE, [entry])).rejects.toThrow('could not be written');
	expect(await relay.entries(ROOM)).toEqual([]);
	// Until the store is tried again, it is not asked.
	const asked = store.batches.length;
	await expect(relay.append(ROOM, ALICE, [entry])).rejects.toThrow('cannot be written now');
	expect(store.batches).toHaveLength(asked);
	store.failing = false;
	const written = () => relay.append(ROOM, ALICE, [entry]).catch(() => undefined);
	await expect.poll(written).toHaveLength(1);
	expect(await relay.entries(ROOM)).toHaveLength(1);
});

test('what arrives while the room loads is held, in order, and the room is loaded once', async () => {
	const store = new ControlledStore();
	const { url } = await startRelay({ store });
	const release = store.hold();
	const doc = new Y.Doc();
	const alice = new RawClient(url, { session: `${ALICE}-1`, query: 'ack=1' });
	await alice.opened;
	for (let i = 0; i < 20; i++) alice.sendUpdate(say(doc, ALICE, `early ${i}`));
	const bob = openProvider(url, { session: `${BOB}-1` });
	await alice.answered();
	release();
	await alice.hears('ack', ({ vector }) => vector.get(doc.clientID) === 40);
	await whenHolds(bob.doc, (held) => textsOf(held).length === 20);
	await whenSynced(bob);
	expect(store.loads).toBe(1);
	expect(alice.count('step1')).toBe(1);
});

test('a room that the store cannot give is closed for now, and opens once it can', async () => {
	const store = memoryRoomStore();
	let failing = true;
	const read: typeof store.read = (...asked) =>
		failing ? Promise.reject(new Error('I/O error')) : store.read(...asked);
	const { url, relay } = await startRelay({ store: { ...store, read } });
	expect((await new RawClient(url, { session: `${ALICE}-1` }).closed).code).toBe(CLOSE.unavailable);
	await expect(relay.entries(ROOM)).rejects.toThrow('cannot be read');
	failing = false;
	await whenSynced(openProvider(url, { session: `${ALICE}-1` }));
});
