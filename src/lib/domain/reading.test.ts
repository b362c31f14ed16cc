import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NOBODY, ALICE, BOB, messageEntry, messageVector, redactionEntry } from './entries.fixture';
import { countUnread, firstUnread, isForReading, isRead, unreadAmong, type Reader } from './unread';
import {
	decodeReadValue,
	joinReadState,
	NOTHING_READ,
	readKey,
	readValue,
	segmentReadTo,
	type ReadState
} from './readState';
import { encodeSetBody } from './bodies';
import { foldTimeline, type TimelineItem } from './timeline';
import { formatEntryId, type EntryId } from './entry';
import { markRead, markUnreadFrom, passedOver } from './reading';
import type { Seals } from './seals';

const message = (client: number, s: number, ms: number, segment = 0, author = BOB) =>
	messageEntry({ client, s, ms, segment, author, text: `${segment}.${client}.${s}` });

const NONE: Seals = new Map();
const alice = (seals: Seals = NONE): Reader => ({ self: ALICE, blocked: NOBODY, seals });
const withoutBob: Reader = { ...alice(), blocked: new Set([BOB]) };
const ids = (items: readonly TimelineItem[]) => items.map(({ id }) => id);

/**
 * Three segments, the first two sealed: 0 and 1 with three messages of two clients each, then what came in late after
 * the seal (client 3), and one of Alice's own.
 */
const sealed = [0, 1].flatMap((segment) =>
	[message(1, 0, 10), message(2, 0, 20), message(1, 1, 30)].map((entry) => ({
		...entry,
		segment,
		stamp: { ms: entry.stamp.ms + 100 * segment, counter: 0 }
	}))
);
const seals: Seals = new Map(
	[0, 1].map((segment) => [segment, messageVector(sealed.filter((entry) => entry.segment === segment))])
);
const late = [message(3, 0, 15), message(3, 0, 115, 1)];
const live = [
	message(1, 0, 210, 2),
	message(4, 0, 220, 2, ALICE),
	message(2, 0, 230, 2),
	message(1, 1, 240, 2)
];
const items = foldTimeline([...sealed, ...late, ...live]);
const foreign = items.filter((item) => isForReading(item, alice()));
const reader = alice(seals);
const unreadIds = (state: ReadState) => {
	const { late, fresh } = unreadAmong(state, items, reader);
	return ids([...late, ...fresh]).sort();
};

describe('unread messages', () => {
	it('are those of others that no vector covers; deleted ones and one’s own are none', () => {
		const entries = [message(1, 0, 1), message(1, 1, 2), message(2, 0, 3, 0, ALICE), message(1, 2, 4)];
		const gone = redactionEntry({ client: 1, s: 3, author: BOB, target: formatEntryId(entries[1]!) });
		const timeline = foldTimeline([...entries, gone]);
		expect(countUnread(NOTHING_READ, timeline, alice())).toBe(2);
		const state = { ...NOTHING_READ, vectors: new Map([[0, new Map([[1, 2]])]]) };
		expect(countUnread(state, timeline, alice())).toBe(1);
		expect(firstUnread(state, timeline, alice())?.id).toBe('0.1.2');
	});

	it('that came late into earlier history are told apart from those behind everything read', () => {
		const read = markRead(NOTHING_READ, { ...alice(), seen: [], items: [] });
		expect(read).toBe(NOTHING_READ);
		const before = foldTimeline([message(1, 0, 10), message(1, 1, 30)]);
		const state = markRead(NOTHING_READ, { ...alice(), seen: before, items: before });
		const after = foldTimeline([message(1, 0, 10), message(2, 0, 20), message(1, 1, 30), message(1, 2, 40)]);
		expect(unreadAmong(state, after, alice())).toMatchObject({
			late: [{ id: '0.2.0' }],
			fresh: [{ id: '0.1.2' }]
		});
		expect(firstUnread(state, after, alice())?.id).toBe('0.1.2');
		expect(firstUnread(state, after.slice(0, 3), alice())?.id).toBe('0.2.0');
	});
});

