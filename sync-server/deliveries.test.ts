/** What is told to many is charged to who says it, however little that is. */
import { expect, test } from 'vitest';
import { ALICE, BOB, ROOM } from './relay.fixture';
import { DELIVERY_MS } from './limits';
import { encodeAwareness } from './syncMessages';
import { encodeMessageBody } from '../src/lib/domain/bodies';
import { KIND } from '../src/lib/domain/entry';
import { openLink, startTimed } from './limited.fixture';
import { RawClient } from './rawClient.fixture';
import { say } from './writing.fixture';
import { writeStates } from './awareness';
import * as Y from 'yjs';

const HEARERS = 20;

/** Time stands still, so that what things take costs nothing: one may say this many things to all who hear. */
const startCounted = (times: number) =>
	startTimed({ work: { perSecond: 0.001, burst: (times + 0.5) * (HEARERS + 1) * DELIVERY_MS } });

type Started = Awaited<ReturnType<typeof startCounted>>;

async function hearers({ url }: Started): Promise<RawClient[]> {
	const clients = Array.from({ length: HEARERS }, (_, i) => new RawClient(url, { session: `${BOB}-${i}` }));
	for (const client of clients) await client.hears('step1');
	return clients;
}

/** Writes one message, and gives it once it is on disk. */
async function write(alice: RawClient, doc: Y.Doc): Promise<void> {
	alice.sendUpdate(say(doc, ALICE, 'x'));
	await alice.hears(
		'ack',
		({ full, vector }) => !full && vector.get(doc.clientID) === Y.getState(doc.store, doc.clientID)
	);
}

test('what is written in a room, by as many as have it open', async () => {
	const started = await startCounted(3);
	await hearers(started);
	const alice = new RawClient(started.url, { session: `${ALICE}-1`, query: 'ack=1' });
	await alice.hears('ack');
	const doc = new Y.Doc();
	for (let i = 0; i < 3; i++) await write(alice, doc);
	await alice.answered();
	expect(started.pauses).toEqual([]);
	await write(alice, doc);
	await alice.answered();
	expect(started.pauses).toEqual(['work']);
});

test('but not what the server writes for them: that has limits of its own, and their devices would wait for it', async () => {
	const started = await startCounted(3);
	await hearers(started);
	const followers = [ALICE, BOB].map((user) => openLink(started.url, `${user}-follower`));
	for (const link of await Promise.all(followers)) {
		link.send({ op: 'since', channel: 0, position: 0 });
		await link.hears('changes');
	}
	const alice = new RawClient(started.url, { session: `${ALICE}-1`, query: 'ack=1' });
	await alice.hears('ack');
	for (let i = 0; i < 8; i++)
		await started.relay.append(ROOM, ALICE, [
			{ kind: KIND.message, body: encodeMessageBody({ text: `${i}` }) }
		]);
	await alice.answered();
	expect(started.pauses).toEqual([]);
});

test('awareness, by as many as have the room open', async () => {
	const started = await startCounted(3);
	const [hearer] = await hearers(started);
	const alice = new RawClient(started.url, { session: `${ALICE}-1` });
	await alice.hears('step1');
	const show = async (clock: number) => {
		alice.send(encodeAwareness(writeStates([{ client: 5, clock, json: '{}' }])));
		await alice.answered();
		started.advance(100);
		await expect.poll(() => hearer!.count('awareness')).toBe(clock);
	};
	for (let clock = 1; clock <= 3; clock++) await show(clock);
	expect(started.pauses).toEqual([]);
	await show(4);
	await alice.answered();
	expect(started.pauses).toEqual(['work']);
});

test('what changed, by as many devices as are told of it', async () => {
	const started = await startCounted(3);
	const links = await Promise.all(
		Array.from({ length: HEARERS }, (_, i) => openLink(started.url, `${BOB}-${i}`))
	);
	for (const link of links) link.send({ op: 'since', channel: 0, position: 0 });
	await Promise.all(links.map((link) => link.hears('changes')));
	const alice = new RawClient(started.url, { session: `${ALICE}-1`, query: 'ack=1' });
	await alice.hears('ack');
	const doc = new Y.Doc();
	for (let i = 0; i < 3; i++) {
		await write(alice, doc);
		// Of what waits to be told nobody is told twice.
		started.advance(50);
		await expect
			.poll(() => links.every(({ heard }) => heard.filter(({ op }) => op === 'changes').length === i + 2))
			.toBe(true);
	}
	expect(started.pauses).toEqual([]);
	await write(alice, doc);
	await alice.answered();
	expect(started.pauses).toEqual(['work']);
});
