import { describe, expect, it } from 'vitest';
import {
	isLastOwner,
	may,
	mayDoTo,
	mayModerate,
	mayStepDown,
	type GroupDeed,
	type MemberDeed
} from './permissions';
import type { Joining, Role } from './info';

const ROLES: readonly Role[] = ['owner', 'admin', 'member'];

const A: Readonly<Record<Role, string>> = {
	owner: 'an owner',
	admin: 'an admin',
	member: 'a member'
};

describe('in the group as a whole', () => {
	const words: Readonly<Record<GroupDeed, string>> = {
		describe: 'rename it, describe it and give it a picture',
		configure: 'say how its history is read and how people come in',
		add: 'bring people in',
		invite: 'make, see and revoke invite links',
		admit: 'answer those who ask to join',
		moderate: 'have the messages of others deleted'
	};
	const all: readonly Role[] = ['owner', 'admin', 'member'];
	const allowed: Readonly<Record<Joining, Readonly<Record<GroupDeed, readonly Role[]>>>> = {
		open: {
			describe: ['owner', 'admin'],
			configure: ['owner', 'admin'],
			add: all,
			invite: ['owner', 'admin'],
			admit: ['owner', 'admin'],
			moderate: ['owner', 'admin']
		},
		request: {
			describe: ['owner', 'admin'],
			configure: ['owner', 'admin'],
			add: ['owner', 'admin'],
			invite: ['owner', 'admin'],
			admit: ['owner', 'admin'],
			moderate: ['owner', 'admin']
		}
	};
	const cases = (['open', 'request'] as const).flatMap((joining) =>
		(Object.keys(words) as GroupDeed[]).flatMap((deed) =>
			ROLES.map((role) => {
				const can = allowed[joining][deed].includes(role);
				const where = joining === 'request' ? ', where people have to ask' : '';
				const title = `${A[role]} ${can ? 'may' : 'cannot'} ${words[deed]}${where}`;
				return [title, { joining, deed, role, can }] as const;
			})
		)
	);
	it.each(cases)('%s', (_, { joining, deed, role, can }) => {
		expect(may(role, deed, { joining })).toBe(can);
	});
});

describe('with another', () => {
	const words: Readonly<Record<MemberDeed, (whom: string) => string>> = {
		remove: (whom) => `remove ${whom}`,
		makeOwner: (whom) => `make an owner of ${whom}`,
		makeAdmin: (whom) => `make an admin of ${whom}`,
		makeMember: (whom) => `make a plain member of ${whom}`
	};
	const allowed: Readonly<Record<MemberDeed, readonly string[]>> = {
		remove: ['owner admin', 'owner member', 'admin member'],
		makeOwner: ['owner admin', 'owner member'],
		makeAdmin: ['owner member'],
		makeMember: ['owner admin']
	};
	const cases = (Object.keys(words) as MemberDeed[]).flatMap((deed) =>
		ROLES.flatMap((role) =>
			ROLES.map((other) => {
				const can = allowed[deed].includes(`${role} ${other}`);
				const title = `${A[role]} ${can ? 'may' : 'cannot'} ${words[deed](A[other])}`;
				return [title, { deed, role, other, can }] as const;
			})
		)
	);
	it.each(cases)('%s', (_, { deed, role, other, can }) => {
		expect(mayDoTo(role, deed, other)).toBe(can);
	});
});

describe('with oneself', () => {
	const lower = ['owner admin', 'owner member', 'admin member'];
	it.each(ROLES.flatMap((from) => ROLES.map((to) => ({ from, to, can: lower.includes(`${from} ${to}`) }))))(
		'$from to $to: $can',
		({ from, to, can }) => {
			expect(mayStepDown(from, to)).toBe(can);
		}
	);
});

describe('the last owner', () => {
	const group = (...roles: Role[]) => new Map(roles.map((role, i) => [`user${i}`, role]));

	it('is whoever owns a group of several alone', () => {
		expect(isLastOwner(group('owner', 'admin', 'member'), 'user0')).toBe(true);
	});

	it('is nobody where there are two', () => {
		expect(isLastOwner(group('owner', 'owner', 'member'), 'user0')).toBe(false);
	});

	it('is nobody who is alone in the group', () => {
		expect(isLastOwner(group('owner'), 'user0')).toBe(false);
	});

	it('is no admin, and nobody who is not in the group', () => {
		expect(isLastOwner(group('owner', 'admin'), 'user1')).toBe(false);
		expect(isLastOwner(group('owner', 'admin'), 'user9')).toBe(false);
	});
});

it('between two people nobody moderates', () => {
	for (const role of ROLES) {
		expect(mayModerate('direct', role)).toBe(false);
		expect(mayModerate('group', role)).toBe(role !== 'member');
	}
});
