/** What comes before it may be read: on a link before its caller is known, on a channel before its room has greeted it. */
import { expect, test } from 'vitest';
import { ALICE, keptLog, ROOM } from './relay.fixture';
import { Channel, type ChannelOptions } from './channel';
import { encodeLinkFrame } from '../src/lib/protocol/linkFrames';
import { Link, type LinkOptions } from './link';
import type { Room } from './room';

const caller = { userId: ALICE, sessionId: `${ALICE}-1` };

function openLink() {
	const opened: string[] = [];
	const steps: (() => boolean)[] = [];
	const link = new Link({
		// Of these it uses this alone.
		output: { open: () => {}, word: () => {} },
		pace: { spend: () => {}, begun: () => {}, mayBegin: true },
		turns: { goOn: (_user: string, step: () => boolean) => steps.push(step) },
		admission: { enter: async ({ roomName }: Channel) => void opened.push(roomName) },
		channelsMax: 100
	} as unknown as LinkOptions);
	const open = (channel: number) =>
		link.receive(encodeLinkFrame({ op: 'open', channel, room: `${channel}`, query: '' }));
	return { link, opened, steps, open };
}

test('a frame on a link is not read before the caller is known, and what comes then not before it', () => {
	const { link, opened, steps, open } = openLink();
	open(1);
	open(2);
	expect(opened).toEqual([]);
	link.start(caller);
	open(3);
	expect(opened).toEqual([]);
	const [step] = steps;
	while (step!());
	expect(opened).toEqual(['1', '2', '3']);
	open(4);
	expect(opened).toEqual(['1', '2', '3', '4']);
});

test('a frame on a channel is not read before its room has greeted it, and what comes then not before it', () => {
	const read: number[] = [];
	// Of a room it uses these alone.
	const room = {
		isReady: true,
		join: () => {},
		receive: (_channel: Channel, [n]: Uint8Array) => read.push(n!)
	};
	const channel = new Channel({ room: ROOM, query: '', log: keptLog() } as unknown as ChannelOptions);
	const receive = (n: number) => channel.receive(new Uint8Array([n]));
	channel.enter(room as unknown as Room, { caller, level: 'write', writesSince: 0 });
	receive(1);
	receive(2);
	expect(read).toEqual([]);
	expect(channel.readHeld()).toBe(true);
	receive(3);
	expect(read).toEqual([1]);
	expect(channel.readHeld()).toBe(true);
	expect(channel.readHeld()).toBe(false);
	receive(4);
	expect(read).toEqual([1, 2, 3, 4]);
});
