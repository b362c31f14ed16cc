import { expect, it, onTestFinished, vi } from 'vitest';
import { ALICE, createDevice as createSeeded, ID } from './conversation.fixture';
import { createDevice } from './device';
import { createFakeBrowser } from './fakeTabs.fixture';
import { createMemoryStorage, hostTimers, memoryLocalStore } from './memoryStorage';
import { noTabs } from './tabs';
import { segmentRoom } from '../protocol/rooms';
import type * as Y from 'yjs';
import type { DevicePorts, DocPersistence, LocalStore, Tabs } from './ports';
import { quietSummary } from './summary.fixture';
import type { Summary } from './summaries';

/** The conversation as a device without a network keeps it: what it knows of it is in its list. */
const SUMMARY = quietSummary({ kind: 'direct', name: 'Bob', swatch: ['Bob'], at: 1, live: 2 });

/** Three segments, and in the first of them a message of one's own that the relay has. */
async function keptConversation() {
	const kept = createSeeded();
	const before = await kept.open();
	const own = before.send({ text: 'as it was' });
	await before.close();
	await kept.told(0, [[Number(own.split('.')[1]), 2]]);
	for (const n of [1, 2]) kept.seed(n, 90, 2_000_000 * n);
	const { disk } = kept;
	const local: LocalStore = memoryLocalStore(disk.tables);
	await local.put('summaries', ID, SUMMARY);
	const openTab = async (tabs: Tabs, storage = createMemoryStorage(disk)) => {
		const ports: DevicePorts = {
			now: () => 9_000_000,
			randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
			timers: hostTimers,
			openSocket() {
				throw new Error('there is no network');
			},
			storage,
			tabs
		};
		const self = { id: ALICE, username: 'alice', displayName: 'Alice' };
		const device = await createDevice({ self, origin: 'http://kelp.example', ports });
		onTestFinished(() => device.close());
		return device;
	};
	const row = () => local.get<Summary>('summaries', ID);
	return { own, openTab, row, disk };
}

it('what one tab changed in an old segment leaves from another tab that shows the end, and is counted there', async () => {
	const { own, openTab, row } = await keptConversation();
	const { newTab } = createFakeBrowser();
	const [a, b] = [await openTab(newTab()), await openTab(newTab())];
	const [inA, inB] = [a.conversations.use(ID).sync, b.conversations.use(ID).sync];
	await Promise.all([inA.whenLoaded, inB.whenLoaded]);
	expect(inB.openSegments).not.toContain(0);
	await inA.showEntry(own);
	await inA.edit(own, { text: 'as it is' });
	await vi.waitFor(() => expect(a.unsent).toBe(1));

	await vi.waitFor(() => expect(b.unsent).toBe(1));
	await vi.waitFor(() => expect(inB.leaving).toEqual([0]));
	const newest = inB.send({ text: 'something new' });
	await vi.waitFor(async () => expect(await row()).toMatchObject({ unsent: 2, unsentIn: { 0: 1, 2: 1 } }));
	await inB.remove(newest);
	await vi.waitFor(async () => expect(await row()).toMatchObject({ unsent: 1, unsentSegments: [0] }));
	expect([a.unsent, b.unsent]).toEqual([1, 1]);
});

it('what was done to an old message is counted as a change, and no message, in every tab and after a restart', async () => {
	const { own, openTab, row } = await keptConversation();
	const { newTab } = createFakeBrowser();
	const [a, b] = [await openTab(newTab()), await openTab(newTab())];
	const [inA, inB] = [a.conversations.use(ID).sync, b.conversations.use(ID).sync];
	await Promise.all([inA.whenLoaded, inB.whenLoaded]);
	await inA.showEntry(own);
	await inA.react(own, '👍', true);
	await inA.pin(own, true);
	await vi.waitFor(() => expect([a.unsentChanges(), b.unsentChanges()]).toEqual([2, 2]));
	await vi.waitFor(async () => expect(await row()).toMatchObject({ unsent: 0, changesIn: { 0: 2 } }));
	await Promise.all([a.close(), b.close()]);

	const again = await openTab(noTabs);
	expect([again.unsent, again.unsentChanges()]).toEqual([0, 2]);
	const { sync } = again.conversations.use(ID);
	await sync.whenLoaded;
	await sync.pin(own, false);
	await vi.waitFor(async () => expect(await row()).toMatchObject({ changesIn: { 0: 1 } }));
	expect(again.unsentChanges()).toBe(1);
});

