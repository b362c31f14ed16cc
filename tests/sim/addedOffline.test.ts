/** Somebody is added by a device that is offline, to a group whose history begins at joining, against a real relay. */
import * as Y from 'yjs';
import { expect, it, onTestFinished, vi } from 'vitest';
import { appendEntries } from '../../src/lib/conversation/log';
import { createDevice } from '../../src/lib/sync/device';
import { createMemoryDisk, type MemoryDisk } from '../../src/lib/sync/memoryStorage';
import { eraseEntries } from '../../src/lib/conversation/erase';
import { headlessPorts } from '../../src/lib/sync/headlessDevice';
import { noTabs } from '../../src/lib/sync/tabs';
import { onlyHereItems } from '../../src/lib/state/unsentRows';
import { segmentRoom } from '../../src/lib/protocol/rooms';
import { startHost } from './host.fixture';
import type { EntryId } from '../../src/lib/domain/entry';
import type { ConversationSync } from '../../src/lib/sync/conversationSync';
import type { DeviceStorage } from '../../src/lib/sync/ports';
import type { Person } from '../../src/lib/domain/people';

process.setMaxListeners(0);

const person = (letter: string, username: string): Person => ({
	id: letter.repeat(16),
	username,
	displayName: username
});
const [ALICE, BOB, CAROL, DAVE] = [
	person('a', 'alice'),
	person('b', 'bob'),
	person('c', 'carol'),
	person('d', 'dave')
];
const GROUP = '018f0000-0000-7000-8000-000000000001';

const standingIn = ({ items }: ConversationSync) =>
	items.flatMap((item) => (item.type === 'message' && !item.deleted ? [item] : []));
const textsOf = (sync: ConversationSync) => standingIn(sync).map(({ text }) => text);

/** All of it, whatever of it was shown. */
async function wholeOf(sync: ConversationSync): Promise<string[]> {
	await vi.waitFor(async () => {
		await sync.showLatest();
		await sync.loadEarlier();
		expect(sync.hasEarlier).toBe(false);
	}, 8_000);
	return textsOf(sync);
}

/** Alice and Bob are in the group, Carol and Dave are not. The server answers adding somebody as `server` says. */
async function setup() {
	const host = await startHost({ people: [ALICE, BOB, CAROL, DAVE], conversations: [GROUP] });
	onTestFinished(() => host.dispose());
	for (const { id } of [CAROL, DAVE]) await host.putOut(GROUP, id);
	await host.beginAtJoining(GROUP);
	const server = { isBusy: false, refuses: false, loses: false, asked: 0 };
	const refused = (status: number, code: string) =>
		Response.json({ error: { code, message: code } }, { status });
	function fetchOf(self: Person): typeof globalThis.fetch {
		const ask = host.fetchFor(self.id);
		return async (address, init) => {
			if (!String(address).endsWith('/members')) return ask(address, init);
			server.asked += 1;
			if (server.isBusy) return refused(503, 'busy');
			if (server.refuses) return refused(403, 'out_of_reach');
			const answered = await ask(address, init);
			if (server.loses) throw new TypeError('the network is gone');
			return answered;
		};
	}
	async function open(
		self: Person,
		disk: MemoryDisk = createMemoryDisk(),
		{ tabs = noTabs, through = (storage: DeviceStorage) => storage } = {}
	) {
		const { origin } = host;
		const own = headlessPorts({ token: self.id, disk, now: Date.now });
		const ports = { ...own, tabs, storage: through(own.storage) };
		const device = await createDevice({ self, origin, token: self.id, ports, fetch: fetchOf(self) });
		onTestFinished(() => device.close());
		const { sync } = device.conversations.use(GROUP);
		await sync.whenLoaded;
		const add = (whom: Person) =>
			device.outbox.add({
				type: 'add-member',
				conversation: GROUP,
				person: whom,
				at: device.clock.correctedNow()
			});
		return { device, sync, disk, add };
	}
	/** What they read on a new device, who has all that there is for them. */
	async function readBy(self: Person): Promise<string[]> {
		const { device, sync } = await open(self);
		device.connect();
		await vi.waitFor(() => expect([device.syncState, sync.complete]).toEqual(['synced', true]), 8_000);
		return wholeOf(sync);
	}
	const alice = await open(ALICE);
	alice.device.connect();
	await vi.waitFor(() => expect(alice.sync.synced).toBe(true), 8_000);
	alice.device.disconnect();
	return { host, server, open, alice, readBy };
}
type Opened = Awaited<ReturnType<typeof setup>>['alice'];