describe('who joined later', () => {
	const joined: Reader = { ...reader, joinedAt: 120 };

	it('has nothing to read of what was written before', () => {
		const { late, fresh } = unreadAmong(NOTHING_READ, items, joined);
		expect([ids(late), ids(fresh)]).toEqual([[], ['1.2.0', '1.1.1', '2.1.0', '2.2.0', '2.1.1']]);
		expect(countUnread(NOTHING_READ, items, joined)).toBe(5);
		expect(firstUnread(NOTHING_READ, items, joined)?.id).toBe('1.2.0');
		expect(segmentReadTo(NOTHING_READ, 1)).toBe(1);
		expect(segmentReadTo({ ...NOTHING_READ, through: 4 }, 1)).toBe(5);
	});

	it('has read a segment once what was written in it since is read', () => {
		const seen = foreign.filter((item) => item.type === 'message' && item.stamp.ms >= 120);
		const state = markRead(NOTHING_READ, { ...joined, seen, items });
		expect(state.through).toBe(1);
		expect(countUnread(state, items, joined)).toBe(0);
	});

	it('marks nothing unread of what was written before', () => {
		const state = markRead(NOTHING_READ, { ...joined, seen: items, items });
		const marked = markUnreadFrom(state, '0.1.0', items, joined);
		expect(countUnread(marked, items, joined)).toBe(5);
		const again: Reader = { ...joined, joinedAt: 1_000 };
		expect(markUnreadFrom(state, '0.1.0', items, again)).toBe(state);
		expect(countUnread(marked, items, again)).toBe(0);
	});
});

describe('marking read', () => {
	it('says of sealed segments only that they are read through their seals', () => {
		const state = markRead(NOTHING_READ, { ...reader, seen: items, items });
		expect(readValue(state)).toEqual({ e: 0, v: { 0: [3, 2], 1: [3, 2], 2: [1, 4, 2, 2] }, t: 1 });
		expect(countUnread(state, items, reader)).toBe(0);
	});

	it('counts a seal once all of its messages are read, in a row', () => {
		const second = foreign.filter(({ segment }) => segment === 1);
		const state = markRead(NOTHING_READ, { ...reader, seen: second, items });
		expect(state.through).toBe(-1);
		const first = foreign.filter(({ segment, client }) => segment === 0 && client !== 3);
		expect(markRead(state, { ...reader, seen: first, items })).toMatchObject({
			through: 1,
			vectors: new Map([[1, new Map([[3, 2]])]])
		});
	});

	it('may take older segments for read that are not loaded; what comes in late after their seal is unread', () => {
		const loaded = items.filter((item) => item.type === 'message' && item.segment === 2);
		const state = markRead(NOTHING_READ, {
			...alice(),
			seen: loaded,
			items: loaded,
			through: 1
		});
		expect(state.through).toBe(1);
		expect(unreadIds(state)).toEqual(ids(foldTimeline(late)).sort());
	});

	it('stays small: 1,000 sealed segments take less than 300 bytes', () => {
		let state = NOTHING_READ;
		for (let segment = 0; segment < 1_000; segment++) {
			const entries = Array.from({ length: 12 }, (_, i) => message(4e9 + segment * 100 + i, 0, 1, segment));
			const all = foldTimeline(entries);
			state = markRead(state, { ...alice(), seen: all, items: all });
			const seal = new Map([[segment, messageVector(entries)]]);
			if (segment < 999) state = markRead(state, { ...alice(seal), seen: [], items: all });
		}
		expect(state).toMatchObject({ through: 998 });
		const key = readKey(`d-${'a'.repeat(16)}-${'b'.repeat(16)}`, 'd'.repeat(36));
		expect(encodeSetBody({ key, value: readValue(state) }).length).toBeLessThan(300);
	});
});

