/** Every way in which the relay refuses: what it is given up, what waits, and that nothing is lost or kept twice. */
import { describe, expect, it, vi } from 'vitest';
import { CLOSE } from '../protocol/closeCodes';
import { Clock } from '../domain/clock';
import { createFakeBrowser } from './fakeTabs.fixture';
import { createMemoryDisk, createMemoryStorage, memoryLocalStore, type MemoryDisk } from './memoryStorage';
import { formatEntryId } from '../domain/entry';
import { infoRoom, segmentRoom } from '../protocol/rooms';
import { noTabs } from './tabs';
import { onlineOver } from './onlineOver.fixture';
import { openConversationSync, type ConversationSync } from './conversationSync';
import { openRoomSync } from './roomSync';
import { openSalvagedTexts } from './salvagedTexts';
import type { LocalStore, Tabs } from './ports';

const ALICE = 'aaaaaaaaaaaaaaaa';
const BOB = 'bbbbbbbbbbbbbbbb';
const ID = `d-${ALICE}-${BOB}`;
const SEGMENT = segmentRoom(ID, 0);

/** A relay that refuses rooms by their name, as often as told, and then says nothing more. */
function refusing(codes: Record<string, { code: number; times?: number; reason?: string }>) {
	const refusals: string[] = [];
	class Socket {
		readonly OPEN = 1;
		readyState = 0;
		onclose: ((event: { code: number; reason: string }) => void) | null = null;
		constructor(url: string) {
			const room = decodeURIComponent(new URL(url).pathname.replace('/sync/', ''));
			const refusal = codes[room];
			const before = refusals.filter((other) => other === room).length;
			if (!refusal || before >= (refusal.times ?? Infinity)) return;
			refusals.push(room);
			queueMicrotask(() => {
				this.readyState = 3;
				this.onclose?.({ code: refusal.code, reason: refusal.reason ?? 'told by the test' });
			});
		}
		send(): void {}
		close(): void {
			this.readyState = 3;
		}
	}
	return { SocketClass: Socket as unknown as typeof WebSocket, refusals };
}

/** What a segment's connections say of since when the user is in the conversation. */
function listening(Socket: typeof WebSocket) {
	const said: string[] = [];
	class Listening extends Socket {
		constructor(url: string) {
			super(url);
			const since = new URL(url).searchParams.get('since');
			if (since !== null) said.push(since);
		}
	}
	return { SocketClass: Listening as unknown as typeof WebSocket, asked: () => said };
}

interface Given {
	readonly SocketClass?: typeof WebSocket;
	readonly disk?: MemoryDisk;
	readonly tabs?: Tabs;
	readonly local?: (local: LocalStore) => LocalStore;
}

async function open(given: Given = {}) {
	const { disk = createMemoryDisk(), tabs = noTabs, SocketClass = refusing({}).SocketClass } = given;
	const local = (given.local ?? ((same) => same))(memoryLocalStore(disk.tables));
	const salvaged = await openSalvagedTexts(local, tabs);
	const problems: string[] = [];
	const sync = openConversationSync({
		foresee: (info) => info,
		id: ID,
		self: ALICE,
		clock: new Clock(() => 1_000_000),
		local,
		tabs,
		liveHint: 0,
		isOnline: () => true,
		salvage: {
			salvaged,
			describe: () => ({ name: 'Bob', quote: () => ({ authorName: 'Bob', text: 'asked' }) }),
			onRenamed: () => {},
			onProblem: () => problems.push('disk')
		},
		openRoom: (room) =>
			openRoomSync({
				room,
				storage: createMemoryStorage(disk),
				local,
				tabs,
				whenOnline: onlineOver(SocketClass),
				onRelayTime: () => {}
			})
	});
	await sync.whenLoaded;
	return { sync, salvaged, disk, local, problems };
}

type Opened = Awaited<ReturnType<typeof open>>;
const texts = ({ items }: ConversationSync) =>
	items.flatMap((item) => (item.type === 'message' ? [item.text] : []));
const kept = ({ salvaged }: Opened) => salvaged.all.map(({ text }) => text);

