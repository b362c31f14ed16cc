import * as Y from 'yjs';
import { expect, it } from 'vitest';
import { appendEntries } from '../conversation/log';
import { createEmitter } from './emitter';
import { encodeMessageBody, encodeSystemBody } from '../domain/bodies';
import { eraseEntries } from '../conversation/erase';
import { KIND } from '../domain/entry';
import { openSegmentSync } from './segmentSync';
import { SYSTEM_USER } from '../domain/ids';
import type { RoomSync } from './roomSync';
import type { SegmentLimits } from '../domain/limits';

const [ALICE, BOB] = ['a'.repeat(16), 'b'.repeat(16)];

async function openSegment(limits?: SegmentLimits) {
	const doc = new Y.Doc();
	const room = { doc, whenLoaded: Promise.resolve(), acked: new Map(), onChange: createEmitter().on };
	// What a segment asks of its room; the rest of one is its connection.
	const segment = openSegmentSync({ n: 0, self: ALICE, room: room as unknown as RoomSync, limits });
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

it('a message that is erased still counts for the segment to be full, as it does at the relay', async () => {
	const { doc, segment } = await openSegment({ segmentMessagesMax: 2, segmentEntriesMax: 100 });
	const body = encodeMessageBody({ text: 'hello' });
	const at = (ms: number) => ({ kind: KIND.message, stamp: { ms, counter: 0 }, body });
	const erased = appendEntries(doc, ALICE, [at(1_000)]);
	eraseEntries(doc, ALICE, [{ client: doc.clientID, s: erased }]);
	expect(segment.full).toBe(false);
	appendEntries(doc, ALICE, [at(2_000)]);
	expect(segment.full).toBe(true);
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
