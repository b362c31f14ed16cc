/**
 * Who is there and who is writing, among people who share a conversation. Held in memory alone: what a link reported
 * ends with the link. Invariants: a device hears only of people with whom its user shares a conversation at that
 * moment, of no one who has blocked its user, and of no one who has not reported; news are gathered, so that however often somebody reports, a device is told
 * at most once in `gatherMs`, and only of what differs from what it was told last; whose coming, going and blocking it is
 * pays for what the relay does by it.
 */
import { PresenceFollower, type PresenceWire } from './presenceFollower';
import { PresentPerson } from './presentPerson';
import { TELLING_MS } from './limits';
import { WRITING_HOLDS_MS } from '../src/lib/domain/limits';
import type { ConversationId, UserId } from '../src/lib/domain/ids';
import type { Timers } from './timers';

export interface PresenceOptions {
	readonly timers: Timers;
	/** Milliseconds of a clock that never goes back. */
	readonly elapsedMs: () => number;
	/** Milliseconds between two words on one link of who is there. */
	readonly gatherMs: number;
	/** The relay works so many milliseconds for the user. */
	readonly charge: (user: UserId, ms: number) => void;
}

/** One user: their links, and what they say together. */
interface Present {
	readonly person: PresentPerson;
	readonly links: Set<PresenceFollower>;
	/** Whom they have blocked: those are told nothing of them. */
	hiddenFrom: ReadonlySet<UserId>;
	/** Conversations of links that ended before others were told of it. */
	readonly left: Set<ConversationId>;
}

export class Presence {
	readonly #options: PresenceOptions;
	readonly #present = new Map<UserId, Present>();
	readonly #ofConversation = new Map<ConversationId, Set<PresenceFollower>>();
	readonly #writers = new Map<ConversationId, Set<UserId>>();
	/** Links that have to be told of somebody, or of more, since this was last looked at. */
	#toTell = 0;

	constructor(options: PresenceOptions) {
		this.#options = options;
	}

	/** One link of a user. It hears of others once it has conversations; others hear of it once it has reported. */
	follow(user: UserId, wire: PresenceWire): PresenceFollower {
		const present = this.#presentOf(user);
		const { timers, gatherMs } = this.#options;
		const follower: PresenceFollower = new PresenceFollower(user, {
			timers,
			gatherMs,
			writingHoldsMs: WRITING_HOLDS_MS,
			wire,
			world: {
				stateOf: (other) => this.#present.get(other)?.person.state ?? 'gone',
				hidesFrom: (other, viewer) => this.#present.get(other)?.hiddenFrom.has(viewer) ?? false,
				shares: (conversations, other) => this.#shares(conversations, other),
				writersIn: (conversation) => [...(this.#writers.get(conversation) ?? [])]
			},
			onReport: (before, now) => present.person.reported(before, now),
			onConversations: (added, removed) => this.#charge(user, () => this.#moved(follower, added, removed)),
			onHide: (users) => this.#charge(user, () => this.#hide(follower, present, users)),
			onEnd: () => this.#charge(user, () => this.#ended(follower, present))
		});
		present.links.add(follower);
		return follower;
	}

	#presentOf(user: UserId): Present {
		const held = this.#present.get(user);
		if (held) return held;
		const { timers, elapsedMs } = this.#options;
		const left = new Set<ConversationId>();
		const links = new Set<PresenceFollower>();
		const person: PresentPerson = new PresentPerson({
			timers,
			elapsedMs,
			onChange: ({ state, writing }) => {
				this.#charge(user, () => {
					if (state) this.#tellOf(user, [left, ...[...links].map((link) => link.conversations)]);
					for (const conversation of writing)
						this.#tellOfWriting(user, conversation, person.writesIn(conversation));
				});
				left.clear();
				if (links.size === 0) this.#present.delete(user);
			}
		});
		const present = { person, links, left, hiddenFrom: new Set<UserId>() };
		this.#present.set(user, present);
		return present;
	}

	/** Whether the user is in any of these conversations, as a link of theirs knows. */
	#shares(conversations: ReadonlySet<ConversationId>, user: UserId): boolean {
		for (const { conversations: theirs } of this.#present.get(user)?.links ?? []) {
			const [few, many] =
				theirs.size < conversations.size ? [theirs, conversations] : [conversations, theirs];
			for (const each of few) if (many.has(each)) return true;
		}
		return false;
	}

	#isSeen(user: UserId): boolean {
		return (this.#present.get(user)?.person.state ?? 'gone') !== 'gone';
	}

	#moved(
		follower: PresenceFollower,
		added: readonly ConversationId[],
		removed: readonly ConversationId[]
	): void {
		for (const conversation of removed) drop(this.#ofConversation, conversation, follower);
		this.#meet(follower, [...removed, ...added]);
		for (const conversation of added) add(this.#ofConversation, conversation, follower);
	}

	/** Those who were blocked, or are no longer, may see the follower's user otherwise than before. */
	#hide(follower: PresenceFollower, present: Present, users: readonly UserId[]): void {
		const before = present.hiddenFrom;
		const now = new Set(users);
		present.hiddenFrom = now;
		for (const other of new Set([...before, ...now])) {
			if (before.has(other) === now.has(other)) continue;
			for (const link of this.#present.get(other)?.links ?? []) {
				this.#note(link, follower.user);
				for (const each of follower.conversations) if (link.conversations.has(each)) link.noteWriting(each);
			}
		}
	}

	/** Whoever is in these conversations may see the follower's user otherwise than before, and the other way round. */
	#meet(follower: PresenceFollower, conversations: readonly ConversationId[]): void {
		const isSeen = this.#isSeen(follower.user);
		for (const other of this.#linksIn(conversations)) {
			if (this.#isSeen(other.user)) this.#note(follower, other.user);
			if (isSeen) this.#note(other, follower.user);
		}
		for (const conversation of conversations) follower.noteWriting(conversation);
	}

	/** Each of them once: people may share a thousand conversations. */
	#linksIn(conversations: Iterable<ConversationId>): Set<PresenceFollower> {
		const links = new Set<PresenceFollower>();
		for (const conversation of conversations)
			for (const link of this.#ofConversation.get(conversation) ?? []) links.add(link);
		return links;
	}

	#note(link: PresenceFollower, user: UserId): void {
		if (link.noteUser(user)) this.#toTell += 1;
	}

	/** What is told is told later, and costs about as much for each who hears it. */
	#charge(user: UserId, action: () => void): void {
		const { elapsedMs, charge } = this.#options;
		const startedMs = elapsedMs();
		this.#toTell = 0;
		action();
		charge(user, elapsedMs() - startedMs + this.#toTell * TELLING_MS);
	}

	#ended(follower: PresenceFollower, { person, links, left }: Present): void {
		links.delete(follower);
		for (const conversation of follower.conversations) {
			drop(this.#ofConversation, conversation, follower);
			if (person.isWaiting) left.add(conversation);
		}
		if (links.size === 0 && !person.isWaiting) this.#present.delete(follower.user);
	}

	#tellOf(user: UserId, conversations: readonly ReadonlySet<ConversationId>[]): void {
		const all = new Set(conversations.flatMap((some) => [...some]));
		for (const other of this.#linksIn(all)) this.#note(other, user);
	}

	#tellOfWriting(user: UserId, conversation: ConversationId, writes: boolean): void {
		if (writes) add(this.#writers, conversation, user);
		else drop(this.#writers, conversation, user);
		for (const other of this.#ofConversation.get(conversation) ?? []) {
			other.noteWriting(conversation);
			this.#toTell += 1;
		}
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
