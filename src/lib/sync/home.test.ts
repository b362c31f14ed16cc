import * as Y from 'yjs';
import { ALICE, BOB, messageEntry, NOBODY } from '../domain/entries.fixture';
import { Clock } from '../domain/clock';
import { createFakeTime } from './fakeSocket.fixture';
import { createMemoryDisk, createMemoryStorage, memoryLocalStore, type MemoryDisk } from './memoryStorage';
import { createTimelineFold } from '../domain/timelineFold';
import { describe, expect, it } from 'vitest';
import { homeRoom } from '../protocol/rooms';
import { noTabs } from './tabs';
import { openHome } from './home';
import { openReading } from './reading';
import { openRoomSync } from './roomSync';
import { NOTHING_READ, readKey, readValue } from '../domain/readState';
import { draftKey, draftValue } from '../domain/draftState';
import type { ConversationSync } from './conversationSync';
import type { DeviceStorage, DocPersistence } from './ports';
import type { TimelineMessage } from '../domain/timeline';

const HOME = homeRoom(ALICE);

async function createHome({
	disk = createMemoryDisk(),
	slow = false
}: { disk?: MemoryDisk; slow?: boolean } = {}) {
	const time = createFakeTime();
	const storage = createMemoryStorage(disk, time.timers);
	let answer = () => {};
	const room = openRoomSync({
		room: HOME,
		storage: slow ? withLateDoc(storage, (answers) => (answer = answers)) : storage,
		local: memoryLocalStore(disk.tables),
		tabs: noTabs,
		whenOnline: () => () => {},
		onRelayTime: () => {}
	});
	await room.whenLoaded;
	const clock = new Clock(time.now);
	const { timers } = time;
	const home = openHome({ self: ALICE, deviceId: 'phone', room, clock, timers, tabs: noTabs });
	return { home, time, read: () => home.facts.get('read/c/phone')?.value, answer: () => answer() };
}

/** A disk that takes so long with a document that nobody waits for it any more. */
function withLateDoc(storage: DeviceStorage, given: (answer: () => void) => void): DeviceStorage {
	return {
		...storage,
		openDoc(room, doc) {
			let opened: DocPersistence | undefined;
			given(() => (opened = storage.openDoc(room, doc)));
			return {
				get origin() {
					return opened?.origin;
				},
				whenLoaded: Promise.resolve(),
				get isRead() {
					return opened?.isRead ?? false;
				},
				stored: () => Promise.reject(new Error('not yet')),
				readAnew: async () => opened?.readAnew(),
				close: async () => opened?.close()
			};
		}
	};
}

it('what is read after a pause is kept at once, and what follows is gathered', async () => {
	const { home, time, read } = await createHome();
	home.note('read/c/phone', () => 1);
	expect(read()).toBe(1);
	home.note('read/c/phone', () => 2);
	home.note('read/c/phone', () => 3);
	expect(read()).toBe(1);
	time.advance(1_000);
	expect(read()).toBe(3);
	home.note('read/c/phone', () => 4);
	expect(read()).toBe(4);
});

it('what is gathered is kept when the page goes', async () => {
	const { home, read } = await createHome();
	home.gather('read/c/phone', () => 1);
	expect(read()).toBeUndefined();
	home.flush();
	expect(read()).toBe(1);
});

describe('what is read before home has been read from the disk', () => {
	const KEPT = { epoch: 3, through: 7, vectors: new Map([[8, new Map([[5, 4]])]]) };

	/** The newest message of a conversation comes before the person's eyes. */
	function readNewest({ home, time }: Awaited<ReturnType<typeof createHome>>): void {
		const fold = createTimelineFold();
		fold.apply([messageEntry({ segment: 8, client: 6, ms: 10, author: BOB })]);
		const sync = {
			id: 'c',
			items: fold.items,
			heldItems: fold.items,
			openSegments: [8],
			holds: (n: number) => n === 8,
			seals: new Map(),
			hasLater: false,
			live: 8
		} as unknown as ConversationSync;
		const { timers } = time;
		const reading = openReading({
			self: ALICE,
			home,
			timers,
			mayTell: () => false,
			use: () => ({ sync, release: () => {} }),
			blocked: () => NOBODY
		});
		reading.seen(sync, fold.items as TimelineMessage[]);
	}

	async function diskWithHome(): Promise<MemoryDisk> {
		const disk = createMemoryDisk();
		const { home } = await createHome({ disk });
		home.set('read/c/phone', readValue(KEPT));
		await home.close();
		return disk;
	}

	it('undoes nothing that it says', async () => {
		const device = await createHome({ disk: await diskWithHome(), slow: true });
		readNewest(device);
		device.time.advance(60_000);
		device.answer();
		expect(device.read()).toEqual(readValue(KEPT));
		device.time.advance(60_000);
		expect(device.read()).toEqual(readValue(KEPT));
	});

	it('is written once it has', async () => {
		const device = await createHome({ slow: true });
		readNewest(device);
		device.time.advance(60_000);
		expect(device.read()).toBeUndefined();
		device.answer();
		device.time.advance(1_000);
		expect(device.read()).toEqual(
			readValue({ epoch: 0, through: 7, vectors: new Map([[8, new Map([[6, 2]])]]) })
		);
	});

	it('is written though the disk never answer, once all that the relay has is here', async () => {
		const disk = createMemoryDisk();
		await memoryLocalStore(disk.tables).put('acks', HOME, []);
		const device = await createHome({ disk, slow: true });
		readNewest(device);
		expect(device.read()).toBeDefined();
	});

	it('is not waited for by a home that is closed', async () => {
		const device = await createHome({ slow: true });
		readNewest(device);
		await device.home.close();
		device.time.advance(60_000);
		device.answer();
		expect(device.read()).toBeUndefined();
	});
});

describe('what one sets for oneself', () => {
	it('waits until the relay has it as it is; what is typed or read is not among it', async () => {
		const { home } = await createHome();
		const told = () => home.room.heardLast(Y.decodeStateVector(Y.encodeStateVector(home.room.doc)));
		home.set('mute/c', true);
		home.set(draftKey('c', 'phone'), draftValue({ text: 'hello' }, new Map()));
		home.set(readKey('c', 'phone'), readValue(NOTHING_READ));
		home.set('setting/receipts-off', true);
		expect(home.waiting).toEqual(['mute/c', 'setting/receipts-off']);
		told();
		expect(home.waiting).toEqual([]);
		home.set('mute/c', null);
		expect(home.waiting).toEqual(['mute/c']);
	});
});
