import { expect, it, onTestFinished } from 'vitest';
import { createDevice } from '../sync/device';
import { createMemoryDisk } from '../sync/memoryStorage';
import { headlessPorts } from '../sync/headlessDevice';
import { namesOf, rememberMembers } from './conversationNames';
import type { Info } from '../domain/info';
import { quietSummary } from '../sync/summary.fixture';

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

it('a group that is not read from the disk yet is called as in the list, and not by one’s own name', async () => {
	const device = await createDevice({
		self: { id: 'aaaaaaaaaaaaaaaa', username: 'alice', displayName: 'Alice' },
		origin: 'http://kelp.example',
		ports: headlessPorts({ token: 'none', disk: createMemoryDisk(), now: () => 1_800_000_000_000 })
	});
	onTestFinished(() => device.close());
	const id = '018f0000-0000-7000-8000-000000000001';
	expect(namesOf(device, id).name).toBe('');
	device.summaries.set(id, quietSummary({ swatch: ['Boats', 'Bob'] }));
	expect(namesOf(device, id)).toMatchObject({ kind: 'group', name: 'Boats', swatch: ['Boats', 'Bob'] });
});
