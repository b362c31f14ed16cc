import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { ALICE, BOB, NOW, openProvider, ROOM, startRelay, whenHolds, whenSynced } from './relay.fixture';
import { CLOCK_AHEAD_MAX_MS } from '../src/lib/domain/limits';
import { CLOSE } from '../src/lib/protocol/closeCodes';
import { encodeMessageBody } from '../src/lib/domain/bodies';
import { eraseOne, holdsTexts, say, write } from './writing.fixture';
import { KIND } from '../src/lib/domain/entry';
import { RawClient } from './rawClient.fixture';

const FAR = NOW + 30 * 24 * 3_600_000;
const at = (ms: number) => ({ stamp: { ms, counter: 0 } });
const ack = { session: `${BOB}-1`, query: 'ack=1' };

/** The stamp that the server gives now. */
async function serverMs({ relay }: Awaited<ReturnType<typeof startRelay>>): Promise<number> {
	const body = encodeMessageBody({ text: 'now' });
	const [written] = await relay.append(ROOM, ALICE, [{ kind: KIND.message, body }]);
	return written!.stamp!.ms;
}

test('a message stamped too far ahead is refused with the time, and is as if it had not been', async () => {
	const started = await startRelay();
	const bob = new RawClient(started.url, ack);
	bob.sendUpdate(write(new Y.Doc(), BOB, at(NOW + CLOCK_AHEAD_MAX_MS + 1)));
	expect(await bob.closed).toEqual({ code: CLOSE.clock, reason: String(NOW) });
	expect(await started.relay.entries(ROOM)).toEqual([]);
	expect(await serverMs(started)).toBe(NOW);
});

test('a message a little ahead is taken, and what follows may be as far as it', async () => {
	let now = NOW;
	const { url } = await startRelay({ now: () => now });
	const bob = new RawClient(url, ack);
	const doc = new Y.Doc();
	bob.sendUpdate(write(doc, BOB, at(NOW + CLOCK_AHEAD_MAX_MS)));
	await bob.hears('ack', ({ vector }) => vector.get(doc.clientID) === 2);
	// The relay's wall clock steps back.
	now = NOW - 3_600_000;
	bob.sendUpdate(write(doc, BOB, at(NOW + CLOCK_AHEAD_MAX_MS)));
	await bob.hears('ack', ({ vector }) => vector.get(doc.clientID) === 4);
	bob.sendUpdate(write(doc, BOB, at(NOW + CLOCK_AHEAD_MAX_MS + 1)));
	expect((await bob.closed).code).toBe(CLOSE.clock);
});

test('a bare header says any time, and moves no clock: neither now nor once the room is read again', async () => {
	const started = await startRelay();
	const bob = new RawClient(started.url, ack);
	const doc = new Y.Doc();
	write(doc, BOB, at(FAR));
	eraseOne(doc, `${BOB}:${doc.clientID}`);
	bob.sendStep2(Y.encodeStateAsUpdate(doc));
	await bob.hears('ack', ({ vector }) => vector.get(doc.clientID) === 2);
	expect(await serverMs(started)).toBe(NOW);
	expect(await serverMs(await startRelay({ store: started.store }))).toBe(NOW);
	bob.sendUpdate(write(doc, BOB, at(FAR)));
	expect((await bob.closed).code).toBe(CLOSE.clock);
});

test('a body that the frame itself erases counts as erased', async () => {
	const { url } = await startRelay();
	const bob = new RawClient(url, ack);
	const doc = new Y.Doc({ gc: false });
	write(doc, BOB, at(FAR));
	eraseOne(doc, `${BOB}:${doc.clientID}`);
	bob.sendUpdate(Y.encodeStateAsUpdate(doc));
	await bob.hears('ack', ({ vector }) => vector.get(doc.clientID) === 2);
});

test('refused messages that are erased, and written again with corrected stamps, are taken', async () => {
	const { url } = await startRelay();
	const doc = new Y.Doc();
	write(doc, BOB, { ...at(FAR), body: encodeMessageBody({ text: 'ahead of its time' }) });
	const refused = new RawClient(url, ack);
	refused.sendStep2(Y.encodeStateAsUpdate(doc));
	expect((await refused.closed).code).toBe(CLOSE.clock);
	doc.transact(() => {
		eraseOne(doc, `${BOB}:${doc.clientID}`);
		say(doc, BOB, 'ahead of its time');
	});
	const again = openProvider(url, { session: `${BOB}-1`, doc });
	const alice = openProvider(url, { session: `${ALICE}-1` });
	await whenSynced(again);
	await whenHolds(alice.doc, holdsTexts('ahead of its time'));
});
