import { expect, it } from 'vitest';
import { rememberMembers } from './conversationNames';
import type { Info } from '../domain/info';

const told: Pick<Info, 'members' | 'people'> = {
	members: new Map([
		['alice', 'owner'],
		['gone', 'member']
	]),
	people: new Map([
		['alice', { id: 'alice', username: 'alice', displayName: 'Alice' }],
		['gone', { id: 'gone', username: '', displayName: '' }]
	])
};

it('the members of an info that has not changed are the very same, so that no row is drawn anew', () => {
	const membersOf = rememberMembers('Deleted user');
	const members = membersOf(told);
	expect(members.map(({ displayName, role }) => [displayName, role])).toEqual([
		['Alice', 'owner'],
		['Deleted user', 'member']
	]);
	expect(membersOf(told)).toBe(members);
	expect(membersOf({ ...told, members: new Map([['alice', 'admin']]) })).toMatchObject([{ role: 'admin' }]);
});
