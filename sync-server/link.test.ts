import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import {
	ALICE,
	BOB,
	EVE,
	openProvider,
	ROOM,
	startRelay,
	whenClosed,
	whenHolds,
	whenSynced
} from './relay.fixture';
import { CLOSE } from '../src/lib/protocol/closeCodes';
import { createChannelSocketClass } from '../src/lib/sync/channelSocket';
import { createLink } from '../src/lib/sync/link';
import { createMemoryDisk } from '../src/lib/sync/memoryStorage';
import { decodeLinkFrame, encodeLinkFrame, type LinkFrame } from '../src/lib/protocol/linkFrames';
import { FRAME_BYTES_MAX } from '../src/lib/domain/limits';
import { headlessPorts } from '../src/lib/sync/headlessDevice';
import { holdsTexts, say } from './writing.fixture';

function openLink(url: string, session: string) {
	const link = createLink(url, headlessPorts({ token: session, disk: createMemoryDisk(), now: Date.now }));
	onTestFinished(() => link.disconnect());
	link.connect();
	return { session, SocketClass: createChannelSocketClass(link) };
}

test('300 stock providers on one socket sync, and meet a provider on a socket of its own', async () => {
	const peers = Array.from({ length: 300 }, (_, n) => (n === 123 ? BOB : `c${String(n).padStart(15, '0')}`));
	const rooms = peers.map((peer) => `c/d-${ALICE}-${peer}/0`);
	const { url, relay } = await startRelay();
	const link = openLink(url, `${ALICE}-1`);
	const providers = rooms.map((room) => openProvider(url, { ...link, room }));
	await Promise.all(providers.map(whenSynced));
	expect(relay.stats()).toMatchObject({ rooms: 300, sockets: 1, links: 1, channels: 300 });
	const bob = openProvider(url, { session: `${BOB}-1`, room: rooms[123] });
	await whenSynced(bob);
	say(providers[123]!.doc, ALICE, 'through the link');
	say(bob.doc, BOB, 'from a socket');
	const both = holdsTexts('from a socket', 'through the link');
	await Promise.all([whenHolds(bob.doc, both), whenHolds(providers[123]!.doc, both)]);
});

test('a refused channel closes alone', async () => {
	const { url } = await startRelay();
	const link = openLink(url, `${EVE}-1`);
	const own = openProvider(url, { ...link, room: `home/${EVE}` });
	expect(await whenClosed(openProvider(url, { ...link, room: ROOM }))).toBe(CLOSE.forbidden);
	expect(await whenClosed(openProvider(url, { ...link, room: 'c/nonsense/0' }))).toBe(CLOSE.noSuchRoom);
	await whenSynced(own);
});

describe('link frames', () => {
	/** A link that says what the test tells it to. */
	async function rawLink(session: string) {
		const { url, relay } = await startRelay();
		const socket = new WebSocket(url, {
			headers: session ? { authorization: `Bearer ${session}` } : undefined
		});
		onTestFinished(() => socket.terminate());
		const heard: LinkFrame[] = [];
		let look = () => {};
		socket.on('message', (data: Buffer) => {
			heard.push(decodeLinkFrame(new Uint8Array(data))!);
			look();
		});
		const closed = new Promise<number>((resolve) => socket.on('close', resolve));
		const hears = (matches: (frame: LinkFrame) => boolean) =>
			new Promise<void>((resolve) => {
				look = () => {
					if (heard.some(matches)) resolve();
				};
				look();
			});
		await new Promise((resolve) => socket.once('open', resolve));
		return { relay, socket, closed, hears, send: (frame: LinkFrame) => socket.send(encodeLinkFrame(frame)) };
	}
	const open = (channel: number, room = ROOM): LinkFrame => ({ op: 'open', channel, room, query: 'ack=1' });

	test('a ping is answered at once', async () => {
		const { send, hears } = await rawLink(`${ALICE}-1`);
		send({ op: 'ping', channel: 0 });
		await hears(({ op }) => op === 'pong');
	});

	test('a link without a session is closed', async () => {
		expect(await (await rawLink('')).closed).toBe(CLOSE.logIn);
	});

	test('bytes that are no link frame end the link', async () => {
		const { socket, closed } = await rawLink(`${ALICE}-1`);
		socket.send(new Uint8Array([1, 99]));
		expect(await closed).toBe(CLOSE.badFrame);
	});

	test('a channel number that is in use ends the link', async () => {
		const { send, closed } = await rawLink(`${ALICE}-1`);
		send(open(1));
		send(open(1));
		expect(await closed).toBe(CLOSE.badFrame);
	});

	test('a message over the limit closes its channel alone', async () => {
		const { send, hears } = await rawLink(`${ALICE}-1`);
		send(open(1));
		send({ op: 'data', channel: 1, data: new Uint8Array(FRAME_BYTES_MAX + 1) });
		await hears((frame) => frame.op === 'close' && frame.channel === 1 && frame.code === CLOSE.tooLarge);
		send({ op: 'data', channel: 1, data: new Uint8Array([3]) });
		send(open(2));
		await hears((frame) => frame.op === 'data' && frame.channel === 2);
	});

	test('a removed member hears it on the channel, a logged out one on the link', async () => {
		const { relay, send, hears, closed } = await rawLink(`${ALICE}-1`);
		send(open(1));
		send(open(2, `home/${ALICE}`));
		await hears((frame) => frame.op === 'data' && frame.channel === 1);
		relay.dropMember(`d-${ALICE}-${BOB}`, ALICE);
		await hears((frame) => frame.op === 'close' && frame.channel === 1 && frame.code === CLOSE.forbidden);
		relay.dropSession(`${ALICE}-1`);
		expect(await closed).toBe(CLOSE.logIn);
	});
});
