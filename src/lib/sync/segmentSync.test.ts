import * as Y from 'yjs';
import { expect, it } from 'vitest';
import { appendEntries } from '../conversation/log';
import { createEmitter } from './emitter';
import { encodeMessageBody, encodeSystemBody } from '../domain/bodies';
import { KIND } from '../domain/entry';
import { openSegmentSync } from './segmentSync';
import { SYSTEM_USER } from '../domain/ids';
import type { RoomSync } from './roomSync';

const [ALICE, BOB] = ['a'.repeat(16), 'b'.repeat(16)];

async function openSegment() {
	const doc = new Y.Doc();
	const room = { doc, whenLoaded: Promise.resolve(), acked: new Map(), onChange: createEmitter().on };
	// What a segment asks of its room; the rest of one is its connection.
	const segment = openSegmentSync({ n: 0, self: ALICE, room: room as unknown as RoomSync });
	await segment.whenLoaded;
	return { doc, segment };
}

function write(author: string, kind: number, body: Uint8Array): Y.Doc {
	const doc = new Y.Doc();
	appendEntries(doc, author, [{ kind, stamp: { ms: 1_000, counter: 0 }, body }]);
	return doc;
}

it('a seal says nothing before all that it names is here', async () => {
	const { doc, segment } = await openSegment();
	const message = write(BOB, KIND.message, encodeMessageBody({ text: 'hello' }));
	const vector = new Map([[message.clientID, 2]]);
	const seal = write(SYSTEM_USER, KIND.system, encodeSystemBody({ key: 'seal/0', event: 'seal', vector }));
	Y.applyUpdate(doc, Y.encodeStateAsUpdate(seal));
	expect(segment.seal).toBeUndefined();
	Y.applyUpdate(doc, Y.encodeStateAsUpdate(message));
	expect(segment.seal).toEqual(vector);
});

it('a segment that is let go of while it is read says nothing more', async () => {
	const doc = write(BOB, KIND.message, encodeMessageBody({ text: 'hello' }));
	let read = () => {};
	const room = {
		doc,
		whenLoaded: new Promise<void>((resolve) => (read = resolve)),
		acked: new Map(),
		onChange: createEmitter().on,
		close: () => Promise.resolve()
	};
	const segment = openSegmentSync({ n: 0, self: ALICE, room: room as unknown as RoomSync });
	const said: unknown[] = [];
	segment.onEntries((entries) => said.push(entries));
	await segment.close();
	read();
	await segment.whenLoaded;
	expect([said, segment.loaded]).toEqual([[], false]);
});
