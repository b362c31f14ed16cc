/**
 * How somebody comes into a group, whichever way it was allowed: with what they may read and write from then on. Only
 * within a transaction of who allowed it.
 */
import { theirsTooMany, tooManyConversations, tooManyMembers } from './groupProblems';
import type { Conversation, ConversationStore } from './conversationStore';
import type { JoinRequestStore } from './joinRequestStore';
import type { ProjectionsDue } from '../projections/projectionsDue';
import { mintUuid, type ConversationId, type RandomBytes, type UserId } from '../../domain/ids';
import {
	COMMAND_KEPT_MS,
	CONVERSATIONS_BY_OTHERS_MAX,
	CONVERSATIONS_OF_USER_MAX,
	MEMBERS_MAX
} from '../../domain/limits';

export interface JoinsParts {
	readonly store: ConversationStore;
	readonly requests: JoinRequestStore;
	readonly due: ProjectionsDue;
	/** The last segment that devices may have gone on to, of what a restored database has less of; undefined if none. */
	readonly ranAhead: (id: ConversationId) => number | undefined;
	readonly letRunAhead: (id: ConversationId, segment: number) => void;
	readonly now: () => number;
	readonly randomBytes: RandomBytes;
}

export class Joins {
	readonly #parts: JoinsParts;

	constructor(parts: JoinsParts) {
		this.#parts = parts;
	}

	/**
	 * `by` brought them in, or is they themselves. `askedAt`: when that was asked for on a device with no network, in
	 * milliseconds since 1970: what was written since is unread. No longer ago than a device may come back with it. Throws
	 * a Problem if the group is full, or they are in as many conversations as they may be.
	 */
	join(group: Conversation, user: UserId, by: UserId, askedAt = Infinity): void {
		const { store, requests, due, now, randomBytes } = this.#parts;
		const { id, members } = group;
		if (members.length >= MEMBERS_MAX) throw tooManyMembers();
		this.refuseFull(user, { by, hasAsked: requests.has(id, user) });
		const admittedAt = now();
		const gone = store.members.gone(id, user);
		// Whoever was in it before is in it later than that, whatever became of the clock: their commands are told apart by it.
		const earliest = gone ? Math.max(group.createdAt, gone.at) + 1 : group.createdAt;
		const firstSegment = this.#firstSegment(group);
		store.members.add({
			conversation: id,
			user,
			role: 'member',
			joinedAt: Math.max(earliest, admittedAt - COMMAND_KEPT_MS, Math.min(admittedAt, askedAt)),
			firstSegment,
			writesSince: gone ? admittedAt : 0
		});
		requests.delete(id, user);
		due.addInfo(id);
		due.addDirectory(user);
		const live = Math.max(group.live, firstSegment);
		const key = `joined/${mintUuid(admittedAt, randomBytes)}`;
		due.addEvent(id, live, { key, event: 'joined', by, who: [user] });
	}

	/** Throws a Problem if somebody can be in no further group: of their own will, or because `by` wants them there. */
	refuseFull(user: UserId, { by, hasAsked }: { readonly by: UserId; readonly hasAsked: boolean }): void {
		const isOwnWill = user === by || hasAsked;
		const max = isOwnWill ? CONVERSATIONS_OF_USER_MAX : CONVERSATIONS_BY_OTHERS_MAX;
		if (!this.#parts.store.members.isInMany(user, max)) return;
		throw user === by ? tooManyConversations() : theirsTooMany('userId');
	}

	/**
	 * Where history begins at joining, the live segment ends with it, though it look empty: a device that was away may have
	 * written in it before it hears of the join, and an empty one lasts for more than anybody writes meanwhile. What devices
	 * have yet to give back to a restored database was written before: it goes on behind all of that.
	 */
	#firstSegment({ id, live, history }: Conversation): number {
		const { store, due, ranAhead, letRunAhead } = this.#parts;
		if (history === 'start') return 0;
		const ahead = ranAhead(id) ?? -1;
		const next = Math.max(ahead, live) + 1;
		if (ahead >= live) letRunAhead(id, next);
		store.raiseLive(id, next);
		due.addSeal(id, live);
		return next;
	}
}
