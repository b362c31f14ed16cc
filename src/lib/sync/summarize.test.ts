import { expect, it } from 'vitest';
import { ALICE, BOB, messageEntry, pinEntry } from '../domain/entries.fixture';
import { createTimelineFold } from '../domain/timelineFold';
import { formatEntryId, type Entry, type EntryId } from '../domain/entry';
import { summarize, type Summarized } from './summarize';
import { foundingInfo, type Info, type Role } from '../domain/info';
import { SUMMARY_UNREAD_MAX, type Summary } from './summaries';
import type { ConversationSync } from './conversationSync';

interface Told {
	readonly entries?: readonly Entry[];
	/** Segments in memory. */
	readonly inMemory?: readonly number[];
	readonly fresh?: readonly EntryId[];
	readonly late?: readonly EntryId[];
	readonly before?: Partial<Summary>;
	/** The server has told of it. */
	readonly told?: boolean;
	/** A direct conversation, as the list tells it before anything of it is here. */
	readonly listed?: boolean;
	/** Own role in a group that one person asks to join. */
	readonly role?: Role;
}

const askedGroup = (role: Role): Info => ({
	...foundingInfo('Kelp', { id: ALICE, username: 'alice', displayName: 'Alice' }, []),
	members: new Map([[ALICE, role]]),
	joining: 'request',
	asking: new Map([[BOB, { id: BOB, username: 'bob', displayName: 'Bob' }]])
});

function summaryOf({
	entries = [],
	inMemory = [0],
	fresh = [],
	late = [],
	before,
	told,
	listed,
	role
}: Told): Summary {
	const fold = createTimelineFold();
	fold.apply(entries);
	const sync = {
		id: 'g-kelp',
		info: role && askedGroup(role),
		told: told ? {} : undefined,
		live: 0,
		holdsEnd: true,
		heldItems: fold.items,
		unsent: [],
		leaving: [],
		complete: true,
		holds: (n: number) => inMemory.includes(n),
		knowsUnsent: () => true,
		holdsFrom: () => true
	};
	return summarize({
		sync: sync as unknown as ConversationSync,
		self: { id: ALICE, username: 'alice', displayName: 'Alice' },
		people: { know: () => {}, get: () => undefined },
		directory: {
			conversations: new Map(listed ? [['g-kelp', { kind: 'direct' }]] : []),
			blocked: new Set()
		},
		asked: [],
		goneName: '',
		reading: {
			unreadHere: () => ({ fresh, late, known: late }),
			state: () => ({ through: -1, vectors: new Map() })
		},
		before
		// What else these have is not asked here.
	} as unknown as Summarized);
}

it('counts all that is unread, what came late among it, though it names the first ones alone', () => {
	const fresh = Array.from({ length: SUMMARY_UNREAD_MAX + 20 }, (_, s): EntryId => `0.1.${s}`);
	const summary = summaryOf({ fresh, late: ['0.2.0', '0.2.1'] });
	expect(summary.unread).toEqual(fresh.slice(0, SUMMARY_UNREAD_MAX));
	expect([summary.unreadCount, summary.lateCount]).toEqual([SUMMARY_UNREAD_MAX + 22, 2]);
});

it('names the pinned messages of what is in memory, and those of other segments as they were known', () => {
	const kept = messageEntry({ client: 1, s: 0, segment: 1, author: BOB });
	const loosened = messageEntry({ client: 1, s: 1, segment: 1, author: BOB });
	const pin = (target: Entry, s: number, on: boolean) =>
		pinEntry({ client: 2, s, segment: 1, ms: 2_000 + s, target: formatEntryId(target), on });
	const entries = [kept, loosened, pin(kept, 0, true), pin(loosened, 1, true), pin(loosened, 2, false)];
	const before = { pins: ['0.7.0', formatEntryId(loosened)] as const };
	expect(summaryOf({ entries, inMemory: [1], before }).pins).toEqual(['0.7.0', formatEntryId(kept)]);
	expect(summaryOf({ inMemory: [], before }).pins).toEqual(before.pins);
});

it('of one that is opened once more after it was left, says that it was', () => {
	expect(summaryOf({ told: true })).toMatchObject({ made: true, left: true });
	expect(summaryOf({ told: true, before: { left: true } }).left).toBe(true);
	// It was listed as it was summarised before: the server may have forgotten it.
	expect(summaryOf({ told: true, before: {} }).left).toBeUndefined();
	expect(summaryOf({})).not.toHaveProperty('left');
});

it('a direct conversation has no name before it is known whose it is, and not one’s own', () => {
	expect(summaryOf({ listed: true })).toMatchObject({ kind: 'direct', name: '' });
});

it('nor does a group bear one’s own name before it is known who is in it', () => {
	expect(summaryOf({})).toMatchObject({ kind: 'group', name: '' });
});

it('counts who asks to join, for those who may answer', () => {
	expect([summaryOf({ role: 'owner' }).asking, summaryOf({ role: 'admin' }).asking]).toEqual([1, 1]);
	expect([summaryOf({ role: 'member' }).asking, summaryOf({}).asking]).toEqual([0, 0]);
});
