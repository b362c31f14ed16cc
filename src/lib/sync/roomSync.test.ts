import * as Y from 'yjs';
import * as decoding from 'lib0/decoding';
import { expect, it } from 'vitest';
import { ALICE, BOB } from '../domain/entries.fixture';
import { appendEntries } from '../conversation/log';
import { CLOSE } from '../protocol/closeCodes';
import { coversEntry } from '../domain/versionVector';
import { encodeAck, MESSAGE_ACK } from '../protocol/ack';
import { eraseEntries } from '../conversation/erase';
import { createMemoryDisk, createMemoryStorage, memoryLocalStore } from './memoryStorage';
import { infoRoom, segmentRoom } from '../protocol/rooms';
import { noTabs } from './tabs';
import { openRoomSync } from './roomSync';

const ID = `d-${ALICE}-${BOB}`;

it.each([
	['segment', segmentRoom(ID, 0)],
	['document of the server', infoRoom(ID)]
])('a %s whose acks cannot be read loads without them', async (_what, name) => {
	const disk = createMemoryDisk();
	const doc = new Y.Doc();
	doc.getArray('x').push(['kept']);
	disk.docs.set(name, [Y.encodeStateAsUpdate(doc)]);
	const room = openRoomSync({
		room: name,
		storage: createMemoryStorage(disk),
		local: {
			...memoryLocalStore(disk.tables),
			get: () => Promise.reject(new DOMException('the transaction was aborted', 'AbortError'))
		},
		tabs: noTabs,
		whenOnline: () => () => {},
		onRelayTime: () => {}
	});
	await room.whenLoaded;
	expect(room.status.at).toBe('local');
	expect(room.doc.getArray('x').toArray()).toEqual(['kept']);
	expect(room.complete).toBe(false);
});

it("a log of one's own that is another's at the relay counts as refused, until nothing in it has still to leave", async () => {
	const handlers: Record<number, (encoder: undefined, decoder: decoding.Decoder) => void> = {};
	const provider = {
		params: {},
		messageHandlers: handlers,
		on() {},
		connect() {},
		disconnect() {}
	};
	const room = openRoomSync({
		room: segmentRoom(ID, 0),
		self: ALICE,
		storage: createMemoryStorage(createMemoryDisk()),
		local: memoryLocalStore(createMemoryDisk().tables),
		tabs: noTabs,
		whenOnline(start) {
			start((() => provider) as unknown as Parameters<typeof start>[0]);
			return () => {};
		},
		onRelayTime: () => {}
	});
	await room.whenLoaded;
	const { clientID: client } = room.doc;
	const entry = { kind: 1, stamp: { ms: 1, counter: 0 }, body: new Uint8Array([0, 126]) };
	appendEntries(room.doc, ALICE, [entry]);
	room.connect();
	const hear = (own: number) => {
		const vector = new Map([[client, 2]]);
		const decoder = decoding.createDecoder(encodeAck({ full: true, relayTimeMs: 1, vector, own }));
		decoding.readVarUint(decoder);
		handlers[MESSAGE_ACK]!(undefined, decoder);
	};
	hear(1);
	expect([room.status.at, coversEntry(room.acked, client, 0)]).toEqual(['local', true]);
	hear(0);
	expect(room.status).toEqual({ at: 'refused', code: CLOSE.logTaken, reason: '' });
	expect(coversEntry(room.acked, client, 0)).toBe(false);
	eraseEntries(room.doc, ALICE, [{ client, s: 0 }]);
	room.connect();
	hear(0);
	expect(room.status.at).toBe('connecting');
});
