/** Links that a device has twice, or loses while what it wrote is on its way to disk. */
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { ALICE, BOB, openProvider, ROOM, startRelay, whenHolds, whenSynced } from './relay.fixture';
import { ControlledStore } from './controlledStore.fixture';
import { eraseOne, holdsTexts, say, textsOf } from './writing.fixture';
import { openLink, startLimited } from './limited.fixture';
import { RawClient } from './rawClient.fixture';

test('one document on two connections at once, under one client id: nothing is refused, lost or doubled', async () => {
	const { url, refusals, relay } = await startLimited({});
	const doc = new Y.Doc();
	const [one, two] = [1, 2].map(() => openProvider(url, { session: `${ALICE}-1`, doc }));
	const bob = openProvider(url, { session: `${BOB}-1` });
	await Promise.all([one!, two!, bob].map(whenSynced));
	const texts: string[] = [];
	for (let i = 0; i < 40; i++) {
		texts.push(`message ${i}`);
		say(doc, ALICE, texts.at(-1)!);
		// One of the two is away now and then, and comes back with all of it.
		if (i % 10 === 3) two!.disconnect();
		if (i % 10 === 7) two!.connect();
		if (i % 5 === 0) await new Promise((resolve) => setImmediate(resolve));
	}
	await whenHolds(bob.doc, holdsTexts(...texts));
	expect(await relay.entries(ROOM)).toHaveLength(texts.length);
	expect(refusals).toEqual([]);
});

test('the same entries on two links, in other orders and by halves: each link has its ack, and they stand once', async () => {
	const { url, refusals, relay } = await startLimited({});
	const doc = new Y.Doc();
	const updates = ['first', 'second', 'third'].map((text) => say(doc, ALICE, text));
	const links = await Promise.all([1, 2].map((n) => openLink(url, `${ALICE}-${n}`)));
	for (const link of links) link.open(1, ROOM, 'ack=1');
	await Promise.all(links.map((link) => link.hears('data')));
	const [one, two] = links;
	for (const update of [updates[2]!, updates[0]!, updates[1]!]) one!.sendUpdate(1, update);
	for (const update of updates) two!.sendUpdate(1, update);
	for (const update of updates) one!.sendUpdate(1, update);
	await Promise.all(links.map((link) => link.answered()));
	await expect.poll(async () => (await relay.entries(ROOM)).length).toBe(3);
	const reader = openProvider(url, { session: `${BOB}-1` });
	await whenHolds(reader.doc, holdsTexts('first', 'second', 'third'));
	expect(refusals).toEqual([]);
});

test('a link that is cut in the midst of a group commit has said what it said, and others are told', async () => {
	const store = new ControlledStore();
	const { url, relay, log } = await startRelay({ store });
	const bob = openProvider(url, { session: `${BOB}-1` });
	const other = new RawClient(url, { session: `${BOB}-2`, query: 'ack=1' });
	await Promise.all([whenSynced(bob), other.hears('ack')]);
	const link = await openLink(url, `${ALICE}-1`);
	link.open(1, ROOM, 'ack=1');
	link.open(2, `home/${ALICE}`, 'ack=1');
	await link.hears('data', ({ channel }) => channel === 2);
	await link.answered();
	const letGo = store.hold();
	const appended = store.nextAppend();
	const doc = new Y.Doc();
	link.sendUpdate(1, say(doc, ALICE, 'with the store'));
	link.sendUpdate(2, say(new Y.Doc(), ALICE, 'a note'));
	await appended;
	// Staged behind it, as is what somebody else writes.
	link.sendUpdate(1, say(doc, ALICE, 'staged'));
	const theirs = new Y.Doc();
	other.sendUpdate(say(theirs, BOB, 'beside it'));
	await link.answered();
	await other.answered();
	link.socket.terminate();
	await expect.poll(() => relay.stats().links).toBe(0);
	letGo();
	await whenHolds(bob.doc, holdsTexts('beside it', 'staged', 'with the store'));
	await other.hears('ack', ({ vector }) => vector.get(theirs.clientID) === 2);
	expect(await relay.entries(`home/${ALICE}`)).toHaveLength(1);
	// It comes back and knows by the first vector what is there.
	const again = new RawClient(url, { session: `${ALICE}-1`, query: 'ack=1' });
	expect((await again.hears('ack')).vector.get(doc.clientID)).toBe(4);
	expect(log.lines.filter(({ level }) => level === 'error')).toEqual([]);
});

test('a link that is cut in the midst of a commit that fails leaves nothing half done', async () => {
	const store = new ControlledStore();
	const { url, relay } = await startRelay({ store });
	const bob = openProvider(url, { session: `${BOB}-1` });
	await whenSynced(bob);
	const link = await openLink(url, `${ALICE}-1`);
	link.open(1, ROOM, 'ack=1');
	await link.hears('data');
	store.failing = true;
	const letGo = store.hold();
	const appended = store.nextAppend();
	const doc = new Y.Doc();
	link.sendUpdate(1, say(doc, ALICE, 'lost with its link'));
	await appended;
	link.socket.terminate();
	await expect.poll(() => relay.stats().links).toBe(0);
	letGo();
	await expect.poll(() => relay.health().status).toBe('degraded');
	store.failing = false;
	expect(textsOf(bob.doc)).toEqual([]);
	eraseOne(doc, `${ALICE}:${doc.clientID}`);
	const again = openProvider(url, { session: `${ALICE}-1`, doc });
	say(doc, ALICE, 'instead');
	await whenHolds(bob.doc, holdsTexts('instead'));
	expect(again.wsconnected).toBe(true);
	expect(relay.health().status).toBe('ok');
});
