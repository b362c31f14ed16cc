import { expect, it, vi } from 'vitest';
import { NOBODY, ALICE, BOB, messageEntry } from '../domain/entries.fixture';
import { createFakeTime } from './fakeSocket.fixture';
import { createTimelineFold } from '../domain/timelineFold';
import { createEmitter } from './emitter';
import { openReading, RECEIPTS_OFF } from './reading';
import type { ConversationSync } from './conversationSync';
import type { Home } from './home';
import type { AnyValue } from '../domain/boundedAny';
import type { Stamp } from '../domain/stamp';
import type { TimelineMessage } from '../domain/timeline';
import type { VersionVector } from '../domain/versionVector';

/** What was read has been told to the others by then. */
const RECEIPTS_TOLD_MS = 1_000;

const neverAsked = () => {
	throw new Error('nothing is told');
};

/** A home that keeps nothing. */
const home = {
	deviceId: 'phone',
	facts: new Map(),
	isOn: () => true,
	note: () => {},
	onChange: () => () => {}
} as unknown as Home;

it('a segment that is held and not shown stays unread while another is read, though its seal is here', () => {
	const fold = createTimelineFold();
	fold.apply([
		messageEntry({ segment: 0, client: 2, ms: 10, author: BOB }),
		messageEntry({ segment: 1, client: 2, ms: 20, author: BOB }),
		messageEntry({ segment: 1, client: 2, s: 1, ms: 30, author: BOB })
	]);
	const [old, shown] = fold.items as TimelineMessage[];
	const sync = {
		id: 'c',
		items: fold.items.slice(1),
		heldItems: fold.items,
		holds: () => true,
		seals: new Map([[0, new Map([[2, 2]])]]),
		hasLater: false,
		live: 1
	} as unknown as ConversationSync;
	const reading = openReading({
		self: ALICE,
		home,
		timers: createFakeTime().timers,
		mayTell: () => true,
		use: neverAsked,
		blocked: () => NOBODY
	});
	reading.seen(sync, [shown!]);
	const whole = { ...sync, items: fold.items } as ConversationSync;
	expect(reading.unread(whole).late).toEqual([old]);
});

it('whoever reads the end has not read what of an unsealed segment is still to come', () => {
	const fold = createTimelineFold();
	fold.apply([
		messageEntry({ segment: 0, client: 2, ms: 10, author: BOB }),
		messageEntry({ segment: 0, client: 1, ms: 20 }),
		messageEntry({ segment: 1, client: 1, ms: 40 })
	]);
	const seals = new Map<number, VersionVector>();
	const sync = {
		id: 'c',
		get items() {
			return fold.items;
		},
		get heldItems() {
			return fold.items;
		},
		openSegments: [0, 1],
		holds: (n: number) => n <= 1,
		seals,
		hasLater: false,
		live: 1
	} as unknown as ConversationSync;
	const reading = openReading({
		self: ALICE,
		home,
		timers: createFakeTime().timers,
		mayTell: () => true,
		use: neverAsked,
		blocked: () => NOBODY
	});
	reading.seen(sync, fold.items as TimelineMessage[]);
	fold.apply([messageEntry({ segment: 0, client: 2, s: 1, ms: 30, author: BOB })]);
	seals.set(
		0,
		new Map([
			[1, 2],
			[2, 4]
		])
	);
	expect(reading.unread(sync).late.concat(reading.unread(sync).fresh)).toMatchObject([{ id: '0.2.1' }]);
	// Sealed and here, the segment before the end is read with it.
	reading.seen(sync, fold.items as TimelineMessage[]);
	expect(reading.state('c').through).toBe(0);
});

it('what was written before one joined stops to count as unread once it is known when that was', () => {
	const fold = createTimelineFold();
	for (let s = 0; s < 4; s++) fold.apply([messageEntry({ client: 2, s, ms: 10 * s, author: BOB })]);
	const told: { joinedAt?: number } = {};
	const sync = {
		id: 'c',
		items: fold.items,
		heldItems: fold.items,
		openSegments: [0],
		holds: (n: number) => n === 0,
		seals: new Map(),
		get joinedAt() {
			return told.joinedAt;
		}
	} as unknown as ConversationSync;
	const reading = openReading({
		self: ALICE,
		home,
		timers: createFakeTime().timers,
		mayTell: () => true,
		use: neverAsked,
		blocked: () => NOBODY
	});
	expect(reading.unreadHere(sync, []).fresh).toHaveLength(4);
	told.joinedAt = 20;
	expect(reading.unreadHere(sync, []).fresh).toEqual(['0.2.2', '0.2.3']);
	expect(reading.unread(sync).fresh.map(({ id }) => id)).toEqual(['0.2.2', '0.2.3']);
});

