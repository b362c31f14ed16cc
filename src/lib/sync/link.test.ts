import { describe, expect, it, vi } from 'vitest';
import { createFakeTime, FakeSocket } from './fakeSocket.fixture';
import { createLink } from './link';
import { LINK_PING_MS, LINK_SILENCE_MAX_MS } from '../protocol/linkFrames';

function setup() {
	const time = createFakeTime();
	const sockets: FakeSocket[] = [];
	const link = createLink('ws://relay.test/sync', {
		now: time.now,
		timers: time.timers,
		randomBytes: (length) => new Uint8Array(length).fill(255),
		openSocket: (url) => {
			const socket = new FakeSocket(url);
			sockets.push(socket);
			return socket;
		}
	});
	const last = () => sockets.at(-1)!;
	const online = () => {
		link.connect();
		last().accept();
	};
	return { time, sockets, link, last, online };
}

const channel = () => ({ onFrame: vi.fn(), onAlive: vi.fn() });

describe('a link', () => {
	it('does nothing before it is told to connect', () => {
		const { link, sockets } = setup();
		expect(sockets).toHaveLength(0);
		expect(link.status).toBe('offline');
	});

	it('comes back by itself, with growing pauses, and says offline meanwhile', () => {
		const { link, last, sockets, time, online } = setup();
		online();
		last().say({ op: 'pong', channel: 0 });
		last().end(1006);
		expect(link.status).toBe('offline');
		time.advance(250);
		expect(sockets).toHaveLength(2);
		last().end(1006);
		time.advance(250);
		expect(sockets).toHaveLength(2);
		time.advance(250);
		expect(sockets).toHaveLength(3);
		expect(link.status).toBe('offline');
		last().accept();
		expect(link.status).toBe('online');
	});

	it('stops at a permanent close code and says that the session has ended', () => {
		const { link, last, sockets, time, online } = setup();
		online();
		last().end(4401);
		expect(link.signedOut).toBe(true);
		time.advance(60_000);
		expect(sockets).toHaveLength(1);
		link.connect();
		expect(sockets).toHaveLength(2);
	});

	it('backs off from a relay that accepts and closes at once', () => {
		const { last, sockets, time, online } = setup();
		online();
		last().end(4501);
		time.advance(250);
		last().accept();
		last().end(4501);
		time.advance(250);
		expect(sockets).toHaveLength(2);
	});

	it('gives up a line that answers no ping', () => {
		const { link, last, time, online } = setup();
		online();
		const silent = last();
		time.advance(LINK_PING_MS);
		expect(silent.sent).toContainEqual({ op: 'ping', channel: 0 });
		time.advance(LINK_SILENCE_MAX_MS);
		expect(silent.closedByDevice).toBe(true);
		expect(link.status).toBe('offline');
	});

	it('tells every channel that a ping came back, so that a quiet room is not called dead', () => {
		const { link, last, online } = setup();
		online();
		const quiet = channel();
		link.openChannel('info/x', '', quiet);
		last().say({ op: 'pong', channel: 0 });
		expect(quiet.onAlive).toHaveBeenCalledOnce();
	});

	it('ends all channels with the connection', () => {
		const { link, last, online } = setup();
		online();
		const open = channel();
		link.openChannel('info/x', 'ack=1', open);
		expect(last().sent).toContainEqual({ op: 'open', channel: 1, room: 'info/x', query: 'ack=1' });
		last().end(1006);
		expect(open.onFrame).toHaveBeenCalledWith({ op: 'close', channel: 1, code: 1006, reason: '' });
	});

	it('ignores what an old connection still says', () => {
		const { link, last, online, time } = setup();
		online();
		const old = last();
		const room = channel();
		link.openChannel('info/x', '', room);
		old.end(1006);
		room.onFrame.mockClear();
		time.advance(1_000);
		old.say({ op: 'data', channel: 1, data: new Uint8Array([1]) });
		expect(room.onFrame).not.toHaveBeenCalled();
	});

	it('stays offline after disconnect until it is told to connect', () => {
		const { link, sockets, time, online } = setup();
		online();
		link.disconnect();
		time.advance(60_000);
		expect(sockets).toHaveLength(1);
		expect(link.status).toBe('offline');
	});

	it('puts a message together that comes in parts, and forgets a half one with its channel', () => {
		const { link, last, online } = setup();
		online();
		const [whole, half] = [channel(), channel()];
		link.openChannel('info/x', '', whole);
		link.openChannel('info/y', '', half);
		const part = new Uint8Array(2_000).fill(7);
		for (const id of [1, 2]) last().say({ op: 'part', channel: id, data: part });
		last().say({ op: 'close', channel: 2, code: 4403, reason: '' });
		last().say({ op: 'data', channel: 1, data: new Uint8Array([8]) });
		expect(whole.onFrame).toHaveBeenCalledExactlyOnceWith({
			op: 'data',
			channel: 1,
			data: new Uint8Array([...part, 8])
		});
		expect(half.onFrame).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ op: 'close' }));
	});

	it('tells the relay whose messages go first, when a channel opens and whenever that changes', () => {
		const { link, last, online } = setup();
		online();
		link.setFirst((room) => room === 'info/x');
		link.openChannel('info/x', '', channel());
		link.openChannel('info/y', '', channel());
		const ranks = () => last().sent.filter(({ op }) => op === 'rank');
		expect(ranks()).toEqual([{ op: 'rank', channel: 1, isFirst: true }]);
		link.setFirst((room) => room === 'info/y');
		expect(ranks().slice(1)).toEqual([
			{ op: 'rank', channel: 1, isFirst: false },
			{ op: 'rank', channel: 2, isFirst: true }
		]);
		last().end(1006);
		online();
		link.openChannel('info/y', '', channel());
		expect(ranks()).toEqual([{ op: 'rank', channel: 1, isFirst: true }]);
	});
});