describe('a segment that is refused', () => {
	it.each([
		['no longer a member', CLOSE.forbidden, 'removed'],
		['too large', CLOSE.tooLarge, 'refused'],
		['over what the person may store', CLOSE.storeFull, 'noSpace'],
		['not understood', CLOSE.badFrame, 'refused'],
		['for a reason of a later version', 4450, 'refused']
	] as const)('as %s: its texts are kept and erased', async (_why, code, reason) => {
		const opened = await open({ SocketClass: refusing({ [SEGMENT]: { code } }).SocketClass });
		opened.sync.send({ text: 'hello', replyTo: '0.9.9' });
		opened.sync.connect();
		await vi.waitFor(() => expect(opened.sync.unsent).toEqual([]));
		expect(texts(opened.sync)).toEqual([]);
		expect(opened.salvaged.all).toMatchObject([
			{ text: 'hello', conversationName: 'Bob', reason, replyTo: { text: 'asked' } }
		]);
	});

	it.each([
		['a login', CLOSE.logIn],
		['the segment before it', CLOSE.noSuchRoom]
	])('for want of %s: everything waits', async (_what, code) => {
		const { SocketClass, refusals } = refusing({ [SEGMENT]: { code } });
		const opened = await open({ SocketClass });
		opened.sync.send({ text: 'hello' });
		opened.sync.connect();
		await vi.waitFor(() => expect(refusals).not.toEqual([]));
		await new Promise(setImmediate);
		expect(texts(opened.sync)).toEqual(['hello']);
		expect(kept(opened)).toEqual([]);
	});

	it("as a log that is another's at the relay is written again under another client id, and goes on", async () => {
		const { SocketClass, refusals } = refusing({ [SEGMENT]: { code: CLOSE.logTaken, times: 1 } });
		const opened = await open({ SocketClass });
		const before = opened.sync.send({ text: 'hello' }).split('.')[1];
		opened.sync.connect();
		await vi.waitFor(() =>
			expect(opened.sync.unsent.map(({ client }) => String(client))).not.toContain(before)
		);
		expect(texts(opened.sync)).toEqual(['hello']);
		expect([kept(opened), opened.problems, refusals]).toEqual([[], [], [SEGMENT]]);
		expect(opened.sync.refusal).toBeUndefined();
	});

	it("as a log that is another's is tried once more if nothing of it can be written again, and then no more", async () => {
		const disk = createMemoryDisk();
		const room = openRoomSync({
			room: SEGMENT,
			storage: createMemoryStorage(disk),
			local: memoryLocalStore(disk.tables),
			tabs: noTabs,
			whenOnline: () => () => {},
			onRelayTime: () => {}
		});
		await room.whenLoaded;
		// A body behind what begins like a header, and is none: no entry.
		room.doc.getArray(`${ALICE}:${room.doc.clientID}`).push([new Uint8Array([0x80, 1]), new Uint8Array([1])]);
		await room.stored();
		await room.close();
		const { SocketClass, refusals } = refusing({ [SEGMENT]: { code: CLOSE.logTaken, times: 50 } });
		const opened = await open({ disk, SocketClass });
		opened.sync.connect();
		await vi.waitFor(() => expect(refusals).toHaveLength(2));
		for (let turn = 0; turn < 200; turn++) await new Promise(setImmediate);
		expect(refusals).toHaveLength(2);
		opened.sync.send({ text: 'hello' });
		opened.sync.connect();
		await vi.waitFor(() => expect(refusals.length).toBeGreaterThan(2));
	});

	it('as too large is tried again without what was erased, and no more often', async () => {
		const { SocketClass, refusals } = refusing({ [SEGMENT]: { code: CLOSE.tooLarge } });
		const opened = await open({ SocketClass });
		opened.sync.send({ text: 'hello' });
		opened.sync.connect();
		await vi.waitFor(() => expect(refusals).toHaveLength(2));
		await new Promise(setImmediate);
		expect(refusals).toHaveLength(2);
		// What is written from here on is refused too, and kept in its turn.
		opened.sync.send({ text: 'and again' });
		await vi.waitFor(() => expect(kept(opened)).toEqual(['hello', 'and again']));
	});

	it('keeps the newest text of a message, and none that was taken back', async () => {
		const opened = await open({
			SocketClass: refusing({ [SEGMENT]: { code: CLOSE.forbidden } }).SocketClass
		});
		const id = opened.sync.send({ text: 'wrogn' });
		await opened.sync.edit(id, { text: 'wrong' });
		await opened.sync.edit(id, { text: 'right' });
		await opened.sync.remove(opened.sync.send({ text: 'never mind' }));
		await opened.sync.react(id, '👍', true);
		opened.sync.connect();
		await vi.waitFor(() => expect(opened.sync.unsent).toEqual([]));
		expect(kept(opened)).toEqual(['right']);
	});

	it('says of a new text for a message that others have that it is one', async () => {
		const { SocketClass } = refusing({ [SEGMENT]: { code: CLOSE.forbidden } });
		const disk = createMemoryDisk();
		const before = await open({ disk });
		const id = before.sync.send({ text: 'sent' });
		const [, client, s] = id.split('.').map(Number);
		await before.local.put('acks', SEGMENT, [[client, 2 * s! + 2]]);
		await before.sync.close();
		const opened = await open({ SocketClass, disk });
		await opened.sync.edit(id, { text: 'sent, and edited' });
		opened.sync.connect();
		await vi.waitFor(() => expect(kept(opened)).toEqual(['sent, and edited']));
		await vi.waitFor(() => expect(texts(opened.sync)).toEqual(['sent']));
		expect(opened.salvaged.all).toMatchObject([{ isEdit: true }]);
	});
});

