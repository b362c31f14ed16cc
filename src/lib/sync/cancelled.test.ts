/** A message that one tab of a browser cancels before its ack, and what another tab and the relay make of it. */
import * as Y from 'yjs';
import { describe, expect, it, vi } from 'vitest';
import { cancelledLate } from './cancelledLate';
import { bodiesOf } from '../domain/erasures';
import { conversationsWithCancelled } from './cancelled';
import { createEmitter } from './emitter';
import { createFakeBrowser } from './fakeTabs.fixture';
import { createMemoryDisk, memoryLocalStore } from './memoryStorage';
import { eraseEntries } from '../conversation/erase';
import { createTimelineFold } from '../domain/timelineFold';
import { LogDocument } from '../conversation/logDocument';
import { openMessageActions } from './messageActions';
import { openSegmentSync } from './segmentSync';
import { parseEntryId, type EntryId } from '../domain/entry';
import { segmentRoom } from '../protocol/rooms';
import type { HeldSegments } from './heldSegments';
import type { LocalStore } from './ports';
import type { RoomSync } from './roomSync';
import type { VersionVector } from '../domain/versionVector';

const ALICE = 'a'.repeat(16);
const ID = `d-${ALICE}-${'b'.repeat(16)}`;

/** Two tabs of one browser on one disk; what one writes the other has once they meet. */
function twoTabs(through: (local: LocalStore) => LocalStore = (local) => local) {
	const browser = createFakeBrowser();
	const local = through(memoryLocalStore(createMemoryDisk().tables));
	let ms = 1_000_000;
	const renamed = new Map<EntryId, EntryId>();

	async function newTab() {
		const doc = new Y.Doc();
		const changed = createEmitter();
		const line = { acked: new Map() as VersionVector, connection: undefined as number | undefined };
		const room = {
			room: segmentRoom(ID, 0),
			doc,
			whenLoaded: Promise.resolve(),
			stored: () => Promise.resolve(),
			onChange: changed.on,
			mayHaveLeft: () => line.connection !== undefined,
			get acked() {
				return line.acked;
			},
			get connection() {
				return line.connection;
			}
		};
		// What a segment asks of its room; the rest of one is its connection.
		const segment = openSegmentSync({ n: 0, self: ALICE, room: room as unknown as RoomSync });
		await segment.whenLoaded;
		const segments = {
			open: () => segment,
			hold: () => segment,
			letGo: () => {},
			get: () => segment,
			all: [segment],
			live: 0
		};
		const actions = openMessageActions({
			message: () => undefined,
			nameNow: (target) => renamed.get(target) ?? target,
			id: ID,
			self: ALICE,
			local,
			tabs: browser.newTab(),
			// As above, of a conversation.
			segments: segments as unknown as HeldSegments,
			tick: () => ({ ms: (ms += 10), counter: 0 }),
			now: () => (ms += 10)
		});
		return {
			doc,
			line,
			...actions,
			shown: () => {
				const fold = createTimelineFold();
				fold.apply(segment.entries);
				return fold.items.flatMap((item) =>
					item.type === 'message' ? [item.deleted ? 'deleted' : item.text] : []
				);
			},
			ack: (target: EntryId) => {
				line.acked = covering(target);
				changed.emit();
				return actions.noteAcks();
			}
		};
	}
	return { local, newTab, renamed };
}

const within = (...ids: string[]) => ({
	conversations: new Map(ids.map((id) => [id, { id, kind: 'direct' as const }]))
});
const late = (local: LocalStore) => cancelledLate({ local, directory: within(ID) });

type Tab = Awaited<ReturnType<ReturnType<typeof twoTabs>['newTab']>>;

function meet(one: Tab, two: Tab): void {
	Y.applyUpdate(one.doc, Y.encodeStateAsUpdate(two.doc));
	Y.applyUpdate(two.doc, Y.encodeStateAsUpdate(one.doc));
}

function covering(target: EntryId): VersionVector {
	const { client, s } = parseEntryId(target)!;
	return new Map([[client, 2 * s + 2]]);
}

async function pair() {
	const { local, newTab } = twoTabs();
	return { local, one: await newTab(), two: await newTab() };
}

describe('what two tabs do to a queued message', () => {
	it.each([
		['written after the cancel', true],
		['written in ignorance of it', false]
	])('an edit that was %s keeps the message, though the relay has it', async (_, isAfter) => {
		const { one, two } = await pair();
		const id = one.send({ text: 'noon' });
		meet(one, two);
		await one.remove(id);
		if (isAfter) meet(one, two);
		await two.edit(id, { text: 'one o’clock' });
		meet(one, two);
		await one.settleCancelled(0, covering(id));
		await two.settleCancelled(0, covering(id));
		meet(one, two);
		expect(one.shown()).toEqual(['one o’clock']);
		expect(two.shown()).toEqual(['one o’clock']);
	});

	it('an edit that arrives while the message is being cancelled keeps it', async () => {
		const arrives = { now: () => {} };
		const { newTab } = twoTabs((local) => ({
			...local,
			put: (...row) => local.put(...row).then(() => arrives.now())
		}));
		const [one, two] = [await newTab(), await newTab()];
		const id = one.send({ text: 'noon' });
		meet(one, two);
		await two.edit(id, { text: 'one o’clock' });
		arrives.now = () => meet(one, two);
		expect(await one.remove(id)).toEqual({ done: 'edited' });
		await one.settleCancelled(0, covering(id));
		expect(one.shown()).toEqual(['one o’clock']);
	});

	it('the text that another tab changed it to is what can be had back', async () => {
		const { one, two } = await pair();
		const id = one.send({ text: 'noon' });
		meet(one, two);
		await two.edit(id, { text: 'one o’clock' });
		meet(one, two);
		expect(await one.remove(id)).toMatchObject({ done: 'cancelled', said: { text: 'one o’clock' } });
	});

	it('of what both cancel at once each is redacted, if the relay has it', async () => {
		const { one, two } = await pair();
		const [first, second] = [one.send({ text: 'first' }), two.send({ text: 'second' })];
		meet(one, two);
		await Promise.all([one.remove(first), two.remove(second)]);
		meet(one, two);
		const relayHas = new Map([...covering(first), ...covering(second)]);
		await one.settleCancelled(0, relayHas);
		expect(one.shown()).toEqual(['deleted', 'deleted']);
	});

	it('what one cancels while the other settles stays noted', async () => {
		let letRead = () => {};
		const read = new Promise<void>((resolve) => (letRead = resolve));
		const { local, newTab } = twoTabs((disk) => ({
			...disk,
			all: (table) => read.then(() => disk.all(table))
		}));
		const [one, two] = [await newTab(), await newTab()];
		const id = one.send({ text: 'noon' });
		meet(one, two);
		const settled = two.settleCancelled(0, new Map());
		await one.remove(id);
		letRead();
		await settled;
		expect(await conversationsWithCancelled(local)).toEqual([ID]);
	});
});

