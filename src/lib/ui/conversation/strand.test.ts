import { describe, expect, it } from 'vitest';
import type { MessageRow, MessageState, TimelineRow } from '../../state/timelineRow';
import { createStrand, GROUP_MS, type StrandMessage } from './strand';

const noon = new Date(2026, 10, 20, 12).getTime();
let count = 0;
const says = (author: string, at: number, state?: MessageState): MessageRow => ({
	type: 'message',
	id: `0.1.${count++}`,
	author,
	authorPicture: undefined,
	authorName: author,
	own: state !== undefined,
	text: 'hello',
	at,
	state,
	cancellable: false,
	readBy: [],
	replyTo: undefined,
	forwardedFrom: undefined,
	versions: [],
	deleted: false,
	blocked: false,
	moderated: false,
	removing: false,
	removable: false,
	reactions: [],
	pinned: false,
	late: false,
	repliesSince: 0
});
const joins = (at: number): TimelineRow => ({
	type: 'event',
	id: `0.2.${count++}`,
	event: 'joined',
	byName: '',
	whoNames: ['Edda'],
	name: undefined,
	at
});
const messagesOf = (rows: TimelineRow[]): StrandMessage[] =>
	createStrand()(rows).filter((item) => item.type === 'message');
const heads = (rows: TimelineRow[]): boolean[] => messagesOf(rows).map(({ head }) => head);

describe('groups', () => {
	it('hold one author’s messages until five minutes of silence', () => {
		expect(heads([says('a', noon), says('a', noon + GROUP_MS - 1), says('a', noon + 2 * GROUP_MS)])).toEqual([
			true,
			false,
			true
		]);
	});

	it('end with another author, an event or a day', () => {
		expect(heads([says('a', noon), says('b', noon + 1), says('a', noon + 2)])).toEqual([true, true, true]);
		expect(heads([says('a', noon), joins(noon + 1), says('a', noon + 2)])).toEqual([true, true]);
		const midnight = new Date(2026, 10, 21).getTime();
		expect(heads([says('a', midnight - 1), says('a', midnight)])).toEqual([true, true]);
	});
});

describe('days', () => {
	it('stand above their first message', () => {
		const items = createStrand()([says('a', noon), says('a', noon + 1), says('a', noon + 86_400_000)]);
		expect(items.map(({ type }) => type)).toEqual(['day', 'message', 'message', 'day', 'message']);
	});
});

describe('the state', () => {
	it('is said by the last of a run', () => {
		const rows = [
			says('me', noon, 'sent'),
			says('me', noon, 'sent'),
			says('me', noon, 'queued'),
			says('me', noon, 'queued'),
			says('b', noon)
		];
		expect(messagesOf(rows).map(({ saysState }) => saysState)).toEqual([false, true, false, true, false]);
	});
});

describe('items', () => {
	it('stay the same objects while nothing about them changes', () => {
		const strand = createStrand();
		const rows = [says('a', noon), says('a', noon + 1)];
		const first = strand(rows);
		const second = strand([...rows, says('a', noon + 2)]);
		expect(second[1]).toBe(first[1]);
		expect(second[2]).toBe(first[2]);
	});

	it('change when the run goes on below them', () => {
		const strand = createStrand();
		const row = says('me', noon, 'queued');
		expect(strand([row])[1]).toMatchObject({ saysState: true });
		expect(strand([row, says('me', noon + 1, 'queued')])[1]).toMatchObject({ saysState: false });
	});
});

describe('reading', () => {
	it('starts a group behind the line of unread messages', () => {
		const rows = [says('a', noon), says('a', noon + 1)];
		const items = createStrand()(rows, { newFrom: rows[1]!.id });
		expect(items.filter((item) => item.type === 'message').map(({ head }) => head)).toEqual([true, true]);
	});

	it('tells where each late message stands in its run', () => {
		const rows = [1, 2, 3, 4, 5, 6].map((ms) => says('a', noon + ms));
		const late = new Set([0, 1, 2, 4].map((i) => rows[i]!.id));
		const items = createStrand()(rows, { isLate: (id) => late.has(id) });
		expect(items.flatMap((item) => (item.type === 'message' ? [item.late] : []))).toEqual([
			'first',
			'middle',
			'last',
			undefined,
			'only',
			undefined
		]);
	});
});

describe('messages that are folded away', () => {
	const strand = (rows: TimelineRow[], shown: readonly string[] = []) =>
		createStrand()(rows, { isFolded: (row) => row.author === 'a' && !shown.includes(row.id) });
	const kinds = (rows: TimelineRow[], shown?: readonly string[]) =>
		strand(rows, shown).flatMap((item) =>
			item.type === 'day' ? [] : [item.type === 'fold' ? item.rows.length : item.type]
		);

	it('are one line for all that stand in a row, and what comes behind them names its author', () => {
		const rows = [says('b', noon), says('a', noon + 1), says('a', noon + 2), says('b', noon + 3)];
		expect(kinds(rows)).toEqual(['message', 2, 'message']);
		expect(strand(rows).at(-1)).toMatchObject({ type: 'message', head: true });
	});

	it('end with a day or an event', () => {
		const midnight = new Date(2026, 10, 21).getTime();
		expect(kinds([says('a', midnight - 1), says('a', midnight)])).toEqual([1, 1]);
		expect(kinds([says('a', noon), joins(noon + 1), says('a', noon + 2)])).toEqual([1, 'event', 1]);
	});

	it('stand as they are once they are asked for', () => {
		const rows = [says('a', noon), says('a', noon + 1)];
		expect(
			kinds(
				rows,
				rows.map(({ id }) => id)
			)
		).toEqual(['message', 'message']);
	});
});