describe('who reads on in the midst of unread messages', () => {
	const CAROL = 'carol';
	const all = foldTimeline([
		message(1, 0, 10),
		message(3, 0, 20, 0, CAROL),
		message(1, 1, 30),
		message(3, 1, 40, 0, CAROL),
		message(1, 2, 50)
	]).filter((item) => isForReading(item, alice()));
	const on = { ...alice(), items: all, window: all };

	it('has passed over what stands before it, and it is not offered as late', () => {
		const seen = all.slice(2, 4);
		const passed = passedOver(NOTHING_READ, { ...on, seen });
		expect(ids(passed)).toEqual(ids(all.slice(0, 2)));
		const state = markRead(NOTHING_READ, { ...on, seen: [...passed, ...seen] });
		expect(unreadAmong(state, all, alice())).toMatchObject({ late: [], fresh: [{ id: '0.1.2' }] });
	});

	it('has not passed over what arrived late, nor what no scrolling could have shown', () => {
		const lateOne = message(7, 0, 15);
		const read = markRead(NOTHING_READ, { ...alice(), seen: all.slice(0, 2), items: all });
		const sorted = [all[0]!, ...foldTimeline([lateOne]), ...all.slice(1)];
		const seen = all.slice(4);
		const passed = passedOver(read, { ...alice(), seen, items: sorted, window: sorted });
		expect(ids(passed)).toEqual(['0.1.1', '0.3.1']);
		expect(passedOver(NOTHING_READ, { ...on, seen, window: all.slice(3) })).toEqual([all[3]]);
	});

	it('has passed over nothing by looking at what was read before', () => {
		const read = markRead(NOTHING_READ, { ...alice(), seen: all.slice(0, 2), items: all });
		expect(passedOver(read, { ...on, seen: all.slice(0, 2) })).toEqual([]);
	});
});

describe('marking unread', () => {
	it('makes everything from there on unread, and leaves what stands before', () => {
		const state = markRead(NOTHING_READ, { ...reader, seen: items, items });
		const from = items.findIndex(({ id }) => id === '1.2.0');
		const unread = markUnreadFrom(state, '1.2.0', items, reader);
		expect(unread.epoch).toBe(1);
		expect(unreadIds(unread)).toEqual(
			ids(items.slice(from).filter((item) => isForReading(item, alice()))).sort()
		);
		expect(unread).toMatchObject({ through: 0 });
	});

	it('forgets of later segments, which are not loaded, that they were read', () => {
		const state = markRead(NOTHING_READ, { ...reader, seen: items, items });
		const loaded = items.filter((item) => item.type === 'message' && item.segment === 0);
		const unread = markUnreadFrom(state, '0.2.0', loaded, reader);
		expect(unread).toEqual({
			epoch: 1,
			through: -1,
			vectors: new Map([
				[
					0,
					new Map([
						[1, 2],
						[3, 2]
					])
				]
			])
		});
	});

	it('changes nothing where there is nothing to read from there on, or no such message', () => {
		const state = markRead(NOTHING_READ, { ...reader, seen: items, items });
		expect(markUnreadFrom(state, '9.9.9', items, reader)).toBe(state);
		const own = foldTimeline([message(4, 0, 1, 0, ALICE)]);
		expect(markUnreadFrom(state, '0.4.0', own, reader)).toBe(state);
	});

	it('beats a reading that another device did meanwhile in the older epoch', () => {
		const state = markRead(NOTHING_READ, { ...reader, seen: foreign.slice(0, 4), items });
		const unread = markUnreadFrom(state, foreign[0]!.id, items, reader);
		const elsewhere = markRead(state, { ...reader, seen: items, items });
		expect(joinReadState(unread, elsewhere)).toBe(unread);
		expect(countUnread(joinReadState(elsewhere, unread), items, reader)).toBe(foreign.length);
	});
});

