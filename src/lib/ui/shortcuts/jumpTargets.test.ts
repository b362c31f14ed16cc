import { describe, expect, it } from 'vitest';
import { jumpTargets } from './jumpTargets';
import { directConversationId } from '../../domain/ids';
import { listItem } from '../../state/conversationListItem.fixture';

const self = 'aaaaaaaaaaaaaaaa';
const tomas = {
	id: 'bbbbbbbbbbbbbbbb',
	username: 'tomas',
	displayName: 'Tomás Ferreira'
};
const tove = { id: 'cccccccccccccccc', username: 'tove', displayName: 'Tove Lind' };
const item = (id: string, name: string, pinned = false) => listItem({ id, name, pinned });
const conversations = [
	item('k', 'Kelp survey'),
	item(directConversationId(self, tomas.id), tomas.displayName),
	item('b', 'Boat and tom-cat', true)
];
const names = (typed: string, people = [tomas, tove]) =>
	jumpTargets(typed, { conversations, people, self }).map((target) =>
		target.type === 'person' ? `@${target.person.username}` : target.item.name
	);

describe('what one may jump to', () => {
	it('is the list from its top while nothing is typed', () => {
		expect(names('')).toEqual(['Boat and tom-cat', 'Kelp survey', 'Tomás Ferreira']);
	});

	it('begins with what begins so, without case and accents, and holds each person once', () => {
		expect(names('TOM')).toEqual(['Tomás Ferreira', 'Boat and tom-cat', '@tove']);
	});

	it('may be people alone, or nothing', () => {
		expect(names('tove', [tove])).toEqual(['@tove']);
		expect(names('nobody', [])).toEqual([]);
	});
});
