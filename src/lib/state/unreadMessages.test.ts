import { expect, it } from 'vitest';
import { NOBODY, ALICE, BOB, messageEntry } from '../domain/entries.fixture';
import { parseEntryId, type EntryId } from '../domain/entry';
import { createTimelineFold } from '../domain/timelineFold';
import { NOTHING_READ, type ReadState } from '../domain/readState';
import { unreadAmong } from '../domain/unread';
import type { TimelineItem } from '../domain/timeline';
import { unreadMessages } from './unreadMessages';
import type { ConversationSync } from '../sync/conversationSync';
import type { HeldConversation } from './heldConversation';
import type { ShownRows } from './shownRows';

const SEGMENTS = 60;
const MESSAGES = 3;

/** A conversation of many segments with a few messages each, of which the last one is shown. */
function createConversation({
	joinedIn = 0,
	kept = (_n: number): boolean => true,
	mayShow = (_n: number): boolean => true
} = {}) {
	const all = createTimelineFold();
	for (let n = 0; n < SEGMENTS; n++)
		for (let s = 0; s < MESSAGES; s++)
			all.apply([messageEntry({ segment: n, client: 2, s, ms: 10 * n + s, author: BOB })]);
	const seals = new Map(Array.from({ length: SEGMENTS - 1 }, (_, n) => [n, new Map([[2, 2 * MESSAGES]])]));
	const last = SEGMENTS - 1;
	let window = { first: last, last };
	const held = new Set<number>();
	/** Segments that were in memory, and those that were shown, in turn. */
	const [loaded, shown]: [number[], number[]] = [[], []];
	const isShown = (n: number) => n >= window.first && n <= window.last;
	const itemsOf = (has: (n: number) => boolean) =>
		all.items.filter((item) => item.type === 'message' && has(item.segment));
	const sync = {
		get window() {
			return window;
		},
		get hasLater() {
			return window.last < last;
		},
		live: last,
		joinedIn,
		message: all.message,
		holdsFrom: (n: number) => n >= window.first && window.last === last,
		holdSegment: (n: number) => {
			loaded.push(n);
			held.add(n);
			return { whenLoaded: Promise.resolve(), letGo: async () => void held.delete(n) };
		},
		keepsSegment: async (n: number) => kept(n),
		async showEntry(id: EntryId) {
			const n = parseEntryId(id)!.segment;
			if (!mayShow(n)) return false;
			if (isShown(n)) return true;
			shown.push(n);
			window = { first: Math.max(0, n - 1), last: n };
			return true;
		}
	} as unknown as ConversationSync;
	const among = (items: readonly TimelineItem[], since: ReadState) =>
		unreadAmong(since, items, { self: ALICE, blocked: NOBODY, seals });
	const conversation = {
		id: 'c',
		sync,
		device: {
			link: { status: 'offline', onChange: () => () => {} },
			summaries: new Map(),
			reading: {
				state: () => NOTHING_READ,
				unreadHere: () => ({ late: [] }),
				unreadHeld: (_: ConversationSync, since: ReadState) =>
					among(
						itemsOf((n) => isShown(n) || (held.has(n) && kept(n)) || n === last),
						since
					),
				unread: (_: ConversationSync, since: ReadState) => among(itemsOf(isShown), since)
			}
		},
		subscribe: () => {},
		once: <T>(read: () => T) => read
	} as unknown as HeldConversation;
	const rows = { standsBefore: () => false } as unknown as ShownRows;
	return { unread: unreadMessages(conversation, rows), loaded, shown };
}

const through = (n: number): ReadState => ({ ...NOTHING_READ, through: n });

it('reading goes on where it stopped, segments back, and no other segment is loaded for it', async () => {
	const { unread, loaded, shown } = createConversation();
	expect(unread.unreadSince(through(20))).toMatchObject({
		first: undefined,
		beginsEarlier: true,
		counted: false
	});
	expect(await unread.firstUnread(through(20))).toBe('21.2.0');
	expect(loaded).toEqual([21]);
	expect(shown).toEqual([21]);
	const midway: ReadState = { ...through(20), vectors: new Map([[30, new Map([[2, 4]])]]) };
	expect(await unread.firstUnread(midway)).toBe('30.2.2');
	expect(loaded).toEqual([21, 30]);
});

it('who has read nothing since they joined begins there, and no segment before is loaded for it', async () => {
	const { unread, loaded } = createConversation({ joinedIn: 40 });
	expect(unread.unreadSince(NOTHING_READ)).toMatchObject({ first: undefined, beginsEarlier: true });
	expect(await unread.firstUnread(NOTHING_READ)).toBe('40.2.0');
	expect(loaded).toEqual([40]);
});

it('reading that stopped at the end of a segment goes on in the next', async () => {
	const { unread, loaded, shown } = createConversation();
	const whole: ReadState = { ...NOTHING_READ, vectors: new Map([[7, new Map([[2, 2 * MESSAGES]])]]) };
	expect(await unread.firstUnread(whole)).toBe('8.2.0');
	expect(loaded).toEqual([7, 8]);
	expect(shown).toEqual([8]);
});

it('where nothing was read, reading begins at the beginning, whatever is loaded', async () => {
	const { unread } = createConversation();
	expect(unread.unread.first).toBeUndefined();
	expect(await unread.firstUnread(NOTHING_READ)).toBe('0.2.0');
});

it('what this device does not have is not waited for', async () => {
	const { unread, loaded } = createConversation({ kept: (n) => n > 40 });
	expect(await unread.firstUnread(through(20), { fetch: false })).toBeUndefined();
	expect(loaded).toEqual([]);
	expect(await unread.firstUnread(through(50), { fetch: false })).toBe('51.2.0');
});

it('what stands behind a segment that could not be fetched is not taken for the first', async () => {
	const { unread, loaded, shown } = createConversation({ kept: (n) => n !== 22 });
	const whole: ReadState = { ...NOTHING_READ, vectors: new Map([[21, new Map([[2, 2 * MESSAGES]])]]) };
	expect(await unread.firstUnread(whole)).toBeUndefined();
	expect([loaded, shown]).toEqual([[21, 22], []]);
});

it('what could not be brought into sight is not taken for found: nothing would count as unread any more', async () => {
	const { unread } = createConversation({ mayShow: () => false });
	expect(await unread.firstUnread(through(SEGMENTS - 2))).toBeUndefined();
});

it('nobody is carried to the first unread message who has gone on meanwhile', async () => {
	const { unread, shown } = createConversation();
	const acts = new AbortController();
	const search = unread.firstUnread(through(20), { until: acts.signal });
	acts.abort();
	expect(await search).toBeUndefined();
	expect(await unread.firstUnread(through(30), { until: acts.signal })).toBeUndefined();
	expect(shown).toEqual([]);
});

it('all that is unread is counted where it is loaded', () => {
	const { unread } = createConversation();
	const counted = { fresh: MESSAGES, counted: true, first: `${SEGMENTS - 1}.2.0`, beginsEarlier: false };
	expect(unread.unreadSince(through(SEGMENTS - 2))).toMatchObject(counted);
});