const allLeft = ({ device }: Opened) =>
	vi.waitFor(() => expect([device.outbox.waiting, device.unsent]).toEqual([0, 0]), 8_000);

it('who is added reads what was written behind that, and nothing from before', async () => {
	const { alice, readBy } = await setup();
	const { device, sync, add } = alice;
	sync.send({ text: 'not for carol' });
	await add(CAROL);
	const welcome = sync.send({ text: 'welcome' });
	await sync.react(welcome, '👋', true);
	sync.send({ text: 'to all of us', replyTo: welcome });
	device.connect();
	await allLeft(alice);
	expect(await readBy(CAROL)).toEqual(['welcome', 'to all of us']);
	expect(await readBy(BOB)).toEqual(['not for carol', 'welcome', 'to all of us']);
	const shown = sync.items.flatMap((item) => (item.type === 'message' ? [item] : []));
	expect(shown.map(({ text }) => text)).toEqual(['not for carol', 'welcome', 'to all of us']);
	expect(shown[1]).toMatchObject({ reactions: [{ emoji: '👋' }] });
	expect(shown[2]!.replyTo).toBe(shown[1]!.id);
});

it('it is changed and deleted by the name that it had before it moved', async () => {
	const { alice, readBy } = await setup();
	const { device, sync, add } = alice;
	await add(CAROL);
	const welcome = sync.send({ text: 'welcome' });
	const slip = sync.send({ text: 'not meant for you' });
	device.connect();
	await allLeft(alice);
	await sync.edit(welcome, { text: 'welcome, carol' });
	expect(await sync.remove(slip)).toEqual({ done: 'deleted' });
	await allLeft(alice);
	expect(await readBy(CAROL)).toEqual(['welcome, carol']);
});

/** Alice adds Carol and writes behind that; once the disk takes where it moves to, `meanwhile` is done by its old name. */
async function whileItMoves(
	meanwhile: (sync: ConversationSync, slip: EntryId) => Promise<unknown>
): Promise<Awaited<ReturnType<typeof setup>> & { again: Opened; done: () => Promise<unknown> | undefined }> {
	const story = await setup();
	const { alice, open } = story;
	await alice.device.stored();
	await alice.device.close();
	let done: Promise<unknown> | undefined;
	const through = (storage: DeviceStorage): DeviceStorage => ({
		...storage,
		openDoc(room, doc) {
			const kept = storage.openDoc(room, doc);
			const isThere = () => Buffer.from(Y.encodeStateAsUpdate(doc)).includes('not meant for you');
			async function stored() {
				if (isThere()) await (done ??= meanwhile(again.sync, slip));
				await kept.stored();
			}
			return room === segmentRoom(GROUP, 1) ? Object.create(kept, { stored: { value: stored } }) : kept;
		}
	});
	const again = await open(ALICE, alice.disk, { through });
	await again.add(CAROL);
	again.sync.send({ text: 'welcome' });
	const slip = again.sync.send({ text: 'not meant for you' });
	again.sync.send({ text: 'to that', replyTo: slip });
	again.device.connect();
	await allLeft(again);
	return { ...story, again, done: () => done };
}

it('what is cancelled by that name while the disk takes it where it moves to goes nowhere', async () => {
	const { readBy, done } = await whileItMoves((sync, slip) => sync.remove(slip));
	expect(await done()).toMatchObject({ done: 'cancelled' });
	for (const self of [CAROL, BOB]) expect(await readBy(self)).toEqual(['welcome', 'to that']);
});

it('what is changed by that name meanwhile moves as it was changed, and what answers it still does', async () => {
	const { again, readBy, done } = await whileItMoves((sync, slip) =>
		sync.edit(slip, { text: 'for all of you' })
	);
	await done();
	for (const self of [CAROL, BOB])
		expect(await readBy(self)).toEqual(['welcome', 'for all of you', 'to that']);
	const [, changed, reply] = standingIn(again.sync);
	expect(reply!.replyTo).toBe(changed!.id);
});

it('of several who are added each reads what was written behind them', async () => {
	const { alice, readBy } = await setup();
	const { device, sync, add } = alice;
	await add(CAROL);
	sync.send({ text: 'welcome carol' });
	await add(DAVE);
	sync.send({ text: 'welcome dave' });
	device.connect();
	await allLeft(alice);
	expect(await readBy(DAVE)).toEqual(['welcome dave']);
	expect(await readBy(CAROL)).toEqual(['welcome carol', 'welcome dave']);
});