it('a receipt that the relay has no space for is withdrawn, and the segment goes on', async () => {
	const { SocketClass, refusals } = refusing({ [SEGMENT]: { code: CLOSE.storeFull, times: 1 } });
	const opened = await open({ SocketClass });
	await opened.sync.tellRead(0, new Map([[5, 2]]));
	opened.sync.connect();
	await vi.waitFor(() => expect(refusals).toHaveLength(1));
	await vi.waitFor(() => expect(opened.sync.holdsReceipts(0)).toBe(false));
	expect(opened.sync.refusal).toBeUndefined();
});

it('a receipt of whom nobody lets in any more asks for nothing again', async () => {
	const { SocketClass, refusals } = refusing({ [SEGMENT]: { code: CLOSE.forbidden } });
	const opened = await open({ SocketClass });
	await opened.sync.tellRead(0, new Map([[5, 2]]));
	opened.sync.connect();
	await vi.waitFor(() => expect(refusals).toHaveLength(1));
	await new Promise(setImmediate);
	expect(refusals).toHaveLength(1);
});

it('a conversation that the server does not know waits with what was written in it', async () => {
	const { SocketClass, refusals } = refusing({
		[infoRoom(ID)]: { code: CLOSE.noSuchRoom },
		[SEGMENT]: { code: CLOSE.noSuchRoom }
	});
	const opened = await open({ SocketClass });
	opened.sync.send({ text: 'hello' });
	opened.sync.connect();
	await vi.waitFor(() => expect(opened.sync.isForgotten).toBe(true));
	await vi.waitFor(() => expect(refusals).toHaveLength(2));
	await new Promise(setImmediate);
	expect(texts(opened.sync)).toEqual(['hello']);
	expect([opened.sync.unsent.length, opened.salvaged.all]).toEqual([1, []]);
	expect(opened.sync.refusal).toBeUndefined();
});

it('a conversation that the server would not make is given up without a connection', async () => {
	const opened = await open();
	opened.sync.send({ text: 'hello' });
	opened.sync.giveUp();
	await vi.waitFor(() => expect(opened.sync.unsent).toEqual([]));
	opened.sync.send({ text: 'and this' });
	await vi.waitFor(() => expect(opened.sync.unsent).toEqual([]));
	expect(opened.salvaged.all).toMatchObject([
		{ text: 'hello', reason: 'notMade' },
		{ text: 'and this', reason: 'notMade' }
	]);
	// It is started once more: what is written from here on waits for the server's answer.
	opened.sync.goOn();
	opened.sync.send({ text: 'once more' });
	await new Promise(setImmediate);
	expect(texts(opened.sync)).toEqual(['once more']);
	expect(kept(opened)).toEqual(['hello', 'and this']);
});

it('one that the person takes back is given up as that', async () => {
	const opened = await open();
	opened.sync.send({ text: 'hello' });
	opened.sync.giveUp('discarded');
	await vi.waitFor(() => expect(opened.salvaged.all).toMatchObject([{ text: 'hello', reason: 'discarded' }]));
});

it('what cannot be copied to disk is not erased', async () => {
	const { SocketClass } = refusing({ [SEGMENT]: { code: CLOSE.forbidden } });
	const opened = await open({
		SocketClass,
		local: (local) => ({
			...local,
			put: (table, key, value) =>
				table === 'salvage' ? Promise.reject(new Error('full')) : local.put(table, key, value)
		})
	});
	opened.sync.send({ text: 'hello' });
	opened.sync.connect();
	await vi.waitFor(() => expect(opened.problems).not.toEqual([]));
	expect(texts(opened.sync)).toEqual(['hello']);
	expect(kept(opened)).toEqual([]);
});

