import { describe, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { accessOf, ALICE, BOB, NOW, openProvider, ROOM, whenHolds, whenSynced } from './relay.fixture';
import { appendEntries } from '../src/lib/conversation/log';
import { CLOSE } from '../src/lib/protocol/closeCodes';
import { createChannelSocketClass } from '../src/lib/sync/channelSocket';
import { createLink } from '../src/lib/sync/link';
import { decodeLinkFrame } from '../src/lib/protocol/linkFrames';
import { createMemoryDisk } from '../src/lib/sync/memoryStorage';
import { holdsTexts, say } from './writing.fixture';
import { encodeMessageBody } from '../src/lib/domain/bodies';
import { FRAME_BYTES_MAX } from '../src/lib/domain/limits';
import { ManualTimers } from './manualTimers.fixture';
import { headlessPorts } from '../src/lib/sync/headlessDevice';
import { decodeSyncMessage, encodeStep1 } from './syncMessages';
import { KIND } from '../src/lib/domain/entry';
import { openLink, startLimited, startTimed } from './limited.fixture';
import { PAYLOAD_BYTES_MAX } from './limits';
import { RawClient } from './rawClient.fixture';
import { RawLink } from './rawLink.fixture';

const TEXT = 'x'.repeat(5_000);
/**
 * Nothing is paid back by it, and no work costs anything: what the relay works is charged by the time that it takes, which on
 * a machine that is busy with others is any.
 */
const STANDING = () => 0;
const entry = (text: string) => ({ kind: KIND.message, body: encodeMessageBody({ text }) });

describe('who sends faster than a user may', () => {
	test('is not read for a while, and then is: nothing is refused or lost, and others go on', async () => {
		const { url, advance, pauses, refusals } = await startTimed({ bytes: { perSecond: 100, burst: 4_000 } });
		const bob = openProvider(url, { session: `${BOB}-1` });
		await whenSynced(bob);
		const reader = openProvider(url, { session: `${BOB}-2` });
		const alice = new RawClient(url, { session: `${ALICE}-1` });
		const doc = new Y.Doc();
		alice.sendUpdate(say(doc, ALICE, TEXT));
		await whenHolds(bob.doc, holdsTexts(TEXT));
		expect(pauses).toEqual(['bytes']);
		alice.sendUpdate(say(doc, ALICE, 'one more'));
		for (const text of ['first', 'second']) {
			say(bob.doc, BOB, text);
			await whenHolds(reader.doc, (held) =>
				holdsTexts(TEXT, ...(text === 'first' ? ['first'] : ['first', 'second']))(held)
			);
		}
		advance(60_000);
		await whenHolds(bob.doc, holdsTexts('first', 'one more', 'second', TEXT));
		expect(refusals).toEqual([]);
	});

	test('is not cut for the pings that the relay does not read', async () => {
		const bytes = { perSecond: 100, burst: 4_000 };
		const { url, pauses } = await startLimited({ bytes }, { timing: { pingEveryMs: 20 } });
		/** Pings come so fast that one who is not paused may well be cut: until one is, another tries. */
		async function pausedClient(): Promise<RawClient> {
			const client = new RawClient(url, { session: `${ALICE}-1` });
			const before = pauses.length;
			client.sendUpdate(say(new Y.Doc(), ALICE, TEXT));
			const paused = vi.waitFor(() => expect(pauses.length).toBeGreaterThan(before), 5_000).then(() => true);
			const isPaused = await Promise.race([paused, client.closed.then(() => false)]);
			return isPaused ? client : pausedClient();
		}
		const alice = await pausedClient();
		let pings = 0;
		alice.socket.on('ping', () => (pings += 1));
		await expect.poll(() => pings).toBeGreaterThan(5);
		expect(alice.socket.readyState).toBe(alice.socket.OPEN);
	});

	test('waits as long with many sockets as with one', async () => {
		const { url, advance } = await startTimed({ bytes: { perSecond: 100, burst: 4_000 } });
		const phone = new RawClient(url, { session: `${ALICE}-phone` });
		phone.sendUpdate(say(new Y.Doc(), ALICE, TEXT));
		await phone.hears('step1');
		const laptop = await openLink(url, `${ALICE}-laptop`);
		laptop.send({ op: 'ping', channel: 0 });
		const bob = await openLink(url, `${BOB}-1`);
		await bob.answered();
		expect(laptop.heard).toEqual([]);
		advance(60_000);
		await laptop.hears('pong');
	});
});

describe('rooms', () => {
	test('are opened no faster than a user may, and none is refused for it', async () => {
		const { url, advance, pauses, refusals } = await startTimed({ opens: { perSecond: 1, burst: 1 } });
		const alice = await openLink(url, `${ALICE}-1`);
		alice.open(1);
		alice.open(2, `home/${ALICE}`);
		await alice.hears('data', ({ channel }) => channel === 2);
		expect(pauses).toEqual(['opens']);
		alice.open(3, `directory/${ALICE}`);
		const bob = await openLink(url, `${BOB}-1`);
		await bob.answered();
		expect(alice.heard.some(({ channel }) => channel === 3)).toBe(false);
		advance(5_000);
		await alice.hears('data', ({ channel }) => channel === 3);
		expect(refusals).toEqual([]);
	});

	test('on sockets of their own count as well', async () => {
		const { url, advance } = await startTimed({ opens: { perSecond: 1, burst: 1 } });
		const [first, second, third] = [1, 2, 3].map((n) => new RawClient(url, { session: `${ALICE}-${n}` }));
		await first!.hears('step1');
		await Promise.all([second!.opened, third!.opened]);
		const bob = await openLink(url, `${BOB}-1`);
		await bob.answered();
		expect([second, third].flatMap((client) => client!.heard)).toEqual([]);
		advance(5_000);
		await Promise.all([second!.hears('step1'), third!.hears('step1')]);
	});

	test('over the number that a link may have are closed for now, the others go on', async () => {
		const { url, refusals } = await startLimited({ channelsMax: 2 });
		const alice = await openLink(url, `${ALICE}-1`);
		for (const [i, room] of [ROOM, `home/${ALICE}`, `directory/${ALICE}`].entries()) alice.open(i + 1, room);
		const { channel, code } = await alice.hears('close');
		expect([channel, code]).toEqual([3, CLOSE.tooMany]);
		expect(refusals).toEqual([`${CLOSE.tooMany} over 2 rooms on a link`]);
		alice.send({ op: 'close', channel: 1, code: 1000, reason: '' });
		alice.open(4, `directory/${ALICE}`);
		await alice.hears('data', (frame) => frame.channel === 4);
	});

	test('of 2,000 conversations are all opened at once by a device that comes back, without a delay', async () => {
		const { url, refusals, pauses, relay } = await startLimited(
			{},
			{
				elapsedMs: STANDING,
				access: { access: async (user, room) => ('user' in room ? accessOf(user, room) : 'write') }
			}
		);
		const alice = await openLink(url, `${ALICE}-1`);
		const peers = Array.from({ length: 2_000 }, (_, n) => `d-${ALICE}-${String(n).padStart(16, 'z')}`);
		const rooms = [`home/${ALICE}`, `directory/${ALICE}`].concat(
			peers.flatMap((peer) => [`info/${peer}`, `c/${peer}/0`])
		);
		const greeted = new Set<number>();
		const allGreeted = new Promise<void>((resolve) =>
			alice.socket.on('message', (data: Buffer) => {
				const frame = decodeLinkFrame(new Uint8Array(data));
				if (frame?.op === 'data' && greeted.add(frame.channel).size === rooms.length) resolve();
			})
		);
		for (const [i, room] of rooms.entries()) alice.open(i + 1, room);
		await allGreeted;
		expect([refusals, pauses, relay.stats().channels]).toEqual([[], [], rooms.length]);
	});

	test('of one name are open a few times at once for each user: everyone there writes to all of them', async () => {
		const { url, refusals } = await startLimited({ roomChannelsMax: 2 });
		const [one, two] = [await openLink(url, `${ALICE}-1`), await openLink(url, `${ALICE}-2`)];
		one.open(1);
		two.open(1);
		await Promise.all([one, two].map((link) => link.hears('data')));
		two.open(2);
		const { channel, code } = await two.hears('close');
		expect([channel, code]).toEqual([2, CLOSE.tooMany]);
		expect(refusals).toEqual([`${CLOSE.tooMany} over 2 channels of a user in a room`]);
		const bob = await openLink(url, `${BOB}-1`);
		bob.open(1);
		await bob.hears('data');
		one.send({ op: 'close', channel: 1, code: 1000, reason: '' });
		await one.answered();
		two.open(3);
		await two.hears('data', (frame) => frame.channel === 3);
	});
});

test('who makes the relay work more than their share waits until they have paid, and others do not', async () => {
	let ms = 0;
	const timers = new ManualTimers();
	// By this clock whatever is done takes 10 ms.
	const { url, pauses, refusals } = await startLimited(
		{ work: { perSecond: 1, burst: 1_000 } },
		{ timers, elapsedMs: () => (ms += 10) }
	);
	const alice = openProvider(url, { session: `${ALICE}-1` });
	await whenSynced(alice);
	const reader = openProvider(url, { session: `${ALICE}-2` });
	const bob = new RawClient(url, { session: `${BOB}-1`, query: 'ack=1' });
	await bob.hears('ack');
	const doc = new Y.Doc();
	for (let i = 0; i < 400; i++) bob.sendUpdate(say(doc, BOB, `bob ${i}`));
	const heardOfBob = () => Y.getState(reader.doc.store, doc.clientID);
	await expect.poll(() => pauses).toEqual(['work']);
	say(alice.doc, ALICE, 'alice goes on');
	await whenHolds(reader.doc, ({ store }) => Y.getState(store, alice.doc.clientID) === 2);
	const before = heardOfBob();
	expect(before).toBeLessThan(800);
	await expect
		.poll(() => {
			timers.advance(1_000_000);
			return heardOfBob();
		})
		.toBeGreaterThan(before + 20);
	expect(refusals).toEqual([]);
});

test('questions for what has changed are answered no faster than a user may ask', async () => {
	const { url, advance, pauses } = await startTimed({ asks: { perSecond: 1, burst: 1 } });
	const alice = await openLink(url, `${ALICE}-1`);
	for (let i = 0; i < 2; i++) alice.send({ op: 'since', channel: 0, position: 0 });
	await alice.hears('changes');
	expect(pauses).toEqual(['asks']);
	alice.send({ op: 'ping', channel: 0 });
	const bob = await openLink(url, `${BOB}-1`);
	await bob.answered();
	expect(alice.heard.some(({ op }) => op === 'pong')).toBe(false);
	advance(1_000);
	await alice.hears('pong');
});

test('sockets over the number that a user may have are closed for now, until another closes', async () => {
	const { url, refusals, relay } = await startLimited({ socketsMax: 2 });
	const [first] = [await openLink(url, `${ALICE}-1`), await openLink(url, `${ALICE}-2`)];
	await first.answered();
	expect(await new RawLink(url, `${ALICE}-3`).closed).toBe(CLOSE.tooMany);
	expect((await new RawClient(url, { session: `${ALICE}-3` }).closed).code).toBe(CLOSE.tooMany);
	expect(refusals).toEqual(Array(2).fill(`${CLOSE.tooMany} over 2 sockets of a user`));
	await (await openLink(url, `${BOB}-1`)).answered();
	first.socket.terminate();
	await expect.poll(() => relay.stats().sockets).toBe(2);
	await (await openLink(url, `${ALICE}-3`)).answered();
});

test('a device that comes back with 10,000 entries brings them all, without a delay', async () => {
	const { url, pauses, refusals } = await startLimited({}, { elapsedMs: STANDING });
	const doc = new Y.Doc();
	const stamp = { ms: NOW, counter: 0 };
	const one = (i: number) => ({ ...entry(`entry ${i}, about as long as messages are`), stamp });
	appendEntries(
		doc,
		ALICE,
		Array.from({ length: 10_000 }, (_, i) => one(i))
	);
	const ports = headlessPorts({ token: `${ALICE}-1`, disk: createMemoryDisk(), now: Date.now });
	const link = createLink(url, ports);
	link.connect();
	openProvider(url, { session: '', SocketClass: createChannelSocketClass(link), doc });
	const bob = openProvider(url, { session: `${BOB}-1` });
	await whenHolds(bob.doc, (held) => Y.getState(held.store, doc.clientID) === 20_000);
	link.disconnect();
	expect([refusals, pauses]).toEqual([[], []]);
}, 60_000);

test('a device may name all logs of a home that is many years old, on a line of its own and in parts', async () => {
	const { url, refusals } = await startLimited({});
	const room = `home/${ALICE}`;
	const vector = new Map(Array.from({ length: 60_000 }, (_, i) => [4_000_000_000 + i, 200]));
	const step1 = encodeStep1(Y.encodeStateVector(vector));
	expect(step1.length).toBeGreaterThan(FRAME_BYTES_MAX);
	const alone = new RawClient(url, { session: `${ALICE}-1`, room });
	alone.send(step1);
	await alone.hears('step2');
	const link = await openLink(url, `${ALICE}-2`);
	link.open(1, room);
	const [part, parts] = [16_384, Math.floor(step1.length / 16_384)];
	for (let i = 0; i < parts; i++)
		link.send({ op: 'part', channel: 1, data: step1.subarray(i * part, (i + 1) * part) });
	link.send({ op: 'data', channel: 1, data: step1.subarray(parts * part) });
	const isStep2 = ({ channel, data }: { channel: number; data: Uint8Array }) =>
		channel === 1 && decodeSyncMessage(data)?.type === 'step2';
	await Promise.race([link.hears('data', isStep2), link.hears('close')]);
	expect(link.messages(1).map(({ type }) => type)).toContain('step2');
	const update = new RawClient(url, { session: `${ALICE}-3`, room });
	update.sendUpdate(new Uint8Array(FRAME_BYTES_MAX));
	expect((await update.closed).code).toBe(CLOSE.tooLarge);
	expect(refusals).toHaveLength(1);
});

test('every refusal shows in the meters, with its code and its reason', async () => {
	const { url, refusals, relay } = await startLimited({});
	const closed = async (client: RawClient) => (await client.closed).code;
	const codes = [
		await closed(new RawClient(url, { session: '' })),
		await closed(new RawClient(url, { session: `${ALICE}-1`, origin: 'https://evil.example' })),
		await closed(new RawClient(url, { session: `${ALICE}-1`, room: `home/${BOB}` })),
		await closed(new RawClient(url, { session: `${ALICE}-1`, room: 'nonsense' })),
		await closed(new RawClient(url, { session: `${ALICE}-1`, query: `user=${BOB}` }))
	];
	const send = async (bytes: Uint8Array) => {
		const client = new RawClient(url, { session: `${ALICE}-1` });
		client.send(bytes);
		codes.push(await closed(client));
	};
	await send(new Uint8Array([9]));
	await send(new Uint8Array(FRAME_BYTES_MAX + 1));
	await send(new Uint8Array(PAYLOAD_BYTES_MAX + 1));
	const link = await openLink(url, `${ALICE}-1`);
	link.socket.send(new Uint8Array([1, 99]));
	codes.push(await link.closed);
	await relay.close();
	expect(refusals.map((refusal) => Number(refusal.split(' ')[0]))).toEqual(codes);
	expect(new Set(codes)).toEqual(
		new Set([CLOSE.logIn, CLOSE.forbidden, CLOSE.noSuchRoom, CLOSE.badFrame, CLOSE.tooLarge])
	);
});
