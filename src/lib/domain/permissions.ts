/**
 * Who may do what in a group: one table for the server, which decides, and for the screens, which offer nothing that
 * would be refused. A direct conversation has no such deeds.
 */
import type { ConversationKind, GroupSettings, Role } from './info';
import type { UserId } from './ids';

/** Deeds that concern the group as a whole. */
export type GroupDeed =
	/** Name, description and picture. */
	| 'describe'
	/** How history is read, and how people come in. */
	| 'configure'
	/** Brings people in at once. */
	| 'add'
	/** Makes, sees and revokes invite links. */
	| 'invite'
	/** Answers those who ask to join. */
	| 'admit'
	/** Has the messages of others deleted. */
	| 'moderate';

/** Deeds that concern another member. */
export type MemberDeed = 'remove' | 'makeOwner' | 'makeAdmin' | 'makeMember';

const GROUP_DEEDS: Readonly<Record<GroupDeed, readonly Role[]>> = {
	describe: ['owner', 'admin'],
	configure: ['owner', 'admin'],
	add: ['owner', 'admin', 'member'],
	invite: ['owner', 'admin'],
	admit: ['owner', 'admin'],
	moderate: ['owner', 'admin']
};

/** For each deed, by the role of who does it, to whom it may be done. */
const MEMBER_DEEDS: Readonly<Record<MemberDeed, Readonly<Record<Role, readonly Role[]>>>> = {
	remove: { owner: ['admin', 'member'], admin: ['member'], member: [] },
	makeOwner: { owner: ['admin', 'member'], admin: [], member: [] },
	makeAdmin: { owner: ['member'], admin: [], member: [] },
	makeMember: { owner: ['admin'], admin: [], member: [] }
};

/** Where people have to ask before they come in, bringing them in is for those who answer. */
export const may = (role: Role, deed: GroupDeed, { joining }: Pick<GroupSettings, 'joining'>): boolean =>
	GROUP_DEEDS[deed === 'add' && joining === 'request' ? 'admit' : deed].includes(role);

/** Between two people nobody is above the other. */
export const mayModerate = (kind: ConversationKind, role: Role): boolean =>
	kind === 'group' && GROUP_DEEDS.moderate.includes(role);

/** Of what is done to another. What people do to themselves is leaving, and {@link mayStepDown}. */
export const mayDoTo = (role: Role, deed: MemberDeed, other: Role): boolean =>
	MEMBER_DEEDS[deed][role].includes(other);

/** The deed that gives a member this role. */
export const deedOf = (role: Role): MemberDeed =>
	(({ owner: 'makeOwner', admin: 'makeAdmin', member: 'makeMember' }) as const)[role];

const RANK: Readonly<Record<Role, number>> = { member: 0, admin: 1, owner: 2 };

/** Taking a lesser role oneself. Whether somebody is left who owns the group, {@link isLastOwner} says. */
export const mayStepDown = (from: Role, to: Role): boolean => RANK[to] < RANK[from];

/** The group would be without an owner if they left or stepped down. Nobody is left behind by who is alone in it. */
export function isLastOwner(members: ReadonlyMap<UserId, Role>, user: UserId): boolean {
	if (members.get(user) !== 'owner' || members.size === 1) return false;
	return ![...members].some(([other, role]) => other !== user && role === 'owner');
}
