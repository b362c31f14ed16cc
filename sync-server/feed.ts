/**
 * The changes feed: tells devices which of their rooms changed. Invariant: a device that has been told everything up to
 * a position has been told of each room that it might read and that changed until then.
 */
import { FeedFollower, type FeedOptions, type FeedWire } from './feedFollower';
import { deliveryMs } from './limits';
import { scopeOf } from './roomScope';
import type { RoomWriters } from './committer';
import type { ConversationId, UserId } from '../src/lib/domain/ids';

export class Feed {
	readonly #options: FeedOptions;
	readonly #ofUser = new Map<UserId, Set<FeedFollower>>();
	readonly #ofScope = new Map<string, Set<FeedFollower>>();
	#newest = 0;

	constructor(options: FeedOptions) {
		this.#options = options;
	}

	/** One device's line. It hears nothing before it has asked. */
	follow(userId: UserId, wire: FeedWire): FeedFollower {
		const follower = new FeedFollower(userId, {
			feed: this.#options,
			wire,
			newest: () => this.#newest,
			onScopes: ({ added, removed }) => {
				for (const scope of added) join(this.#ofScope, scope, follower);
				for (const scope of removed) leave(this.#ofScope, scope, follower);
			},
			onEnd: () => leave(this.#ofUser, userId, follower)
		});
		join(this.#ofUser, userId, follower);
		return follower;
	}

	/** These rooms are on disk with something new, said by these users on sockets, and the store has reached the position. */
	committed(writers: RoomWriters, position: number): void {
		this.#newest = position;
		if (this.#ofScope.size === 0) return;
		for (const [room, users] of writers) {
			const toldMs = deliveryMs(this.tell(room));
			const all = toldMs > 0 ? [...users] : [];
			for (const user of all) this.#options.charge(user, toldMs / all.length);
		}
	}

	/** The room has something new. Gives how many devices are to be told of it that were not already. */
	tell(room: string): number {
		let told = 0;
		for (const follower of this.#ofScope.get(scopeOf(room)) ?? []) if (follower.tell(room)) told += 1;
		return told;
	}

	/** Anybody's conversations may have come or gone: the host is asked again. */
	askAgain(): void {
		for (const followers of this.#ofUser.values()) for (const follower of followers) follower.askAgain();
	}

	/** The user is no longer in the conversation: nothing is told of it from now on. */
	dropMember(conversation: ConversationId, userId: UserId): void {
		for (const follower of this.#ofUser.get(userId) ?? []) follower.drop(conversation);
	}
}

function join<K, V>(index: Map<K, Set<V>>, key: K, value: V): void {
	const held = index.get(key);
	if (held) held.add(value);
	else index.set(key, new Set([value]));
}

function leave<K, V>(index: Map<K, Set<V>>, key: K, value: V): void {
	const held = index.get(key);
	held?.delete(value);
	if (held?.size === 0) index.delete(key);
}
