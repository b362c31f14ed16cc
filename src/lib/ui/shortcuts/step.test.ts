import { describe, expect, it } from 'vitest';
import { stepFrom } from './step';
import { listItem } from '../../state/conversationListItem.fixture';
import type { ConversationListItem } from '../../state/conversationListItem';

const item = (id: string, of: Partial<ConversationListItem> = {}) => listItem({ id, name: id, ...of });
const list = [
	item('a'),
	item('b', { unread: 1 }),
	item('p', { pinned: true }),
	item('c', { unread: 2, muted: true })
];
const down = { by: 1, unread: false } as const;
const up = { by: -1, unread: false } as const;

describe('a step in the list', () => {
	it('goes down and up as it is shown, pinned ones first, and around its ends', () => {
		expect(['p', 'a', 'b', 'c'].map((open) => stepFrom(list, open, down))).toEqual(['a', 'b', 'c', 'p']);
		expect(['p', 'a', 'b', 'c'].map((open) => stepFrom(list, open, up))).toEqual(['c', 'p', 'a', 'b']);
	});

	it('begins at an end where none is open, or one that is not listed', () => {
		expect(stepFrom(list, undefined, down)).toBe('p');
		expect(stepFrom(list, 'gone', up)).toBe('c');
	});

	it('to what is unread passes over the rest, and over what is muted', () => {
		expect(stepFrom(list, 'p', { by: 1, unread: true })).toBe('b');
		expect(stepFrom(list, 'p', { by: -1, unread: true })).toBe('b');
		expect(stepFrom(list, 'b', { by: 1, unread: true })).toBeUndefined();
	});

	it('leads nowhere where there is no other', () => {
		expect(stepFrom([], undefined, down)).toBeUndefined();
		expect(stepFrom([item('a')], 'a', up)).toBeUndefined();
	});
});