describe('a message that is written again under another name', () => {
	it.each([
		['while it is being cancelled', false],
		['while it is being cancelled, and whose bare header is acked then,', true]
	])('%s is cancelled under that', async (_, isAcked) => {
		const again = { write: () => {} };
		const { local, newTab, renamed } = twoTabs((disk) => ({
			...disk,
			put: (...row) => disk.put(...row).then(() => again.write())
		}));
		const one = await newTab();
		const id = one.send({ text: 'kiwi' });
		again.write = () => {
			again.write = () => {};
			renamed.set(id, one.send({ text: 'kiwi' }));
			eraseEntries(one.doc, ALICE, bodiesOf(id, new LogDocument(one.doc, 0).entries(), ALICE));
			if (isAcked) void one.ack(id);
		};
		expect(await one.remove(id)).toMatchObject({ done: 'cancelled', said: { text: 'kiwi' } });
		expect(one.shown()).toEqual([]);
		expect(await local.keys('cancelled')).toEqual([`${ID}/${renamed.get(id)}`]);
	});
});

describe('a message that is cancelled when the relay was given it already', () => {
	it('is redacted with its ack, once', async () => {
		const { local, one } = await pair();
		one.line.connection = 1;
		const id = one.send({ text: 'kiwi' });
		expect(await one.remove(id)).toMatchObject({ done: 'cancelled', mayHaveLeft: true });
		expect(one.shown()).toEqual([]);
		await one.ack(id);
		await one.ack(id);
		expect(one.shown()).toEqual(['deleted']);
		expect(await conversationsWithCancelled(local)).toEqual([]);
	});

	it('is redacted with its ack though the first vector of that connection comes in between', async () => {
		const { one } = await pair();
		one.line.connection = 1;
		const id = one.send({ text: 'kiwi' });
		await one.remove(id);
		await one.settleCancelled(0, new Map());
		await one.ack(id);
		expect(one.shown()).toEqual(['deleted']);
	});

	it('is known on the disk until the relay has said so: whoever logs out leaves it standing', async () => {
		const { local, one } = await pair();
		await one.remove(one.send({ text: 'never left' }));
		expect(await late(local)).toBe(0);
		one.line.connection = 1;
		const id = one.send({ text: 'kiwi' });
		await one.remove(id);
		expect(await late(local)).toBe(1);
		expect(await cancelledLate({ local, directory: within() }), 'for who is no longer in it').toBe(0);
		await one.ack(id);
		expect(await late(local)).toBe(0);
	});

	it('is known so too if the connection came while it was being cancelled', async () => {
		const comes = { now: () => {} };
		const { local, newTab } = twoTabs((disk) => ({
			...disk,
			put: (...row) => disk.put(...row).then(() => comes.now())
		}));
		const one = await newTab();
		comes.now = () => void (one.line.connection = 1);
		await one.remove(one.send({ text: 'kiwi' }));
		await vi.waitFor(async () => expect(await late(local)).toBe(1));
	});

	it('is not, if a later connection says that the relay never took it', async () => {
		const { local, one } = await pair();
		one.line.connection = 1;
		const id = one.send({ text: 'kiwi' });
		await one.remove(id);
		one.line.connection = 2;
		await one.settleCancelled(0, new Map());
		// The bare header travels now, and is acked.
		await one.ack(id);
		expect(one.shown()).toEqual([]);
		expect(await conversationsWithCancelled(local)).toEqual([]);
	});

	it('is not, though the bare header is acked before anything is done about that word', async () => {
		const { one } = await pair();
		one.line.connection = 1;
		const id = one.send({ text: 'kiwi' });
		await one.remove(id);
		one.line.connection = 2;
		await Promise.all([one.settleCancelled(0, new Map()), one.ack(id)]);
		expect(one.shown()).toEqual([]);
	});

	it('is deleted at once if the ack comes while it is being cancelled', async () => {
		const comes = { now: () => {} };
		const { newTab } = twoTabs((local) => ({
			...local,
			put: (...row) => local.put(...row).then(() => comes.now())
		}));
		const one = await newTab();
		const id = one.send({ text: 'kiwi' });
		comes.now = () => void one.ack(id);
		expect(await one.remove(id)).toEqual({ done: 'deleted' });
		await vi.waitFor(() => expect(one.shown()).toEqual(['deleted']));
	});
});
