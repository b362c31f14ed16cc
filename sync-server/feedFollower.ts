/**
 * One device that follows the feed. Invariants: it is told only of rooms of its user as the host knows them at that
 * moment; a word that goes out tells of everything up to its position.
 */
import { CHANGES_ROOMS_MAX } from '../src/lib/protocol/linkFrames';
import { directoryRoom, parseRoom } from '../src/lib/protocol/rooms';
import { scopeOf } from './roomScope';
import type { RelayAccess, RelayLog } from './ports';
import type { RelayMeters } from './meters';
import type { Changes, RoomStore } from './roomStore';
import type { Timers } from './timers';
import type { ConversationId, UserId } from '../src/lib/domain/ids';

export interface FeedOptions {
	readonly store: RoomStore;
	readonly access: Pick<RelayAccess, 'conversationsOf' | 'firstSegments' | 'blockedBy'>;
	readonly timers: Timers;
	readonly log: RelayLog;
	readonly meters: RelayMeters;
	/** Milliseconds between two words of what changes. */
	readonly pokeEveryMs: number;
	/** The same, if all of it is in rooms that the device has open: it has been sent what changed in them. */
	readonly heldPokeEveryMs: number;
	/** The relay works so many milliseconds for the user. */
	readonly charge: (user: UserId, ms: number) => void;
}

/** Rooms that are asked of the store, and said, at once: words of less than a tenth of what may wait. */
const ROOMS_AT_ONCE = 2 * CHANGES_ROOMS_MAX;

export interface FeedWire {
	/** Settles once what was sent no longer waits here, or never will go out. */
	sent(): Promise<void>;
	send(changes: { readonly position: number; readonly rooms: readonly string[] }): void;
	/** The device has the room open, and is sent what changes in it. */
	holds(room: string): boolean;
	/** These conversations of the user's have come and gone. */
	moved(added: readonly ConversationId[], removed: readonly ConversationId[]): void;
	/** Whom the user has blocked, told before what has moved. */
	blocked(users: readonly UserId[]): void;
	/** What changed cannot be told. */
	fail(): void;
}

interface FollowerOptions {
	readonly feed: FeedOptions;
	readonly wire: FeedWire;
	/** The store's position behind the last commit that was told. */
	readonly newest: () => number;
	readonly onScopes: (change: {
		readonly added: readonly string[];
		readonly removed: readonly string[];
	}) => void;
	readonly onEnd: () => void;
}

export class FeedFollower {
	readonly #user: UserId;
	readonly #options: FollowerOptions;
	#scopes: ReadonlySet<string> = new Set();
	#firstSegments: ReadonlyMap<ConversationId, number> = new Map();
	/** Conversations may have come or gone. */
	#isStale = true;
	/** The position that is asked for and not answered yet. */
	#asked: number | undefined;
	#hasAnswered = false;
	#toldUpTo = 0;
	readonly #pending = new Set<string>();
	#isRunning = false;
	#stopTimer: (() => void) | undefined;
	/** What the timer waits for is not in open rooms alone. */
	#isUrgent = false;
	#ended = false;

	constructor(user: UserId, options: FollowerOptions) {
		this.#user = user;
		this.#options = options;
	}

