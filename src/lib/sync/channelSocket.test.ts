import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { expect, it, vi } from 'vitest';
import { appendEntries } from '../conversation/log';
import { createChannelSocketClass } from './channelSocket';
import { createFakeTime, FakeSocket } from './fakeSocket.fixture';
import { createLink } from './link';
import { encodeMessageBody } from '../domain/bodies';
import { KIND } from '../domain/entry';
import * as wire from './wire';

const [ACK, UPDATE, STEP_TWO] = ['ack', 'update', 'step two'];

/** A channel that is open, and the kinds of the messages that it has handed on. */
function openChannel() {
	const time = createFakeTime();
	const socket = new FakeSocket('ws://relay.test/sync');
	const ports = {
		now: time.now,
		timers: time.timers,
		randomBytes: (length: number) => new Uint8Array(length),
		openSocket: () => socket
	};
	const link = createLink('ws://relay.test/sync', ports, () => wire);
	link.connect();
	socket.accept();
	const ChannelSocket = createChannelSocketClass(link);
	const channel = new ChannelSocket('ws://relay.test/sync/c/1/0?ack=1');
	const handed: string[] = [];
	channel.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
		const [type, kind] = new Uint8Array(data);
		handed.push(type === 100 ? ACK : kind === 2 ? UPDATE : STEP_TWO);
	};
	return { time, link, socket, channel, handed };
}

type Opened = ReturnType<typeof openChannel>;

/** All of a long time offline. */
function longMessage(): Uint8Array {
	const doc = new Y.Doc();
	const body = encodeMessageBody({ text: 'written while you were away' });
	const entries = Array.from({ length: 2_000 }, () => ({
		kind: KIND.message,
		stamp: { ms: 1, counter: 0 },
		body
	}));
	appendEntries(doc, 'a'.repeat(16), entries);
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, 0);
	encoding.writeVarUint(encoder, 1);
	encoding.writeVarUint8Array(encoder, Y.encodeStateAsUpdate(doc));
	return encoding.toUint8Array(encoder);
}

it('what is much at once is handed on in slices, a turn each, and what comes behind it waits', async () => {
	const { time, socket, handed } = openChannel();
	await Promise.resolve();
	socket.say({ op: 'opened', channel: 1 });
	socket.say({ op: 'data', channel: 1, data: longMessage() });
	socket.say({ op: 'data', channel: 1, data: Uint8Array.of(100, 0) });
	expect(handed).toEqual([UPDATE]);
	time.advance(0);
	expect(handed.length).toBeGreaterThan(3);
	expect(handed).toEqual([...handed.slice(2).map(() => UPDATE), STEP_TWO, ACK]);
});

it('what is little is handed on at once, however much of it comes', async () => {
	const { socket, handed } = openChannel();
	await Promise.resolve();
	socket.say({ op: 'opened', channel: 1 });
	for (let i = 0; i < 100; i++) socket.say({ op: 'data', channel: 1, data: Uint8Array.of(100, 0) });
	expect(handed).toHaveLength(100);
});

it('of a channel that has closed nothing more is handed on', async () => {
	const { time, socket, channel, handed } = openChannel();
	await Promise.resolve();
	socket.say({ op: 'opened', channel: 1 });
	socket.say({ op: 'data', channel: 1, data: longMessage() });
	channel.close();
	time.advance(1_000);
	expect(handed).toEqual([UPDATE]);
});

it('while something that came waits to be handed on, its line is behind', async () => {
	const { time, link, socket } = openChannel();
	await Promise.resolve();
	socket.say({ op: 'opened', channel: 1 });
	expect(link.isBehind).toBe(false);
	socket.say({ op: 'data', channel: 1, data: longMessage() });
	expect(link.isBehind).toBe(true);
	time.advance(0);
	expect(link.isBehind).toBe(false);
});

it.each([
	['this device', ({ channel }: Opened) => channel.close()],
	['the relay', ({ socket }: Opened) => socket.say({ op: 'close', channel: 1, code: 4500, reason: '' })]
])(
	'a line stays behind when %s closes a channel that has not handed on all, and says so',
	async (_who, close) => {
		const opened = openChannel();
		const { time, link, socket } = opened;
		const dropped = vi.fn();
		link.onDropped(dropped);
		await Promise.resolve();
		socket.say({ op: 'opened', channel: 1 });
		socket.say({ op: 'data', channel: 1, data: longMessage() });
		close(opened);
		expect(dropped).toHaveBeenCalledOnce();
		time.advance(1_000);
		expect(link.isBehind).toBe(true);
	}
);

it('a channel that has handed on all drops nothing when it closes', async () => {
	const { time, link, socket, channel } = openChannel();
	const dropped = vi.fn();
	link.onDropped(dropped);
	await Promise.resolve();
	socket.say({ op: 'opened', channel: 1 });
	socket.say({ op: 'data', channel: 1, data: longMessage() });
	time.advance(0);
	channel.close();
	expect(dropped).not.toHaveBeenCalled();
	expect(link.isBehind).toBe(false);
});
