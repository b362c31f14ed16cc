import { expect, it } from 'vitest';
import { foldRemovals } from './foldRemovals';
import type { Command, CommandOf } from './commands/commandTable';

const conversation = 'boats';
const [BOB, CAROL] = ['bob', 'carol'].map((id) => ({ id, username: id, displayName: id })) as [Named, Named];
interface Named {
	readonly id: string;
	readonly username: string;
	readonly displayName: string;
}

const CREATION: CommandOf<'create-conversation'> = {
	type: 'create-conversation',
	request: { id: conversation, kind: 'group', members: [BOB.id, CAROL.id], name: 'Boats' },
	people: [BOB, CAROL]
};
const add = (person: Named): Command => ({ type: 'add-member', conversation, person, at: 1 });
const remove = (person: Named): Command => ({ type: 'remove-member', conversation, person });
const makeAdmin = (person: Named): Command => ({ type: 'change-role', conversation, person, role: 'admin' });
const rename: Command = { type: 'change-group', conversation, change: { name: 'Ships' }, was: {} };

/** Who is asked for at first, and what is asked for behind it. */
function folded(...commands: readonly Command[]) {
	const behind = commands.map((command) => ({ command }));
	const { creation, spent } = foldRemovals(CREATION, behind);
	expect(creation.people.map(({ id }) => id)).toEqual(creation.request.members);
	return {
		members: creation.request.members,
		behind: behind.filter((queued) => !spent.includes(queued)).map(({ command }) => command)
	};
}

it('whoever was removed is not asked for, and nothing is done with them', () => {
	expect(folded(makeAdmin(BOB), rename, remove(BOB))).toEqual({ members: ['carol'], behind: [rename] });
});

it('nor is somebody who was added and removed', () => {
	const dave = { id: 'dave', username: 'dave', displayName: 'Dave' };
	expect(folded(add(dave), remove(dave))).toEqual({ members: ['bob', 'carol'], behind: [] });
});

it('whoever is added again afterwards comes by that alone', () => {
	expect(folded(remove(BOB), add(BOB), makeAdmin(BOB))).toEqual({
		members: ['carol'],
		behind: [add(BOB), makeAdmin(BOB)]
	});
});

it('without removals all stays as it was given', () => {
	expect(foldRemovals(CREATION, [{ command: makeAdmin(BOB) }]).creation).toBe(CREATION);
});

it('a group is made again without them too, and they are removed all the same: it may have been made before', () => {
	const places = [BOB, CAROL].map(({ id }) => ({ user: id }));
	const request = { ...CREATION.request, members: [], stood: { live: 0, places } };
	const { creation, spent } = foldRemovals({ ...CREATION, request }, [{ command: remove(BOB) }]);
	expect(creation.request.stood).toEqual({ live: 0, places: [{ user: CAROL.id }] });
	expect([creation.people, spent]).toEqual([[CAROL], []]);
});

it('what comes behind a handing over is the server’s to say', () => {
	const handOver: Command = { type: 'hand-over', conversation, person: BOB, self: 'alice' };
	expect(folded(handOver, remove(CAROL))).toEqual({
		members: ['bob', 'carol'],
		behind: [handOver, remove(CAROL)]
	});
});