it('what was written before is not for who is added, though a clock that is ahead was heard then', async () => {
	const { alice, readBy } = await setup();
	const { device, sync, add } = alice;
	device.clock.observe({ ms: Date.now() + 240_000, counter: 0 });
	sync.send({ text: 'not for carol' });
	await add(CAROL);
	sync.send({ text: 'welcome carol' });
	await add(DAVE);
	sync.send({ text: 'welcome dave' });
	device.connect();
	await allLeft(alice);
	expect(await readBy(DAVE)).toEqual(['welcome dave']);
	expect(await readBy(CAROL)).toEqual(['welcome carol', 'welcome dave']);
});

/** Alice's page ends and is loaded anew, and answers are lost no more: all that waited leaves. */
async function reloaded({ server, open, alice }: Awaited<ReturnType<typeof setup>>) {
	await alice.device.stored();
	await alice.device.close();
	server.loses = false;
	const again = await open(ALICE, alice.disk);
	again.device.connect();
	await allLeft(again);
	return again;
}

it('it waits while the server has no time for it, and leaves once where the answer was lost', async () => {
	const story = await setup();
	const { server, alice, readBy } = story;
	await alice.add(CAROL);
	alice.sync.send({ text: 'welcome' });
	server.isBusy = true;
	alice.device.connect();
	await vi.waitFor(() => expect([server.asked > 0, alice.sync.synced]).toEqual([true, true]), 8_000);
	expect(alice.device.unsent).toBe(1);
	expect(onlyHereItems(alice.device)).toMatchObject([{ text: 'welcome', behind: { type: 'add-member' } }]);
	Object.assign(server, { isBusy: false, loses: true, asked: 0 });
	await alice.device.outbox.flush();
	await vi.waitFor(() => expect(server.asked).toBeGreaterThan(0), 8_000);
	const again = await reloaded(story);
	expect(await readBy(CAROL)).toEqual(['welcome']);
	expect(await wholeOf(again.sync)).toEqual(['welcome']);
});

/** Alice adds Carol and writes behind that. The server has done it, and only its answer was lost. Gives what she wrote. */
async function welcomeUnanswered({ server, alice }: Awaited<ReturnType<typeof setup>>) {
	const { device, sync, add } = alice;
	await add(CAROL);
	const welcome = sync.send({ text: 'welcome' });
	server.loses = true;
	device.connect();
	await vi.waitFor(() => expect([sync.info?.live, device.outbox.waiting]).toEqual([1, 1]), 8_000);
	return welcome;
}

it('what answers it where the group had gone on answers it still', async () => {
	const story = await setup();
	const { server, alice, open, readBy } = story;
	const { device, sync } = alice;
	const welcome = await welcomeUnanswered(story);
	const answer = sync.send({ text: 'to all of us', replyTo: welcome });
	expect(answer).toMatch(/^1\./);
	server.loses = false;
	await device.outbox.flush();
	await allLeft(alice);
	const carol = await open(CAROL);
	carol.device.connect();
	await vi.waitFor(() => expect(textsOf(carol.sync)).toEqual(['welcome', 'to all of us']), 8_000);
	for (const each of [sync, carol.sync]) {
		const shown = standingIn(each);
		expect(shown[1]!.replyTo).toBe(shown[0]!.id);
	}
	expect(await readBy(BOB)).toEqual(['welcome', 'to all of us']);
});

it('the same though the page ended between the moving of the one and the other', async () => {
	const story = await setup();
	const { alice, readBy } = story;
	const welcome = await welcomeUnanswered(story);
	alice.sync.send({ text: 'to all of us', replyTo: welcome });
	// As a page leaves it that ended then.
	const [entry] = alice.sync.segments.hold(0).unsent;
	const target = alice.sync.segments.hold(1);
	appendEntries(target.doc, ALICE.id, [{ kind: entry!.kind, stamp: entry!.stamp, body: entry!.body! }]);
	eraseEntries(alice.sync.segments.hold(0).doc, ALICE.id, [entry!]);
	const again = await reloaded(story);
	const shown = standingIn(again.sync);
	expect(shown.map(({ text }) => text)).toEqual(['welcome', 'to all of us']);
	expect(shown[1]!.replyTo).toBe(shown[0]!.id);
	expect(await readBy(CAROL)).toEqual(['welcome', 'to all of us']);
});

