/** What the meters hear of each frame: so that whoever looks sees which one kept the relay busy. */
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { ALICE } from './relay.fixture';
import { CLOSE } from '../src/lib/protocol/closeCodes';
import { encodeStep1, encodeUpdate } from './syncMessages';
import { RawClient } from './rawClient.fixture';
import { say } from './writing.fixture';
import { startLimited } from './limited.fixture';

test('a frame is told with its kind, its size and the time that it took, taken or refused', async () => {
	let ms = 0;
	const { url, frames } = await startLimited({}, { elapsedMs: () => (ms += 10) });
	const alice = new RawClient(url, { session: `${ALICE}-1`, query: 'ack=1' });
	await alice.hears('ack');
	const step1 = encodeStep1(Y.encodeStateVector(new Y.Doc()));
	const update = encodeUpdate(say(new Y.Doc(), ALICE, 'taken'));
	const refused = encodeUpdate(new Uint8Array([200]));
	const nothing = new Uint8Array([9]);
	for (const frame of [step1, update, refused]) alice.send(frame);
	expect((await alice.closed).code).toBe(CLOSE.badFrame);
	const again = new RawClient(url, { session: `${ALICE}-1` });
	again.send(nothing);
	expect((await again.closed).code).toBe(CLOSE.badFrame);
	expect(frames.map(({ kind, bytes }) => [kind, bytes])).toEqual([
		['step1', step1.length],
		['update', update.length],
		['update', refused.length],
		['none', nothing.length]
	]);
	for (const { seconds } of frames) expect(seconds).toBeGreaterThanOrEqual(0.01);
});
