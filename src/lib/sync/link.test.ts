import { describe, expect, it, vi } from 'vitest';
import { createFakeTime, FakeSocket } from './fakeSocket.fixture';
import { createLink, type Wire } from './link';
import type { Line } from './line';
import * as wire from './wire';
import { LINK_PING_MS, LINK_SILENCE_MAX_MS } from '../protocol/linkFrames';

type LoadWire = () => Wire | Promise<Wire>;

function setup(loadWire: LoadWire = () => wire) {
	const time = createFakeTime();
	const sockets: FakeSocket[] = [];
	const ports = {
		now: time.now,
		timers: time.timers,
		randomBytes: (length: number) => new Uint8Array(length).fill(255),
		openSocket: (url: string) => {
			const socket = new FakeSocket(url);
			sockets.push(socket);
			return socket;
		}
	};
	const link = createLink('ws://relay.test/sync', ports, loadWire);
	const last = () => sockets.at(-1)!;
	/** The line of the new connection. */
	const online = (): Line => {
		link.connect();
		last().accept();
		let opened: Line | undefined;
		link.whenOnline((line) => (opened = line));
		return opened!;
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
		const { last, online } = setup();
		const line = online();
		const quiet = channel();
		line.openChannel('info/x', '', quiet);
		last().say({ op: 'pong', channel: 0 });
		expect(quiet.onAlive).toHaveBeenCalledOnce();
	});

	it('ends all channels with the connection', () => {
		const { last, online } = setup();
		const line = online();
		const open = channel();
		line.openChannel('info/x', 'ack=1', open);
		expect(last().sent).toContainEqual({ op: 'open', channel: 1, room: 'info/x', query: 'ack=1' });
		last().end(1006);
		expect(open.onFrame).toHaveBeenCalledWith({ op: 'close', channel: 1, code: 1006, reason: '' });
	});

	it('ignores what an old connection still says', () => {
		const { last, online, time } = setup();
		const line = online();
		const old = last();
		const room = channel();
		line.openChannel('info/x', '', room);
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
		const { last, online } = setup();
		const line = online();
		const [whole, half] = [channel(), channel()];
		line.openChannel('info/x', '', whole);
		line.openChannel('info/y', '', half);
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
		const line = online();
		link.setFirst((room) => room === 'info/x');
		line.openChannel('info/x', '', channel());
		line.openChannel('info/y', '', channel());
		const ranks = () => last().sent.filter(({ op }) => op === 'rank');
		expect(ranks()).toEqual([{ op: 'rank', channel: 1, isFirst: true }]);
		link.setFirst((room) => room === 'info/y');
		expect(ranks().slice(1)).toEqual([
			{ op: 'rank', channel: 1, isFirst: false },
			{ op: 'rank', channel: 2, isFirst: true }
		]);
		last().end(1006);
		online().openChannel('info/y', '', channel());
		expect(ranks()).toEqual([{ op: 'rank', channel: 1, isFirst: true }]);
	});

	describe('whose code is still to be loaded', () => {
		/** Each time it is loaded, the test says what becomes of that. */
		function setupLoading() {
			const loads: { come(): void; fail(): void }[] = [];
			const setUp = setup(
				() =>
					new Promise((come, fail) =>
						loads.push({ come: () => come(wire), fail: () => fail(new Error('not here')) })
					)
			);
			return { ...setUp, loads };
		}
		const settled = () => new Promise(setImmediate);

		it('loads it when it is first told to connect, and connecting it is meanwhile', async () => {
			const { link, loads, sockets, last } = setupLoading();
			expect(loads).toHaveLength(0);
			link.connect();
			expect(link.status).toBe('connecting');
			expect(sockets).toHaveLength(0);
			loads[0]!.come();
			await settled();
			last().accept();
			expect(link.status).toBe('online');
			last().end(1006);
			link.connect();
			expect(sockets).toHaveLength(2);
			expect(loads).toHaveLength(1);
		});

		it('tries again when it cannot be loaded', async () => {
			const { link, loads, sockets, time } = setupLoading();
			link.connect();
			loads[0]!.fail();
			await settled();
			expect(link.status).toBe('offline');
			time.advance(250);
			loads[1]!.come();
			await settled();
			expect(sockets).toHaveLength(1);
		});

		it('opens nothing when it was told to disconnect meanwhile', async () => {
			const { link, loads, sockets } = setupLoading();
			link.connect();
			link.disconnect();
			loads[0]!.come();
			await settled();
			expect(sockets).toHaveLength(0);
			expect(link.status).toBe('offline');
		});

		it('opens one socket though it is told twice to connect while that is loaded', async () => {
			const { link, loads, sockets } = setupLoading();
			link.connect();
			link.connect();
			for (const load of loads) load.come();
			await settled();
			expect(sockets).toHaveLength(1);
		});
	});
});
