import * as ws from 'ws';
import type { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { decodeLinkFrame } from '../src/lib/protocol/linkFrames';
import { Outgoing } from './outgoing';

/** The messages in the bytes, as another WebSocket implementation reads them. */
function read(frames: readonly Buffer[]): Uint8Array[] {
	const messages: Uint8Array[] = [];
	// ws exports it, and its types do not say so.
	const { Receiver } = ws as unknown as { Receiver: new (options: object) => Writable };
	const receiver = new Receiver({ allowSynchronousEvents: true });
	receiver.on('message', (data: Buffer) => messages.push(new Uint8Array(data)));
	for (const frame of frames) receiver.write(frame);
	return messages;
}

const filled = (length: number) => new Uint8Array(length).map((_, i) => i);

test.each([0, 1, 124, 125, 126, 16_384, 16_385, 65_535, 65_536, 300_000])(
	'a message of %d bytes is framed on its socket and on links',
	(length) => {
		const bytes = filled(length);
		const message = new Outgoing(bytes);
		const same = (other: Uint8Array | undefined) => Buffer.compare(other!, bytes) === 0;
		expect(read(message.onSocket).map(same)).toEqual([true]);
		for (const channel of [1, 127, 128, 2_097_152]) {
			const [frame] = read(message.onChannel(channel));
			const decoded = decodeLinkFrame(frame!);
			expect(decoded).toMatchObject({ op: 'data', channel });
			expect(decoded?.op === 'data' && same(decoded.data)).toBe(true);
		}
	}
);

test('all receivers get the same bytes, made once', () => {
	const message = new Outgoing(filled(100));
	expect(message.onSocket).toBe(message.onSocket);
	expect(message.onChannel(7)).toBe(message.onChannel(7));
});

test('a piece of it is a part, the last one data', () => {
	const message = new Outgoing(filled(20_000));
	const [part] = read(message.partOnChannel(3, { from: 0, to: 16_384, isLast: false }));
	const [last] = read(message.partOnChannel(3, { from: 16_384, to: 20_000, isLast: true }));
	expect(decodeLinkFrame(part!)).toEqual({
		op: 'part',
		channel: 3,
		data: filled(20_000).subarray(0, 16_384)
	});
	expect(decodeLinkFrame(last!)).toEqual({ op: 'data', channel: 3, data: filled(20_000).subarray(16_384) });
});
