import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { ALICE, BOB, NOW, ROOM, startRelay } from './relay.fixture';
import { ControlledStore } from './controlledStore.fixture';
import { docSaying, say } from './writing.fixture';
import { encodeMessageBody } from '../src/lib/domain/bodies';
import { KIND, parseEntryId } from '../src/lib/domain/entry';
import { ManualTimers } from './manualTimers.fixture';
import { RawClient } from './rawClient.fixture';

const alice = { session: `${ALICE}-1`, query: 'ack=1' };
const IDLE_MS = 60_000;

async function startIdle() {
	const clock = { nowMs: NOW };
	const timers = new ManualTimers();
	const store = new ControlledStore();
	const started = await startRelay({ store, timers, now: () => clock.nowMs });
	const goBy = (ms: number) => {
		clock.nowMs += ms;
		timers.advance(ms);
	};
	const leave = async (client: RawClient) => {
		client.socket.terminate();
		await expect.poll(() => started.relay.stats().sockets).toBe(0);
	};
	return { ...started, store, goBy, leave };
}

test('a room leaves memory when nobody used it for a while, and comes back with the same vector', async () => {
	const { url, relay, store, goBy, leave } = await startIdle();
	const client = new RawClient(url, alice);
	const doc = docSaying(ALICE, 'one', 'two');
	client.sendUpdate(Y.encodeStateAsUpdate(doc));
	await client.hears('ack', ({ full }) => !full);
	goBy(10 * IDLE_MS);
	expect(relay.stats().rooms).toBe(1);
	await leave(client);
	goBy(IDLE_MS / 2);
	expect(relay.stats().rooms).toBe(1);
	goBy(IDLE_MS);
	expect(relay.stats().rooms).toBe(0);
	const again = new RawClient(url, alice);
	const { vector } = await again.hears('ack', ({ full }) => full);
	expect([...vector]).toEqual([[doc.clientID, 4]]);
	expect(store.loads).toBe(2);
	again.sendUpdate(say(doc, ALICE, 'three'));
	await again.hears('ack', ({ vector: acked }) => acked.get(doc.clientID) === 6);
});

test('it stays while a commit is under way', async () => {
	const { url, relay, store, goBy, leave } = await startIdle();
	const client = new RawClient(url, alice);
	await client.hears('ack');
	const release = store.hold();
	const appended = store.nextAppend();
	client.sendUpdate(say(new Y.Doc(), ALICE, 'on its way'));
	await appended;
	await leave(client);
	goBy(10 * IDLE_MS);
	expect(relay.stats().rooms).toBe(1);
	release();
	await expect.poll(() => store.batches.length).toBe(1);
	await relay.entries(ROOM);
	goBy(2 * IDLE_MS);
	expect(relay.stats().rooms).toBe(0);
	expect(await relay.entries(ROOM)).toHaveLength(1);
});

test('it stays while it loads, and while the server waits for it', async () => {
	const { relay, store, goBy } = await startIdle();
	const release = store.hold();
	const entry = { kind: KIND.message, body: encodeMessageBody({ text: 'by REST' }) };
	const writing = relay.append(ROOM, BOB, [entry]);
	goBy(10 * IDLE_MS);
	expect(relay.stats().rooms).toBe(1);
	release();
	await writing;
	goBy(2 * IDLE_MS);
	expect(relay.stats().rooms).toBe(0);
	expect(store.loads).toBe(1);
});

test('the server goes on in its own log when a room comes back, and in a fresh one after a restart', async () => {
	const { relay, store, goBy } = await startIdle();
	const entry = { kind: KIND.message, body: encodeMessageBody({ text: 'by REST' }) };
	const write = async (on = relay) => parseEntryId((await on.append(ROOM, BOB, [entry]))[0]!.id)!;
	const first = await write();
	goBy(2 * IDLE_MS);
	expect(relay.stats().rooms).toBe(0);
	expect(await write()).toEqual({ ...first, s: 1 });
	const restarted = await startRelay({ store });
	expect((await write(restarted.relay)).client).not.toBe(first.client);
});
