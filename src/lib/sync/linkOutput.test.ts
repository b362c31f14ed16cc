import { expect, it } from 'vitest';
import { createFakeTime, FakeSocket } from './fakeSocket.fixture';
import { createLinkOutput } from './linkOutput';
import { PartAssembly } from '../protocol/partAssembly';
import { SLICE_BYTES } from '../protocol/fairQueue';

const LARGE = new Uint8Array(5 * SLICE_BYTES).map((_, i) => i);
const SMALL = new Uint8Array([1, 2, 3]);

/** A socket that passes nothing on until the test lets it. */
function setup() {
	const time = createFakeTime();
	const socket = new FakeSocket('ws://relay.test/sync');
	socket.accept();
	const send = socket.send.bind(socket);
	socket.send = (data) => {
		socket.bufferedAmount += data.length;
		send(data);
	};
	const output = createLinkOutput(socket, time.timers);
	const passOn = () => {
		socket.bufferedAmount = 0;
		time.advance(1_000);
	};
	const sent = () => socket.sent.map(({ op, channel }) => `${op} ${channel}`);
	return { socket, output, passOn, sent };
}

it('sends a small message at once', () => {
	const { output, sent } = setup();
	output.data(1, SMALL);
	expect(sent()).toEqual(['data 1']);
});

it('sends a large message in parts that say the same together', () => {
	const { socket, output, passOn } = setup();
	output.data(1, LARGE);
	for (let i = 0; i < 10; i++) passOn();
	const parts = new PartAssembly({ messageBytesMax: Infinity, bytesMax: Infinity });
	const whole = socket.sent.flatMap((frame) => {
		if (frame.op === 'part') parts.add(frame.channel, frame.data);
		return frame.op === 'data' ? [parts.finish(frame.channel, frame.data)] : [];
	});
	expect(whole).toEqual([LARGE]);
});

it('gives the socket no more than a little, so that what is written now overtakes what is large', () => {
	const { socket, output, passOn, sent } = setup();
	output.data(1, LARGE);
	expect(socket.bufferedAmount).toBeLessThan(4 * SLICE_BYTES);
	const before = sent().length;
	output.data(2, SMALL);
	passOn();
	expect(sent().slice(before, before + 2)).toContain('data 2');
	expect(sent().filter((frame) => frame === 'data 1')).toEqual([]);
});

it('sends words of the link before all that waits', () => {
	const { output, sent } = setup();
	output.data(1, LARGE);
	output.word({ op: 'ping', channel: 0 });
	expect(sent().at(-1)).toBe('ping 0');
});

it('sends channels of the first rank first, and tells the relay which they are', () => {
	const { output, passOn, sent } = setup();
	output.data(1, LARGE);
	output.rank(2, true);
	output.data(2, LARGE);
	const before = sent().length;
	for (let i = 0; i < 10; i++) passOn();
	expect(sent()).toContain('rank 2');
	expect(sent().slice(before, before + 5)).toEqual([...Array(4).fill('part 2'), 'data 2']);
});

it('has no more messages on their way in parts than the relay puts together', () => {
	const { output, passOn, sent } = setup();
	for (let channel = 1; channel <= 8; channel++) output.data(channel, LARGE);
	const begun = new Set<string>();
	for (let i = 0; i < 60; i++) {
		passOn();
		begun.clear();
		for (const frame of sent()) {
			const [op, channel] = frame.split(' ');
			if (op === 'part') begun.add(channel!);
			else begun.delete(channel!);
		}
		expect(begun.size).toBeLessThanOrEqual(4);
	}
	expect(sent().filter((frame) => frame.startsWith('data'))).toHaveLength(8);
});

it('sends nothing more of a channel that is closed', () => {
	const { output, passOn, sent } = setup();
	output.data(1, LARGE);
	output.close(1);
	const before = sent();
	for (let i = 0; i < 10; i++) passOn();
	expect(sent()).toEqual(before);
});
