/**
 * Who is there and who is writing, among people who share a conversation. Held in memory alone: what a link reported
 * ends with the link. Invariants: a device hears only of people with whom its user shares a conversation at that
 * moment, and of no one who has not reported; news are gathered, so that however often somebody reports, a device is told
 * at most once in `gatherMs`, and only of what differs from what it was told last.
 */
import { PresenceFollower, type PresenceWire } from './presenceFollower';
import { WRITING_HOLDS_MS, type PresenceReport, type PresenceState } from '../src/lib/protocol/presenceWords';
import type { ConversationId, UserId } from '../src/lib/domain/ids';
import type { Timers } from './timers';

export interface PresenceOptions {
	readonly timers: Timers;
	/** Milliseconds between two words on one link of who is there. */
	readonly gatherMs: number;
}

export class Presence {
	readonly #options: PresenceOptions;
	readonly #ofUser = new Map<UserId, Set<PresenceFollower>>();
	readonly #ofConversation = new Map<ConversationId, Set<PresenceFollower>>();

	constructor(options: PresenceOptions) {
		this.#options = options;
	}

	/** One link of a user. It hears of others once it has conversations; others hear of it once it has reported. */
	follow(user: UserId, wire: PresenceWire): PresenceFollower {
		const follower: PresenceFollower = new PresenceFollower(user, {
			...this.#options,
			writingHoldsMs: WRITING_HOLDS_MS,
			wire,
			world: {
				stateOf: (other) => this.#stateOf(other),
				shares: (conversations, other) => this.#shares(conversations, other),
				writersIn: (conversation) => this.#writersIn(conversation)
			},
			onReport: (before, now) => this.#reported(follower, before, now),
			onConversations: (added, removed) => this.#moved(follower, added, removed),
			onEnd: () => this.#ended(follower)
		});
		add(this.#ofUser, user, follower);
		return follower;
	}

	#stateOf(user: UserId): PresenceState {
		const states = [...(this.#ofUser.get(user) ?? [])].map(({ report }) => report?.presence);
		return states.includes('here') ? 'here' : states.includes('away') ? 'away' : 'gone';
	}

	/** Whether the user is in any of these conversations, as a link of theirs knows. */
	#shares(conversations: ReadonlySet<ConversationId>, user: UserId): boolean {
		for (const { conversations: theirs } of this.#ofUser.get(user) ?? []) {
			const [few, many] =
				theirs.size < conversations.size ? [theirs, conversations] : [conversations, theirs];
			for (const each of few) if (many.has(each)) return true;
		}
		return false;
	}

	#writersIn(conversation: ConversationId): UserId[] {
		const writing = [...(this.#ofConversation.get(conversation) ?? [])].filter(
			({ report }) => report?.writingIn === conversation
		);
		return [...new Set(writing.map(({ user }) => user))];
	}

	#reported(
		follower: PresenceFollower,
		before: PresenceReport | undefined,
		now: PresenceReport | undefined
	): void {
		if (before?.presence !== now?.presence) this.#tellOf(follower);
		if (before?.writingIn === now?.writingIn) return;
		for (const conversation of [before?.writingIn, now?.writingIn])
			if (conversation !== undefined) this.#tellOfWriting(conversation);
	}

	#moved(
		follower: PresenceFollower,
		added: readonly ConversationId[],
		removed: readonly ConversationId[]
	): void {
		for (const conversation of removed) {
			drop(this.#ofConversation, conversation, follower);
			this.#meet(follower, conversation);
		}
		for (const conversation of added) {
			this.#meet(follower, conversation);
			add(this.#ofConversation, conversation, follower);
		}
	}

	/** Whoever is in the conversation may see the follower's user otherwise than before, and the other way round. */
	#meet(follower: PresenceFollower, conversation: ConversationId): void {
		for (const other of this.#ofConversation.get(conversation) ?? []) {
			if (other === follower) continue;
			if (other.report) follower.noteUser(other.user);
			if (follower.report) other.noteUser(follower.user);
			other.noteWriting(conversation);
		}
		follower.noteWriting(conversation);
	}

	#ended(follower: PresenceFollower): void {
		drop(this.#ofUser, follower.user, follower);
	}

	#tellOf(follower: PresenceFollower): void {
		for (const conversation of follower.conversations)
			for (const other of this.#ofConversation.get(conversation) ?? []) other.noteUser(follower.user);
	}

	#tellOfWriting(conversation: ConversationId): void {
		for (const other of this.#ofConversation.get(conversation) ?? []) other.noteWriting(conversation);
	}
}

function add<K, V>(index: Map<K, Set<V>>, key: K, value: V): void {
	const held = index.get(key);
	if (held) held.add(value);
	else index.set(key, new Set([value]));
}

function drop<K, V>(index: Map<K, Set<V>>, key: K, value: V): void {
	const held = index.get(key);
	held?.delete(value);
	if (held?.size === 0) index.delete(key);
}
