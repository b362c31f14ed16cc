import { expect, it } from 'vitest';
import { NOBODY, ALICE, BOB, messageEntry } from '../domain/entries.fixture';
import { createFakeTime } from './fakeSocket.fixture';
import { createTimelineFold } from '../domain/timelineFold';
import { openReading } from './reading';
import type { ConversationSync } from './conversationSync';
import type { Home } from './home';
import type { AnyValue } from '../domain/boundedAny';
import type { Stamp } from '../domain/stamp';
import type { TimelineMessage } from '../domain/timeline';
import type { VersionVector } from '../domain/versionVector';

/** What was read has been told to the others by then. */
const RECEIPTS_TOLD_MS = 1_000;

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
		seals: new Map([[0, new Map([[2, 2]])]]),
		hasLater: false,
		live: 1
	} as unknown as ConversationSync;
	const reading = openReading({ self: ALICE, home, timers: createFakeTime().timers, blocked: () => NOBODY });
	reading.seen(sync, [shown!]);
	const whole = { ...sync, items: fold.items } as ConversationSync;
	expect(reading.unread(whole).late).toEqual([old]);
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
	const reading = openReading({ self: ALICE, home, timers: createFakeTime().timers, blocked: () => NOBODY });
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
	const reading = openReading({ self: ALICE, home, timers: createFakeTime().timers, blocked: () => NOBODY });
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

it('what a page had read that ended before it could tell the others is told once it is seen again', () => {
	const fold = createTimelineFold();
	fold.apply([messageEntry({ client: 2, ms: 10, author: BOB })]);
	const [message] = fold.items as TimelineMessage[];
	const facts = new Map<string, { value: AnyValue; stamp: Stamp }>();
	const told: [number, VersionVector][] = [];
	const sync = {
		id: 'c',
		items: fold.items,
		heldItems: fold.items,
		openSegments: [0],
		seals: new Map(),
		hasLater: false,
		live: 0,
		receiptsOf: () => new Map(told.length > 0 ? [[ALICE, told[0]![1]]] : []),
		tellRead: (n: number, vector: VersionVector) => void told.push([n, vector])
	} as unknown as ConversationSync;
	const kept = {
		...home,
		isOn: () => false,
		get facts() {
			return facts;
		},
		note: (key: string, value: () => AnyValue) =>
			void facts.set(key, { value: value(), stamp: { ms: 1, counter: 0 } })
	} as unknown as Home;
	const begin = () => {
		const time = createFakeTime();
		const { timers } = time;
		return { time, reading: openReading({ self: ALICE, home: kept, timers, blocked: () => NOBODY }) };
	};
	const ended = begin();
	ended.reading.seen(sync, [message!]);
	ended.reading.close();
	expect(told).toEqual([]);

	const { time, reading } = begin();
	reading.seen(sync, [message!]);
	time.advance(RECEIPTS_TOLD_MS);
	expect(told).toEqual([[0, new Map([[2, 2]])]]);
	reading.seen(sync, [message!]);
	time.advance(RECEIPTS_TOLD_MS);
	expect(told).toHaveLength(1);
});