describe('a segment whose user was put out', () => {
	it('keeps what was not taken and nothing else, and says from then on since when they are in again', async () => {
		const given = { [SEGMENT]: { code: CLOSE.putOut, times: 1, reason: '5' } };
		const { SocketClass, asked } = listening(refusing(given).SocketClass);
		const opened = await open({ SocketClass });
		const [, client] = opened.sync.send({ text: 'taken' }).split('.').map(Number);
		opened.sync.send({ text: 'not taken' });
		given[SEGMENT]!.reason = `5 ${client} 2`;
		opened.sync.connect();
		await vi.waitFor(() => expect(asked()).toEqual(['0', '5']));
		expect(kept(opened)).toEqual(['not taken']);
		expect(texts(opened.sync)).toEqual(['taken']);
		expect(opened.sync.unsent).toEqual([]);
		await opened.sync.close();
		const after = await open({ SocketClass, disk: opened.disk });
		after.sync.connect();
		await vi.waitFor(() => expect(asked()).toEqual(['0', '5', '5']));
	});

	it('keeps nothing of what another tab has heeded already: what was written since is not from before', async () => {
		const given = { [SEGMENT]: { code: CLOSE.putOut, times: 1, reason: '5' } };
		const { SocketClass, asked } = listening(refusing(given).SocketClass);
		const opened = await open({ SocketClass });
		await opened.local.put('acks', `since ${SEGMENT}`, 5);
		opened.sync.send({ text: 'back again' });
		opened.sync.connect();
		await vi.waitFor(() => expect(asked()).toEqual(['0', '5']));
		expect(kept(opened)).toEqual([]);
		expect(texts(opened.sync)).toEqual(['back again']);
	});

	it('is asked for again though another has heard it meanwhile, and no more than once', async () => {
		const next = segmentRoom(ID, 1);
		const putOut = () => ({ code: CLOSE.putOut, times: 1, reason: '5' });
		const once = listening(refusing({ [SEGMENT]: putOut(), [next]: putOut() }).SocketClass);
		const opened = await open({ SocketClass: once.SocketClass });
		await opened.sync.holdSegment(1).whenLoaded;
		opened.sync.connect();
		await vi.waitFor(() => expect(once.asked()).toEqual(['0', '0', '5', '5']));

		const always = { [SEGMENT]: { ...putOut(), times: 9 }, [next]: { ...putOut(), times: 9 } };
		const { SocketClass, asked } = listening(refusing(always).SocketClass);
		const other = await open({ SocketClass });
		await other.sync.holdSegment(1).whenLoaded;
		other.sync.connect();
		await vi.waitFor(() => expect([0, 1].every((n) => other.sync.isRefusedIn(n))).toBe(true));
		await vi.waitFor(() => expect(asked()).toEqual(['0', '0', '5', '5']));
		await new Promise((resolve) => setImmediate(resolve));
		expect(asked()).toEqual(['0', '0', '5', '5']);
	});

	it('for good is asked once, and all that is written there from then on is kept', async () => {
		const { SocketClass, asked } = listening(
			refusing({ [SEGMENT]: { code: CLOSE.putOut, reason: '0' } }).SocketClass
		);
		const opened = await open({ SocketClass });
		opened.sync.send({ text: 'hello' });
		opened.sync.connect();
		await vi.waitFor(() => expect(kept(opened)).toEqual(['hello']));
		opened.sync.send({ text: 'and again' });
		await vi.waitFor(() => expect(kept(opened)).toEqual(['hello', 'and again']));
		expect(asked()).toEqual(['0']);
	});
});

it('a refusal without a last word is asked about once before anything is kept', async () => {
	const { SocketClass, refusals } = refusing({ [SEGMENT]: { code: CLOSE.forbidden } });
	const opened = await open({ SocketClass });
	opened.sync.send({ text: 'hello' });
	opened.sync.connect();
	await vi.waitFor(() => expect(kept(opened)).toEqual(['hello']));
	expect(refusals.length).toBeGreaterThanOrEqual(2);
});

