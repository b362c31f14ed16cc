import { expect, it } from 'vitest';
import { unwritable } from './unwritable';
import type { DirectoryConversation } from '../domain/directory';
import type { Person } from '../domain/people';

const bob = { id: 'bob', username: 'bob', displayName: 'Bob' };
const gone = { id: 'gone', username: '', displayName: '' };

const directory = (peer?: Person, ...blocked: Person[]) => ({
	conversations: new Map<string, DirectoryConversation>([
		['one', peer ? { id: 'one', kind: 'direct', peer } : { id: 'one', kind: 'group' }]
	]),
	blocked: new Map(blocked.map((person) => [person.id, person]))
});

it('nobody is left to write to where the other has deleted their account, and one does not write to whom one blocks', () => {
	expect(unwritable(directory(bob), 'one')).toBeUndefined();
	expect(unwritable(directory(bob, bob), 'one')).toBe('blocked');
	expect(unwritable(directory(gone), 'one')).toBe('deleted');
	expect(unwritable(directory(gone, gone), 'one')).toBe('deleted');
});

it('in a group one goes on writing, whomever one has blocked', () => {
	expect(unwritable(directory(undefined, bob), 'one')).toBeUndefined();
	expect(unwritable(directory(bob, bob), 'another')).toBeUndefined();
});
