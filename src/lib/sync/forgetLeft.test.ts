import * as Y from 'yjs';
import { expect, it, vi } from 'vitest';
import { ALICE, BOB } from '../domain/entries.fixture';
import { appendEntries } from '../conversation/log';
import { createMemoryDisk, createMemoryStorage, memoryLocalStore } from './memoryStorage';
import { encodeMessageBody } from '../domain/bodies';
import { forgetLeft } from './forgetLeft';
import { infoRoom, segmentRoom } from '../protocol/rooms';
import { KIND } from '../domain/entry';
import { noTabs } from './tabs';
import { openRoomSync } from './roomSync';
import type { ConversationId } from '../domain/ids';
import type { DeviceStorage, DocPersistence } from './ports';

const [LEFT, OTHER] = [
	'018f0000-0000-7000-8000-000000000001',
	'018f0000-0000-7000-8000-000000000002'
] as const;

/** What somebody has written, and how much of it the relay has. */
function segmentOf(author: string, taken: number) {
	const doc = new Y.Doc();
	const stamp = { ms: 1, counter: 0 };
	appendEntries(doc, author, [{ kind: KIND.message, stamp, body: encodeMessageBody({ text: 'hello' }) }]);
	return { update: Y.encodeStateAsUpdate(doc), acks: [[doc.clientID, taken]] };
}

async function setup() {
	const disk = createMemoryDisk();
	const local = memoryLocalStore(disk.tables);
	const storage = createMemoryStorage(disk);
	/** Rooms that the disk does not give. */
	const unread = new Set<string>();
	const openTabs = new Set([0]);
	const left = new Set<ConversationId>([LEFT]);
	const needed = new Set<ConversationId>();
	const disowned = new Set<number>();
	const found: string[] = [];
	const opened = { rooms: [] as string[], closed: 0, onOpen: () => {} };
	let tick = () => {};
	const unreadable = (room: string, opened: DocPersistence): DocPersistence =>
		unread.has(room) ? { ...opened, isRead: false } : opened;
	const shown: DeviceStorage = {
		...storage,
		openDoc: (room, doc) => unreadable(room, storage.openDoc(room, doc))
	};
	const keep = async (room: string, { update, acks }: ReturnType<typeof segmentOf>) => {
		disk.docs.set(room, [update]);
		await local.put('acks', room, acks);
	};
	for (const id of [LEFT, OTHER]) {
		await keep(infoRoom(id), segmentOf('system', 2));
		await keep(segmentRoom(id, 0), segmentOf(BOB, 2));
		await keep(segmentRoom(id, 3), segmentOf(ALICE, 2));
	}
	const stop = forgetLeft({
		self: ALICE,
		slot: 0,
		local,
		storage,
		tabs: { isOpen: (slot) => Promise.resolve(openTabs.has(slot)) },
		timers: { after: (_ms, callback) => ((tick = callback), () => (tick = () => {})) },
		openRoom: (room) => {
			opened.rooms.push(room);
			opened.onOpen();
			const sync = openRoomSync({
				room,
				storage: shown,
				local,
				tabs: noTabs,
				whenOnline: () => () => {},
				onRelayTime: () => {}
			});
			const { close } = sync;
			return Object.assign(sync, { close: () => close().then(() => void (opened.closed += 1)) });
		},
		directory: { isTold: true, left, room: { disowned } },
		isNeeded: (id) => needed.has(id),
		onUnsent: (id, segment) => void found.push(`${id}/${segment}`)
	});
	return {
		disk,
		keep,
		unread,
		openTabs,
		left,
		needed,
		disowned,
		found,
		opened,
		stop,
		/** Has it look once. */
		async look() {
			const ticked = tick;
			ticked();
			// It waits again once it is through.
			await vi.waitFor(() => expect(tick).not.toBe(ticked));
		},
		kept: () => [...disk.docs.keys()].filter((room) => room.includes(LEFT)).length,
		keptOther: () => [...disk.docs.keys()].filter((room) => room.includes(OTHER)).length
	};
}

it('what was left goes from the disk, with what was known of it, and nothing else does', async () => {
	const { disk, look, kept, keptOther } = await setup();
	await look();
	expect([kept(), keptOther()]).toEqual([0, 3]);
	expect([...disk.tables.get('acks')!.keys()].every((room) => room.includes(OTHER))).toBe(true);
});

it('nothing goes while another tab is open', async () => {
	const { openTabs, look, kept } = await setup();
	openTabs.add(7);
	await look();
	expect(kept()).toBe(3);
	openTabs.delete(7);
	await look();
	expect(kept()).toBe(0);
});

it('nothing goes where something of one’s own has not left, and that is told', async () => {
	const { keep, look, kept, found } = await setup();
	await keep(segmentRoom(LEFT, 2), segmentOf(ALICE, 0));
	await look();
	expect([kept(), found]).toEqual([4, [`${LEFT}/2`]]);
});

it('nothing goes that the disk does not give: it may hold anything', async () => {
	const { unread, look, kept, found } = await setup();
	unread.add(segmentRoom(LEFT, 0));
	await look();
	expect([kept(), found]).toEqual([3, []]);
});

it('nothing goes where the server was put back: what it lacks may be here alone', async () => {
	const { disowned, look, kept } = await setup();
	disowned.add(7);
	await look();
	expect(kept()).toBe(3);
});

it('nothing goes of what is open', async () => {
	const { needed, look, kept } = await setup();
	needed.add(LEFT);
	await look();
	expect(kept()).toBe(3);
	needed.clear();
	await look();
	expect(kept()).toBe(0);
});

it('once it was stopped it opens no room any more, and takes none away', async () => {
	const { opened, look, kept, stop } = await setup();
	opened.onOpen = stop;
	await look();
	await vi.waitFor(() => expect(opened.closed).toBe(1));
	await new Promise(setImmediate);
	expect([opened.rooms.length, kept()]).toEqual([1, 3]);
});

it('nothing goes where the user is in it again, nor once it was stopped', async () => {
	const { left, look, kept, stop } = await setup();
	left.clear();
	await look();
	expect(kept()).toBe(3);
	stop();
	left.add(LEFT);
	await new Promise(setImmediate);
	expect(kept()).toBe(3);
});