describe('the devices of a user', () => {
	const step = fc.oneof(
		fc.record({ device: fc.nat(2), read: fc.uniqueArray(fc.nat(foreign.length - 1)) }),
		fc.record({ device: fc.nat(2), reach: fc.nat(foreign.length), through: fc.integer({ min: -1, max: 1 }) }),
		fc.record({ device: fc.nat(2), unreadFrom: fc.nat(foreign.length - 1) }),
		fc.record({ device: fc.nat(2), hears: fc.nat(2) })
	);

	it('agree on what is unread once they heard each other, whatever happened in which order', () => {
		fc.assert(
			fc.property(
				fc.array(step, { maxLength: 30, size: 'max' }),
				fc.constantFrom([0, 1, 2], [2, 0, 1]),
				(steps, order) => {
					/** Each device's own fact, as it stands in home. */
					const facts: ReadState[] = [NOTHING_READ, NOTHING_READ, NOTHING_READ];
					const states = [...facts];
					const hear = (device: number, other: number) =>
						(states[device] = joinReadState(states[device]!, decodeReadValue(readValue(facts[other]!))!));
					for (const each of steps) {
						const state = states[each.device]!;
						if ('hears' in each) {
							hear(each.device, each.hears);
							continue;
						}
						states[each.device] = facts[each.device] = afterStep(state, each);
					}
					for (const device of order) for (const other of order) hear(device, other);
					const fromFacts = facts.reduce(joinReadState);
					for (const state of states) {
						expect(state.epoch).toBe(fromFacts.epoch);
						expect(unreadIds(state)).toEqual(unreadIds(fromFacts));
					}
				}
			),
			{ numRuns: 300 }
		);
	});

	function afterStep(
		state: ReadState,
		step: { read: number[] } | { reach: number; through: number } | { unreadFrom: number }
	): ReadState {
		if ('unreadFrom' in step) return expectUnreadFrom(state, foreign[step.unreadFrom]!.id);
		const seen = 'read' in step ? step.read.map((i) => foreign[i]!) : foreign.slice(0, step.reach);
		const through = 'read' in step ? undefined : step.through;
		const next = markRead(state, { ...reader, seen, items, through });
		for (const item of seen) expect(isRead(next, item, seals)).toBe(true);
		for (const item of foreign) if (isRead(state, item, seals)) expect(isRead(next, item, seals)).toBe(true);
		expect(markRead(next, { ...reader, seen, items, through })).toBe(next);
		return next;
	}

	function expectUnreadFrom(state: ReadState, from: EntryId): ReadState {
		const next = markUnreadFrom(state, from, items, reader);
		const start = foreign.findIndex(({ id }) => id === from);
		foreign.forEach((item, i) => {
			if (i >= start) expect(isRead(next, item, seals)).toBe(false);
			else if (!isRead(state, item, seals)) expect(isRead(next, item, seals)).toBe(false);
			else if (!foreign.some((other) => blocks(other, item, state)))
				expect(isRead(next, item, seals)).toBe(true);
		});
		return next;
	}

	/** An earlier message of the same log that was not read: no vector can leave it out. */
	const blocks = (
		other: (typeof foreign)[number],
		item: (typeof foreign)[number],
		state: ReadState
	): boolean =>
		other.segment === item.segment &&
		other.client === item.client &&
		other.s < item.s &&
		!isRead(state, other, seals);
});

describe('what somebody writes whom one has blocked', () => {
	const CAROL = 'carol';
	const [theirs, others, later] = foldTimeline([
		message(2, 0, 10),
		message(3, 0, 20, 0, CAROL),
		message(2, 1, 30)
	]) as [TimelineItem, TimelineItem, TimelineItem];
	const items = [theirs, others, later];

	it('is not unread, and does not hide what others write', () => {
		expect(countUnread(NOTHING_READ, items, withoutBob)).toBe(1);
		expect(firstUnread(NOTHING_READ, items, withoutBob)?.id).toBe(others.id);
	});

	it('is not told to have been read, though it was before the eyes', () => {
		const state = markRead(NOTHING_READ, { ...withoutBob, seen: items, items });
		expect([...state.vectors.get(0)!.keys()]).toEqual([3]);
	});

	it('is there to be read once they are unblocked', () => {
		const state = markRead(NOTHING_READ, { ...withoutBob, seen: items, items });
		expect(ids(unreadAmong(state, items, alice()).fresh)).toEqual([later.id]);
	});
});
