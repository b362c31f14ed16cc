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

/** A room with a connection that the test speaks for: `say` what becomes of it, `hear` an ack. */
async function openConnected(disk = createMemoryDisk()) {
	const handlers: Record<number, (encoder: undefined, decoder: decoding.Decoder) => void> = {};
	const listeners = new Map<string, (said: unknown) => void>();
	const provider = {
		params: {},
		wsconnected: false,
		holdsBack: () => false,
		messageHandlers: handlers,
		on: (event: string, listener: (said: unknown) => void) => void listeners.set(event, listener),
		connect() {},
		disconnect() {}
	};
	const room = openRoomSync({
		room: segmentRoom(ID, 0),
		self: ALICE,
		storage: createMemoryStorage(disk),
		local: memoryLocalStore(disk.tables),
		tabs: noTabs,
		whenOnline(start) {
			start((() => provider) as unknown as Parameters<typeof start>[0]);
			return () => {};
		},
		onRelayTime: () => {}
	});
	await room.whenLoaded;
	return {
		room,
		say(status: 'connected' | 'disconnected') {
			provider.wsconnected = status === 'connected';
			listeners.get('status')!({ status });
		},
		/** The relay has so much of one's log; `own`: how many of the logs it tells of are this user's. */
		hear(vector: ReadonlyMap<number, number>, own: number) {
			const decoder = decoding.createDecoder(encodeAck({ full: true, relayTimeMs: 1, vector, own }));
			decoding.readVarUint(decoder);
			handlers[MESSAGE_ACK]!(undefined, decoder);
		}
	};
}

const entry = { kind: 1, stamp: { ms: 1, counter: 0 }, body: new Uint8Array([0, 126]) };

it("a log of one's own that is another's at the relay counts as refused, until nothing in it has still to leave", async () => {
	const { room, hear } = await openConnected();
	const { clientID: client } = room.doc;
	appendEntries(room.doc, ALICE, [entry]);
	room.connect();
	const vector = () => new Map([[client, 2]]);
	hear(vector(), 1);
	expect([room.status.at, coversEntry(room.acked, client, 0)]).toEqual(['local', true]);
	hear(vector(), 0);
	expect(room.status).toEqual({ at: 'refused', code: CLOSE.logTaken, reason: '' });
	expect(coversEntry(room.acked, client, 0)).toBe(false);
	eraseEntries(room.doc, ALICE, [{ client, s: 0 }]);
	room.connect();
	hear(vector(), 0);
	expect(room.status.at).toBe('connecting');
});

it('what was written since the page began may have left once a connection was open, and not before', async () => {
	const { room, say } = await openConnected();
	const { clientID: client } = room.doc;
	room.connect();
	appendEntries(room.doc, ALICE, [entry]);
	expect(room.mayHaveLeft({ client, s: 0 })).toBe(false);
	say('connected');
	appendEntries(room.doc, ALICE, [entry]);
	say('disconnected');
	appendEntries(room.doc, ALICE, [entry]);
	expect([0, 1, 2].map((s) => room.mayHaveLeft({ client, s }))).toEqual([true, true, false]);
});

it('what was written before the page began may have left: an earlier page may have had a connection', async () => {
	const disk = createMemoryDisk();
	const before = new Y.Doc();
	appendEntries(before, ALICE, [entry]);
	disk.docs.set(segmentRoom(ID, 0), [Y.encodeStateAsUpdate(before)]);
	const { room } = await openConnected(disk);
	expect(room.mayHaveLeft({ client: before.clientID, s: 0 })).toBe(true);
});