it('a page that ended between writing it there and erasing it here has not written it twice', async () => {
	const { open, alice, readBy } = await setup();
	await alice.add(CAROL);
	alice.sync.send({ text: 'welcome' });
	await alice.device.stored();
	// As a page leaves it that ended then.
	const [entry] = alice.sync.unsent;
	const target = alice.sync.segments.hold(1);
	await target.whenLoaded;
	appendEntries(target.doc, ALICE.id, [{ kind: entry!.kind, stamp: entry!.stamp, body: entry!.body! }]);
	await target.room.stored();
	await alice.device.close();
	const again = await open(ALICE, alice.disk);
	again.device.connect();
	await allLeft(again);
	expect(await readBy(CAROL)).toEqual(['welcome']);
	expect(await readBy(BOB)).toEqual(['welcome']);
});

it('of two that a page left doubled one is cancelled: the other is not lost', async () => {
	const { open, alice, readBy } = await setup();
	await alice.add(CAROL);
	alice.sync.send({ text: 'welcome' });
	await alice.device.stored();
	const [entry] = alice.sync.unsent;
	const target = alice.sync.segments.hold(1);
	await target.whenLoaded;
	const s = appendEntries(target.doc, ALICE.id, [
		{ kind: entry!.kind, stamp: entry!.stamp, body: entry!.body! }
	]);
	await target.room.stored();
	await alice.device.close();
	const again = await open(ALICE, alice.disk);
	await vi.waitFor(() => expect(again.device.unsent).toBe(2), 8_000);
	await again.sync.remove(`1.${target.doc.clientID}.${s}`);
	again.device.connect();
	await allLeft(again);
	expect(await readBy(BOB)).toEqual(['welcome']);
});

it('while the disk does not take it there it is where it was, and the adding cannot be taken back', async () => {
	const { alice, readBy } = await setup();
	const { device, sync, add } = alice;
	await add(CAROL);
	sync.send({ text: 'welcome' });
	// With each repeat of its answer the server may have gone on.
	const rooms = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => sync.segments.hold(n).room);
	const kept = rooms.map(({ stored }) => stored);
	let refused = 0;
	for (const room of rooms) room.stored = () => Promise.reject(new Error(`full, ${(refused += 1)}`));
	device.connect();
	await vi.waitFor(() => expect(refused).toBeGreaterThan(0), 8_000);
	await vi.waitFor(() => expect([textsOf(sync), device.unsent]).toEqual([['welcome'], 1]), 8_000);
	expect(await device.outbox.cancel(device.outbox.commands[0]!.id)).toBe(false);
	for (const [i, room] of rooms.entries()) room.stored = kept[i]!;
	await device.outbox.flush();
	await allLeft(alice);
	expect(await readBy(CAROL)).toEqual(['welcome']);
	expect(await readBy(BOB)).toEqual(['welcome']);
});

it('where adding them is refused it is for those who are there', async () => {
	const { server, alice, readBy } = await setup();
	server.refuses = true;
	await alice.add(CAROL);
	alice.sync.send({ text: 'welcome' });
	alice.device.connect();
	await allLeft(alice);
	expect(await readBy(BOB)).toEqual(['welcome']);
});

it('what one wrote behind it before one was removed is kept and never posted, though one is in again and another segment heard so first', async () => {
	const { host, server, open, readBy } = await setup();
	let goOn = () => {};
	const gate = new Promise<void>((resolve) => (goOn = resolve));
	const isFirst = (name: string) => name === `put out of ${segmentRoom(GROUP, 0)}`;
	const tabs = {
		...noTabs,
		exclusive: <T>(name: string, task: () => Promise<T>) => (isFirst(name) ? gate.then(task) : task())
	};
	const { device, sync, add } = await open(ALICE, undefined, { tabs });
	await add(CAROL);
	sync.send({ text: 'welcome' });
	await host.putOut(GROUP, ALICE.id);
	await host.letIn(GROUP, ALICE.id);
	server.isBusy = true;
	device.connect();
	await vi.waitFor(() => expect(sync.segments.get(1)?.room.since).toBeGreaterThan(0), 8_000);
	server.isBusy = false;
	await device.outbox.flush();
	await vi.waitFor(() => expect([sync.info?.live, device.outbox.waiting]).toEqual([2, 0]), 8_000);
	goOn();
	await vi.waitFor(() => expect([device.unsent, device.syncState]).toEqual([0, 'synced']), 8_000);
	expect([device.salvaged.all.map(({ text }) => text), await readBy(BOB)]).toEqual([['welcome'], []]);
});