it('two tabs that are refused keep a text once, and both are without it', async () => {
	const browser = createFakeBrowser();
	const disk = createMemoryDisk();
	const one = await open({ disk, tabs: browser.newTab() });
	const other = await open({
		disk,
		tabs: browser.newTab(),
		SocketClass: refusing({ [SEGMENT]: { code: CLOSE.forbidden } }).SocketClass
	});
	one.sync.send({ text: 'hello' });
	await vi.waitFor(() => expect(texts(other.sync)).toEqual(['hello']));
	one.sync.giveUp();
	other.sync.connect();
	for (const tab of [one, other]) {
		await vi.waitFor(() => expect(tab.sync.unsent).toEqual([]));
		await vi.waitFor(() => expect(kept(tab)).toEqual(['hello']));
	}
	await one.salvaged.discard(one.salvaged.all[0]!);
	await vi.waitFor(() => expect(kept(other)).toEqual([]));
});

it('what two tabs are refused for their clock at one moment is written again once', async () => {
	const browser = createFakeBrowser();
	const disk = createMemoryDisk();
	const ahead = () => refusing({ [SEGMENT]: { code: CLOSE.clock, times: 1, reason: '1000' } }).SocketClass;
	const [one, other] = [
		await open({ disk, tabs: browser.newTab(), SocketClass: ahead() }),
		await open({ disk, tabs: browser.newTab(), SocketClass: ahead() })
	];
	const first = one.sync.send({ text: 'hello' });
	one.sync.send({ text: 'again', replyTo: first });
	await vi.waitFor(() => expect(texts(other.sync)).toEqual(['hello', 'again']));
	one.sync.connect();
	other.sync.connect();
	for (const { sync } of [one, other]) {
		await vi.waitFor(() => expect(sync.unsent.map(formatEntryId)).not.toContain(first));
		await vi.waitFor(() => expect(sync.unsent.length).toBeGreaterThan(0));
	}
	await vi.waitFor(() =>
		expect(one.sync.unsent.map(formatEntryId)).toEqual(other.sync.unsent.map(formatEntryId))
	);
	for (const { sync } of [one, other]) expect(texts(sync)).toEqual(['hello', 'again']);
});

it('what one tab writes again and another gives up at that moment is kept once, and is in neither', async () => {
	const browser = createFakeBrowser();
	const disk = createMemoryDisk();
	const refused = (code: number) => refusing({ [SEGMENT]: { code, times: 1, reason: '1000' } }).SocketClass;
	const one = await open({ disk, tabs: browser.newTab(), SocketClass: refused(CLOSE.clock) });
	const tab = browser.newTab();
	let hears = true;
	const tabs: Tabs = {
		...tab,
		join: (topic, listener) => tab.join(topic, (message) => hears && listener(message))
	};
	const other = await open({ disk, tabs, SocketClass: refused(CLOSE.tooLarge) });
	const id = one.sync.send({ text: 'hello' });
	await vi.waitFor(() => expect(texts(other.sync)).toEqual(['hello']));
	hears = false;
	one.sync.connect();
	await vi.waitFor(() => expect(one.sync.unsent.map(formatEntryId)).not.toContain(id));
	expect(other.sync.unsent.map(formatEntryId)).toEqual([id]);
	other.sync.connect();
	for (const tab of [one, other]) {
		await vi.waitFor(() => expect(tab.sync.unsent).toEqual([]));
		await vi.waitFor(() => expect(kept(tab)).toEqual(['hello']));
		expect(texts(tab.sync)).toEqual([]);
	}
});

it('an interrupted salvage is finished before the segment connects', async () => {
	const disk = createMemoryDisk();
	const before = await open({ disk });
	const source = before.sync.send({ text: 'hello' });
	await before.salvaged.keep([
		{
			conversation: ID,
			conversationName: 'Bob',
			source,
			text: 'hello',
			isEdit: false,
			at: 1,
			reason: 'removed'
		}
	]);
	await before.sync.close();
	const asked: string[] = [];
	class Listening {
		constructor(url: string) {
			asked.push(new URL(url).pathname);
			if (url.includes('/c/')) expect(texts(opened.sync)).toEqual([]);
		}
		close(): void {}
	}
	const opened: Opened = await open({ disk, SocketClass: Listening as unknown as typeof WebSocket });
	opened.sync.connect();
	await vi.waitFor(() => expect(asked.some((path) => path.includes('/c/'))).toBe(true));
	expect(kept(opened)).toEqual(['hello']);
	expect(texts(opened.sync)).toEqual([]);
});