it('what came late into a segment is known to be unread when that is no longer in memory, until it is read anywhere', () => {
	const fold = createTimelineFold();
	fold.apply([
		messageEntry({ segment: 0, client: 2, ms: 10, author: BOB }),
		messageEntry({ segment: 0, client: 3, ms: 11, author: BOB }),
		messageEntry({ segment: 1, client: 2, ms: 20, author: BOB })
	]);
	const [, late, newest] = fold.items as TimelineMessage[];
	const seal = new Map([[2, 2]]);
	const sync = {
		id: 'c',
		items: fold.items,
		heldItems: fold.items,
		openSegments: [0, 1],
		holds: (n: number) => n <= 1,
		seals: new Map([[0, seal]]),
		hasLater: false,
		live: 1
	} as unknown as ConversationSync;
	const reading = openReading({
		self: ALICE,
		home,
		timers: createFakeTime().timers,
		mayTell: () => true,
		use: neverAsked,
		blocked: () => NOBODY
	});
	reading.seen(sync, [newest!]);
	expect(reading.unreadHere(sync, [])).toEqual({ fresh: [], late: [late!.id], known: [late!.id] });
	const away = {
		...sync,
		items: [newest],
		heldItems: [newest],
		openSegments: [1],
		holds: (n: number) => n === 1,
		seals: new Map()
	};
	const later = away as unknown as ConversationSync;
	expect(reading.unreadHere(later, [late!.id])).toEqual({ fresh: [], late: [late!.id], known: [late!.id] });
	reading.passed(later, [late!.id]);
	expect(reading.unreadHere(later, [late!.id])).toEqual({ fresh: [], late: [], known: [] });
});

/** One message that somebody wrote, and what is told of having read it. */
function tellingReader({ mayTell = () => true }: { mayTell?: () => boolean } = {}) {
	const fold = createTimelineFold();
	fold.apply([messageEntry({ client: 2, ms: 10, author: BOB })]);
	const message = fold.items[0] as TimelineMessage;
	const facts = new Map<string, { value: AnyValue; stamp: Stamp }>();
	const told: [number, VersionVector][] = [];
	const homeChanged = createEmitter();
	const sync = {
		id: 'c',
		items: fold.items,
		heldItems: fold.items,
		loaded: true,
		openSegments: [0],
		seals: new Map(),
		hasLater: false,
		live: 0,
		receiptsOf: () => new Map(told.length > 0 ? [[ALICE, told[0]![1]]] : []),
		tellRead: (n: number, vector: VersionVector) => void told.push([n, vector])
	} as unknown as ConversationSync;
	const kept = {
		...home,
		isOn: () => facts.has(RECEIPTS_OFF),
		get facts() {
			return facts;
		},
		onChange: homeChanged.on,
		note: (key: string, value: () => AnyValue) =>
			void facts.set(key, { value: value(), stamp: { ms: 1, counter: 0 } })
	} as unknown as Home;
	/** The conversation as it is open now. */
	const open = { sync, users: 0 };
	const begin = () => {
		const time = createFakeTime();
		const { timers } = time;
		const use = () => {
			open.users += 1;
			return { sync: open.sync, release: () => void (open.users -= 1) };
		};
		return {
			time,
			reading: openReading({ self: ALICE, home: kept, timers, mayTell, use, blocked: () => NOBODY })
		};
	};
	return { begin, told, sync, open, message, home: { kept, changed: homeChanged.emit } };
}

const READ_IT = [[0, new Map([[2, 2]])]];

it('what a page had read that ended before it could tell the others is told once it is seen again', () => {
	const { begin, told, sync, message } = tellingReader();
	const ended = begin();
	ended.reading.seen(sync, [message]);
	ended.reading.close();
	expect(told).toEqual([]);

	const { time, reading } = begin();
	reading.seen(sync, [message]);
	time.advance(RECEIPTS_TOLD_MS);
	expect(told).toEqual(READ_IT);
	reading.seen(sync, [message]);
	time.advance(RECEIPTS_TOLD_MS);
	expect(told).toHaveLength(1);
});

it.each([
	['is told once home is here', false],
	['is not told if home says so then', true]
])('what is read before home has come on this connection %s', (_what, isOff) => {
	let isHere = false;
	const { begin, told, sync, message, home } = tellingReader({ mayTell: () => isHere });
	const { time, reading } = begin();
	reading.seen(sync, [message]);
	time.advance(RECEIPTS_TOLD_MS);
	home.changed();
	expect(told).toEqual([]);
	if (isOff) home.kept.note(RECEIPTS_OFF, () => true);
	isHere = true;
	home.changed();
	expect(told).toEqual(isOff ? [] : READ_IT);
	// Told is told.
	home.changed();
	expect(told).toHaveLength(isOff ? 0 : 1);
});

it('who reads and leaves before home is told has told of it once it is', async () => {
	let isHere = false;
	const { begin, told, sync, open, message, home } = tellingReader({ mayTell: () => isHere });
	const { time, reading } = begin();
	reading.seen(sync, [message]);
	time.advance(RECEIPTS_TOLD_MS);
	// Left, and closed: it can be opened again, and says so once it is read.
	const closed = { tellRead: () => Promise.reject(new Error('closed')) };
	const again = { ...sync, loaded: false, whenLoaded: Promise.resolve() } as ConversationSync;
	Object.assign(sync, closed);
	open.sync = again;
	isHere = true;
	home.changed();
	await vi.waitFor(() => expect(told).toEqual(READ_IT));
	await vi.waitFor(() => expect(open.users).toBe(0));
});
