/**
 * Who is in a group, and as what. Each change runs within a transaction of its caller, and throws a Problem if a rule is
 * broken. Invariants: a group that has members has an owner, and whoever goes
 * or hands it over leaves it to one who may log in; of whoever may not make invite links, none hold.
 */
import {
	changedMeanwhile,
	goneMeanwhile,
	lastOwner,
	noSuchMember,
	notAllowed,
	outMeanwhile,
	unknownUser,
	wasRemoved
} from './groupProblems';
import type { Conversation, ConversationStore } from './conversationStore';
import type { Conversations } from './conversations';
import type { EmptyConversations } from './emptyConversations';
import type { InviteStore } from './inviteStore';
import type { Joins } from './joins';
import type { ProjectionsDue } from '../projections/projectionsDue';
import type { BlockStore } from '../accounts/blockStore';
import { outOfReach } from '../accounts/blocks';
import type { UserStore } from '../accounts/userStore';
import type { JoinedSince } from '../http/joinedSince';
import { mintUuid, type ConversationId, type RandomBytes, type UserId } from '../../domain/ids';
import { deedOf, isLastOwner, may, mayDoTo, mayStepDown } from '../../domain/permissions';
import type { Role } from '../../domain/info';

export interface MembershipParts {
	readonly conversations: Conversations;
	readonly store: ConversationStore;
	readonly users: UserStore;
	readonly blocks: BlockStore;
	readonly joins: Joins;
	readonly invites: InviteStore;
	readonly emptyConversations: Pick<EmptyConversations, 'left'>;
	readonly due: ProjectionsDue;
	readonly now: () => number;
	readonly randomBytes: RandomBytes;
}

/** Somebody else owns it too. */
const hasOwner = (roles: ReadonlyMap<UserId, Role>, but: UserId): boolean =>
	[...roles].some(([user, role]) => user !== but && role === 'owner');

const rolesIn = ({ members }: Conversation): Map<UserId, Role> =>
	new Map(members.map(({ id, role }) => [id, role]));

export class Membership {
	readonly #parts: MembershipParts;

	constructor(parts: MembershipParts) {
		this.#parts = parts;
	}

	/**
	 * For what a user asked for as one who was in the group since then: an end of that wins. Whether they are in it at all
	 * is not asked here.
	 */
	refuseFromBefore(user: UserId, { conversation, joined }: JoinedSince): void {
		const reach = this.#parts.store.members.reach(conversation, user);
		if (reach && reach.writesSince > 0 && joined < reach.joinedAt) throw outMeanwhile();
	}

	/**
	 * `askedAt`: when it was asked for, in milliseconds since 1970, if that was before now. Who has gone since does not come
	 * back by it.
	 */
	add(
		by: UserId,
		id: ConversationId,
		user: UserId,
		askedAt?: number
	): { conversation: Conversation; added: boolean } {
		const { conversations, store, users, blocks, joins } = this.#parts;
		const { group, role } = conversations.group(by, id);
		if (rolesIn(group).has(user)) return { conversation: group, added: false };
		if (!users.person(user)) throw unknownUser('userId');
		if (!may(role, 'add', group)) throw notAllowed();
		if (blocks.has(user, by)) throw outOfReach('userId');
		const gone = store.members.gone(id, user);
		if (gone && askedAt !== undefined && askedAt < gone.at) throw goneMeanwhile();
		if (gone?.removed && !may(role, 'admit', group)) throw wasRemoved();
		joins.join(group, user, by, askedAt);
		return { conversation: conversations.read(by, id), added: true };
	}