it('what one sets for oneself is a change that waits, in every tab', async () => {
	const { openTab } = await keptConversation();
	const { newTab } = createFakeBrowser();
	const [a, b] = [await openTab(newTab()), await openTab(newTab())];
	a.home.set(`mute/${ID}`, true);
	await vi.waitFor(() => expect([a.unsentChanges(), b.unsentChanges()]).toEqual([1, 1]));
});

it('what could not be read is still known to be unsent, and leaves once it is read', async () => {
	const { own, openTab, row, disk } = await keptConversation();
	const before = await openTab(noTabs);
	const { sync } = before.conversations.use(ID);
	await sync.whenLoaded;
	await sync.showEntry(own);
	await sync.edit(own, { text: 'as it is' });
	await vi.waitFor(async () => expect(await row()).toMatchObject({ unsent: 1, unsentSegments: [0] }));
	await before.close();

	const storage = createMemoryStorage(disk);
	let read = () => {};
	const openDoc = (room: string, doc: Y.Doc): DocPersistence => {
		if (room !== segmentRoom(ID, 0)) return storage.openDoc(room, doc);
		// As one that the browser aborts, until it has been tried again.
		const unread = { origin: {}, whenLoaded: Promise.resolve(), isRead: false };
		const kept = { stored: () => Promise.reject(new Error('not kept')), readAnew: async () => {} };
		const opened = { ...unread, ...kept, close: async () => {} };
		read = () => {
			Object.assign(opened, { isRead: true });
			storage.openDoc(room, doc);
		};
		return opened;
	};
	const device = await openTab(noTabs, { ...storage, openDoc });
	const opened = device.conversations.use(ID).sync;
	await opened.whenLoaded;
	const newest = opened.send({ text: 'something new' });
	await vi.waitFor(async () => expect(await row()).toMatchObject({ unsent: 2, unsentSegments: [0, 2] }));
	expect(device.unsent).toBe(2);
	read();
	await vi.waitFor(() => expect(opened.unsent).toHaveLength(2));
	await opened.remove(newest);
	await vi.waitFor(async () => expect(await row()).toMatchObject({ unsent: 1, unsentSegments: [0] }));
});

it('nothing is said to be unsent of a segment that was let go of as soon as nothing of it was', async () => {
	const { own, openTab, row } = await keptConversation();
	const device = await openTab(noTabs);
	const { sync } = device.conversations.use(ID);
	await sync.whenLoaded;
	await sync.showEntry(own);
	await sync.edit(own, { text: 'as it is' });
	await vi.waitFor(async () => expect(await row()).toMatchObject({ unsent: 1, unsentSegments: [0] }));
	await Promise.all([sync.dropEdits(own), sync.showLatest()]);
	await vi.waitFor(() => expect(sync.openSegments).not.toContain(0));
	await vi.waitFor(async () =>
		expect(await row()).toMatchObject({ unsent: 0, unsentSegments: [], unsentIn: {} })
	);
	expect(device.unsent).toBe(0);
});

it('what another tab has told of is not said to be unsent once it was looked at and was not', async () => {
	const { openTab, row, disk } = await keptConversation();
	const { newTab } = createFakeBrowser();
	await memoryLocalStore(disk.tables).put('summaries', ID, {
		...SUMMARY,
		unsent: 1,
		unsentSegments: [0],
		unsentIn: { 0: 1 }
	});
	const device = await openTab(newTab());
	const { sync } = device.conversations.use(ID);
	await sync.whenLoaded;
	await vi.waitFor(async () => expect(await row()).toMatchObject({ unsent: 0, unsentSegments: [] }));
	expect(device.unsent).toBe(0);
});
