/** Joins that meet the eviction of their room, at every step of either: whoever is in the room meets whoever comes. */
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { accessOf, ALICE, BOB, NOW, openProvider, ROOM, startRelay, whenHolds } from './relay.fixture';
import { docSaying, holdsTexts, say } from './writing.fixture';
import { ManualTimers } from './manualTimers.fixture';
import { memoryRoomStore } from './memoryRoomStore';
import { openLink } from './limited.fixture';
import { RawClient } from './rawClient.fixture';

const IDLE_MS = 60_000;
/** A join is through by then, though each of its questions takes a turn of the event loop. */
const STEPS = 24;

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A store, and a host, that take a turn for each answer. */
function slowHost() {
	const store = memoryRoomStore();
	const read: typeof store.read = (...asked) => turn().then(() => store.read(...asked));
	const shareOf: typeof store.shareOf = (user) => turn().then(() => store.shareOf(user));
	const position: typeof store.position = (room) => turn().then(() => store.position(room));
	const access: typeof accessOf = (user, room) => turn().then(() => accessOf(user, room));
	return { store: { ...store, read, shareOf, position }, access: { access } };
}

test.each(Array.from({ length: STEPS }, (_, i) => i))(
	'a join that is %i turns on its way when its room leaves memory enters the room that others enter',
	async (turns) => {
		const clock = { nowMs: NOW };
		const timers = new ManualTimers();
		const { url, relay, log } = await startRelay({ ...slowHost(), timers, now: () => clock.nowMs });
		const link = await openLink(url, `${BOB}-1`);
		const before = new RawClient(url, { session: `${ALICE}-1`, query: 'ack=1' });
		before.sendStep2(Y.encodeStateAsUpdate(docSaying(ALICE, 'before')));
		await before.hears('ack', ({ full }) => !full);
		before.socket.terminate();
		await expect.poll(() => relay.stats().channels).toBe(0);

		link.open(1, ROOM, 'ack=1');
		// What arrives of it is read in the turns that follow.
		for (let i = 0; i < turns; i++) await turn();
		clock.nowMs += 2 * IDLE_MS;
		timers.advance(2 * IDLE_MS);
		await link.hears('data', ({ channel }) => channel === 1);
		const alice = openProvider(url, { session: `${ALICE}-2` });
		await whenHolds(alice.doc, holdsTexts('before'));
		link.sendUpdate(1, say(new Y.Doc(), BOB, 'behind'));
		await whenHolds(alice.doc, holdsTexts('before', 'behind'));
		expect([relay.stats().rooms, relay.stats().channels]).toEqual([1, 2]);
		expect(log.lines.filter(({ level }) => level === 'error')).toEqual([]);
	}
);
