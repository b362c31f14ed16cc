import { describe, expect, it } from 'vitest';
import { noteOf } from './noteOf';
import { listItem } from '../../state/conversationListItem.fixture';
import type { ConversationListItem } from '../../state/conversationListItem';

const self = { id: 'u-mira', username: 'mira', displayName: 'Mira Solheim' };
const item = (of: Partial<ConversationListItem>) =>
	listItem({
		kind: 'direct',
		name: 'Tomás Ferreira',
		last: { author: 'u-tomas', authorName: 'Tomás Ferreira', text: 'low water\nat noon', at: 0 },
		unread: 1,
		...of
	});
const body = (of: Partial<ConversationListItem>, { withText = true, late = false } = {}) =>
	noteOf(item(of), { self, withText, late }).body;

describe('a notification says', () => {
	it('who writes, and what', () => {
		expect(noteOf(item({}), { self, withText: true, late: false })).toEqual({
			conversation: 'k',
			title: 'Tomás Ferreira',
			body: 'low water at noon'
		});
		expect(body({ kind: 'group', name: 'Kelp survey' })).toBe('Tomás Ferreira: low water at noon');
	});

	it('how much, where the text is not to be shown', () => {
		expect(body({ unread: 3 }, { withText: false })).toBe('3 new messages');
	});

	it('how much, where the newest message is not what calls', () => {
		expect(body({ last: undefined, unread: 2 })).toBe('2 new messages');
		expect(body({ last: { author: self.id, authorName: 'Mira', text: 'mine', at: 0 } })).toBe(
			'1 new message'
		);
		expect(body({ mentionsOnly: true, mentions: 1, unread: 4 })).toBe('You are mentioned in 1 message');
		expect(body({ late: 5, unread: 5 }, { late: true })).toBe('5 arrived in earlier history');
	});

	it('what is written, where that is the mention that calls', () => {
		const last = { author: 'u-tomas', authorName: 'Tomás Ferreira', text: '@mira look', at: 0 };
		expect(body({ mentionsOnly: true, mentions: 1, last })).toBe('@mira look');
	});
});