	/** Takes somebody out, or lets a member leave who takes out themselves. */
	remove(by: UserId, id: ConversationId, user: UserId): void {
		const { conversations, store, invites, emptyConversations, due, now } = this.#parts;
		const { group, role } = conversations.group(by, id);
		const roles = rolesIn(group);
		const theirs = roles.get(user);
		if (theirs === undefined) throw noSuchMember();
		if (user === by ? isLastOwner(this.#active(group), user) : !mayDoTo(role, 'remove', theirs))
			throw user === by ? lastOwner() : notAllowed();
		if (user === by) this.#passOn(group, user);
		store.members.remove(id, user, { removed: user !== by, at: now() });
		invites.deleteMadeBy(id, user);
		due.addInfo(id);
		due.addDirectory(user);
		this.#tell(group, { event: user === by ? 'left' : 'removed', by, who: [user] });
		emptyConversations.left(id);
	}

	/**
	 * Gives a member a role. `stepDown`: whoever makes an owner of somebody becomes an admin, so that the group is handed
	 * over at once. `was`: what the member was as the person saw it; if that is no longer so, nothing changes.
	 */
	setRole(
		by: UserId,
		id: ConversationId,
		{
			user,
			role,
			was,
			stepDown
		}: { readonly user: UserId; readonly role: Role; readonly was?: Role; readonly stepDown: boolean }
	): Conversation {
		const { conversations, store, invites, due } = this.#parts;
		const { group, role: own } = conversations.group(by, id);
		const roles = rolesIn(group);
		const theirs = roles.get(user);
		if (theirs === undefined) throw noSuchMember();
		if (theirs === role) return group;
		if (was !== undefined && was !== theirs) throw changedMeanwhile('role');
		if (user === by) {
			if (!mayStepDown(own, role)) throw notAllowed();
		} else if (!mayDoTo(own, deedOf(role), theirs)) throw notAllowed();
		const handsOver = stepDown && role === 'owner' && user !== by;
		const active = this.#active(group);
		if (handsOver && active.has(user)) active.set(user, role);
		if (own === 'owner' && (user === by || handsOver) && !hasOwner(active, by)) throw lastOwner();
		store.members.setRole(id, user, role);
		if (!may(role, 'invite', group)) invites.deleteMadeBy(id, user);
		if (handsOver) store.members.setRole(id, by, 'admin');
		due.addInfo(id);
		this.#tell(group, { event: handsOver ? 'handed-over' : 'role', by, who: [user], name: role });
		return conversations.read(by, id);
	}

	/**
	 * Takes somebody who goes for good out of all their groups, and passes on what they alone owned. Returns the groups.
	 */
	leaveAll(user: UserId): ConversationId[] {
		const { store, invites, emptyConversations, due, now } = this.#parts;
		const groups = store.withMembersOf(user).filter(({ kind }) => kind === 'group');
		for (const group of groups) {
			this.#passOn(group, user);
			store.members.remove(group.id, user, { removed: false, at: now() });
			invites.deleteMadeBy(group.id, user);
			due.addInfo(group.id);
			this.#tell(group, { event: 'left', by: user, who: [user] });
			emptyConversations.left(group.id);
		}
		due.addDirectory(user);
		return groups.map(({ id }) => id);
	}

	/** The roles of those who may log in: of a suspended owner nobody gets an answer. */
	#active(group: Conversation): Map<UserId, Role> {
		const roles = rolesIn(group);
		for (const user of this.#parts.store.members.suspended(group.id)) roles.delete(user);
		return roles;
	}

	/**
	 * If an owner who goes leaves none, the admin, or else the member, who has been there longest owns the group: of those
	 * who may log in, or of all if nobody may.
	 */
	#passOn(group: Conversation, owner: UserId): void {
		const roles = rolesIn(group);
		const active = this.#active(group);
		active.delete(owner);
		const those = active.size > 0 ? active : roles;
		if (roles.get(owner) !== 'owner' || hasOwner(those, owner)) return;
		const others = group.members.filter(({ id }) => id !== owner && those.has(id));
		const heir = others.find(({ role }) => role === 'admin') ?? others[0];
		if (!heir) return;
		this.#parts.store.members.setRole(group.id, heir.id, 'owner');
		this.#tell(group, { event: 'handed-over', by: owner, who: [heir.id], name: 'owner' });
	}

	#tell({ id, live }: Conversation, event: Told): void {
		const { due, now, randomBytes } = this.#parts;
		due.addEvent(id, live, { key: `${event.event}/${mintUuid(now(), randomBytes)}`, ...event });
	}
}

interface Told {
	readonly event: string;
	readonly by: UserId;
	readonly who: readonly UserId[];
	readonly name?: string;
}
