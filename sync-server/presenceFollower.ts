/** One link's part in presence: what its device reported, what it was told, and what it has still to be told. */
import type { ConversationId, UserId } from '../src/lib/domain/ids';
import type { PresenceNews, PresenceReport, PresenceState } from '../src/lib/protocol/presenceWords';
import type { Timers } from './timers';

export interface PresenceWire {
	news(news: PresenceNews): void;
}

interface FollowerOptions {
	readonly timers: Timers;
	readonly gatherMs: number;
	/** After so many milliseconds without a new report, nobody writes any more. */
	readonly writingHoldsMs: number;
	readonly wire: PresenceWire;
	/** How things stand, asked for when they are told. */
	readonly world: {
		stateOf(user: UserId): PresenceState;
		/** The user has blocked whom this link is of. */
		hidesFrom(user: UserId, viewer: UserId): boolean;
		shares(conversations: ReadonlySet<ConversationId>, user: UserId): boolean;
		writersIn(conversation: ConversationId): readonly UserId[];
	};
	readonly onReport: (before: PresenceReport | undefined, now: PresenceReport | undefined) => void;
	readonly onConversations: (added: readonly ConversationId[], removed: readonly ConversationId[]) => void;
	readonly onHide: (users: readonly UserId[]) => void;
	readonly onEnd: () => void;
}

export class PresenceFollower {
	readonly user: UserId;
	readonly #options: FollowerOptions;
	readonly #conversations = new Set<ConversationId>();
	#report: PresenceReport | undefined;
	readonly #toldPeople = new Map<UserId, PresenceState>();
	readonly #toldWriting = new Map<ConversationId, string>();
	readonly #people = new Set<UserId>();
	readonly #writing = new Set<ConversationId>();
	#stopTelling: (() => void) | undefined;
	#heard: PresenceReport | undefined;
	#stopHearing: (() => void) | undefined;
	#stopWriting = () => {};

	constructor(user: UserId, options: FollowerOptions) {
		this.user = user;
		this.#options = options;
	}

	get conversations(): ReadonlySet<ConversationId> {
		return this.#conversations;
	}

	get report(): PresenceReport | undefined {
		return this.#report;
	}

	/** What the device says of its person. However often it says so, it is heard once in `gatherMs`. */
	hear(report: PresenceReport): void {
		this.#heard = report;
		this.#stopHearing ??= this.#options.timers.after(this.#options.gatherMs, () => {
			this.#stopHearing = undefined;
			this.#take(this.#heard);
		});
	}

	/** The user's conversations have come or gone. */
	move(added: readonly ConversationId[], removed: readonly ConversationId[]): void {
		if (this.#report?.writingIn && removed.includes(this.#report.writingIn))
			this.#take({ ...this.#report, writingIn: undefined });
		for (const each of removed) this.#conversations.delete(each);
		for (const each of added) this.#conversations.add(each);
		this.#options.onConversations(added, removed);
	}

	/** These are told nothing of the user. */
	hideFrom(users: readonly UserId[]): void {
		this.#options.onHide(users);
	}

	/** The user may be seen otherwise than this device was told. False if that was noted already, or is not told. */
	noteUser(user: UserId): boolean {
		if (user === this.user || this.#people.has(user)) return false;
		this.#people.add(user);
		this.#arm();
		return true;
	}

	noteWriting(conversation: ConversationId): void {
		this.#writing.add(conversation);
		this.#arm();
	}

	end(): void {
		this.#stopHearing?.();
		this.#take(undefined);
		this.#stopTelling?.();
		// What has ended is told nothing more, and heard no more.
		this.#stopTelling = this.#stopHearing = () => {};
		this.#options.onEnd();
	}

	#take(report: PresenceReport | undefined): void {
		// Writing in a conversation of others is as if it had not been said.
		const mine = report?.writingIn !== undefined && this.#conversations.has(report.writingIn);
		const now = report && { ...report, writingIn: mine ? report.writingIn : undefined };
		const before = this.#report;
		this.#report = now;
		this.#stopWriting();
		this.#stopWriting = now?.writingIn
			? this.#options.timers.after(this.#options.writingHoldsMs, () =>
					this.#take({ ...now, writingIn: undefined })
				)
			: () => {};
		this.#options.onReport(before, now);
	}

	#arm(): void {
		this.#stopTelling ??= this.#options.timers.after(this.#options.gatherMs, () => {
			this.#stopTelling = undefined;
			this.#tell();
		});
	}

	#tell(): void {
		const people = new Map<UserId, PresenceState>();
		for (const user of this.#people) {
			const { world } = this.#options;
			const seen = !world.hidesFrom(user, this.user) && world.shares(this.#conversations, user);
			const state = seen ? world.stateOf(user) : 'gone';
			if (state === (this.#toldPeople.get(user) ?? 'gone')) continue;
			people.set(user, state);
			if (state === 'gone') this.#toldPeople.delete(user);
			else this.#toldPeople.set(user, state);
		}
		const writing = new Map<ConversationId, readonly UserId[]>();
		for (const conversation of this.#writing) {
			const users = this.#writersSeenIn(conversation);
			const told = users.join(' ');
			if (told === (this.#toldWriting.get(conversation) ?? '')) continue;
			writing.set(conversation, users);
			if (told === '') this.#toldWriting.delete(conversation);
			else this.#toldWriting.set(conversation, told);
		}
		this.#people.clear();
		this.#writing.clear();
		if (people.size > 0 || writing.size > 0) this.#options.wire.news({ people, writing });
	}

	#writersSeenIn(conversation: ConversationId): readonly UserId[] {
		if (!this.#conversations.has(conversation)) return [];
		const { world } = this.#options;
		const isSeen = (user: UserId) => user !== this.user && !world.hidesFrom(user, this.user);
		return world.writersIn(conversation).filter(isSeen);
	}
}