	/** Asks for what changed behind the position, and from now on. */
	since(position: number): void {
		this.#asked = position;
		// Whoever asks again and again is answered no faster than changes are told.
		if (this.#hasAnswered) this.#arm();
		else void this.#run();
	}

	/** A room of one of its scopes changed. False if that is to be told already. */
	tell(room: string): boolean {
		const isNew = !this.#pending.has(room);
		this.#pending.add(room);
		if (room === directoryRoom(this.#user)) this.#isStale = true;
		this.#arm({ isUrgent: this.#isStale || !this.#options.wire.holds(room) });
		return isNew;
	}

	/** Its link has the room open no more: what changed there meanwhile may not have gone out on its channel. */
	left(room: string): void {
		if (this.#pending.has(room)) this.#arm();
	}

	/** One of its scopes is no longer its user's. */
	drop(scope: string): void {
		this.#setScopes([...this.#scopes].filter((held) => held !== scope));
		this.askAgain();
	}

	/** Its user's conversations may be others than it knows. */
	askAgain(): void {
		this.#isStale = true;
		this.#arm();
	}

	end(): void {
		this.#ended = true;
		this.#stopTimer?.();
		this.#setScopes([]);
		this.#options.onEnd();
	}

	#arm({ isUrgent } = { isUrgent: true }): void {
		if (this.#ended || (this.#stopTimer && (this.#isUrgent || !isUrgent))) return;
		this.#stopTimer?.();
		this.#isUrgent = isUrgent;
		const { timers, pokeEveryMs, heldPokeEveryMs } = this.#options.feed;
		this.#stopTimer = timers.after(isUrgent ? pokeEveryMs : heldPokeEveryMs, () => {
			this.#stopTimer = undefined;
			void this.#run();
		});
	}

	async #run(): Promise<void> {
		if (this.#isRunning) return;
		this.#isRunning = true;
		try {
			while (!this.#ended && (await this.#sayNext()));
		} catch (error) {
			this.#options.feed.log.error({ err: error }, 'what changed cannot be told');
			if (!this.#ended) this.#options.wire.fail();
		} finally {
			this.#isRunning = false;
		}
	}

	/** False if there is nothing to say now. */
	async #sayNext(): Promise<boolean> {
		if (this.#isStale) await this.#refresh();
		else if (this.#asked !== undefined) await this.#answer();
		else if (this.#hasAnswered && this.#pending.size > 0) await this.#sendPending();
		else return false;
		return true;
	}

	async #refresh(): Promise<void> {
		this.#isStale = false;
		const { access, store } = this.#options.feed;
		const known = this.#scopes;
		const scopes = [this.#user, ...(await access.conversationsOf(this.#user))];
		const firstSegments = await access.firstSegments(this.#user);
		const blocked = await access.blockedBy(this.#user);
		// What came or went while the host answered may not be in its answer: it is asked again.
		if (this.#ended || this.#isStale) return;
		this.#firstSegments = firstSegments;
		this.#options.wire.blocked(blocked);
		this.#setScopes(scopes);
		// What changed in a conversation before its user came to it is news to them.
		const added = scopes.filter((scope) => !known.has(scope));
		if (!this.#hasAnswered || added.length === 0) return;
		for (const { room } of (await store.changedSince(0, added)).rooms) this.#pending.add(room);
	}

	async #answer(): Promise<void> {
		const asked = this.#asked ?? 0;
		this.#asked = undefined;
		/** Of the pages until now, what is not said yet: less than a slice. */
		let rest: Changes['rooms'] = [];
		for (let behind: number | undefined; ;) {
			const page = { limit: ROOMS_AT_ONCE, behind };
			const { rooms, newest } = await this.#options.feed.store.changedSince(asked, [...this.#scopes], page);
			if (this.#ended) return;
			// Of a page before too: a conversation may have been left since.
			rest = this.#sendWhole([...rest, ...rooms].filter(({ room }) => this.#isMine(room)));
			if (rooms.length < ROOMS_AT_ONCE) {
				// Even if it names none: it says that this was all.
				this.#send(namesOf(rest), newest);
				this.#hasAnswered = true;
				return;
			}
			behind = rooms.at(-1)!.position;
			await this.#options.wire.sent();
			if (this.#ended) return;
		}
	}

	/** Says them in slices that are full. Gives what is left. */
	#sendWhole(rooms: Changes['rooms']): Changes['rooms'] {
		const whole = rooms.length - (rooms.length % CHANGES_ROOMS_MAX);
		for (let i = 0; i < whole; i += CHANGES_ROOMS_MAX) {
			const slice = rooms.slice(i, i + CHANGES_ROOMS_MAX);
			this.#send(namesOf(slice), slice.at(-1)!.position);
		}
		return rooms.slice(whole);
	}

	/** Up to a slice of it. */
	async #sendPending(): Promise<void> {
		const rooms: string[] = [];
		for (const room of this.#pending) {
			if (rooms.length === CHANGES_ROOMS_MAX) break;
			this.#pending.delete(room);
			if (this.#isMine(room)) rooms.push(room);
		}
		const isLast = this.#pending.size === 0;
		if (rooms.length > 0) this.#send(rooms, isLast ? this.#options.newest() : this.#toldUpTo);
		if (!isLast) await this.#options.wire.sent();
	}

	#send(rooms: readonly string[], position: number): void {
		this.#options.feed.meters.count('pokes');
		this.#toldUpTo = Math.max(this.#toldUpTo, position);
		this.#options.wire.send({ position: this.#toldUpTo, rooms });
	}

	#isMine(name: string): boolean {
		if (!this.#scopes.has(scopeOf(name))) return false;
		const room = parseRoom(name);
		return room?.type !== 'segment' || room.segment >= (this.#firstSegments.get(room.conversation) ?? 0);
	}

	#setScopes(scopes: readonly string[]): void {
		const [before, now] = [this.#scopes, new Set(scopes)];
		this.#scopes = now;
		const added = [...now].filter((scope) => !before.has(scope));
		const removed = [...before].filter((scope) => !now.has(scope));
		this.#options.onScopes({ added, removed });
		// Its home and directory are a scope of the user's too, by the user's own id.
		const others = (scopes: readonly string[]) => scopes.filter((scope) => scope !== this.#user);
		this.#options.wire.moved(others(added), others(removed));
	}
}

const namesOf = (rooms: Changes['rooms']): string[] => rooms.map(({ room }) => room);
