import * as Y from 'yjs';
import { expect, it } from 'vitest';
import { ALICE, BOB } from '../domain/entries.fixture';
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
