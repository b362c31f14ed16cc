import { CHANNEL_BYTES } from './limits';
import type { Channel } from './channel';
import type { UserBudgets } from './userBudgets';
import type { UserId } from '../src/lib/domain/ids';

/** What one user has of a room. */
interface Seat {
	channels: number;
	/** Bytes of the room, as they were counted for the user; undefined before they have been. */
	bytes: number | undefined;
	/** Channels that were counted for them. */
	counted: number;
	/** Bytes that were charged for both. */
	charged: number;
}

export interface RoomChannelsOptions {
	/** Channels of each user. */
	readonly eachMax: number;
	readonly budgets: Pick<UserBudgets, 'holds' | 'takes'>;
}

/** Channels that may not stay, and why. */
export interface TooMuch {
	readonly reason: string;
	readonly channels: readonly Channel[];
}

/** By so much a room may have grown before it is looked at again how large it is: that takes a look at each log. */
const COUNTED_BYTES = 16_000;

/**
 * The channels of a room. Invariants: nobody has more of them than they may, since each hears what is said there; the
 * room is counted once for each user who has it open, and once for all of them, as large as it is, give or take
 * {@link COUNTED_BYTES}, and each of their channels.
 */
export class RoomChannels {
	readonly #options: RoomChannelsOptions;
	readonly #all = new Set<Channel>();
	readonly #counted = new Set<Channel>();
	readonly #seats = new Map<UserId, Seat>();
	/** By what the room has grown since it was counted for all. */
	#grownBytes = 0;
	/** The room's bytes as they were counted last, and what was told of it and its channels together. */
	#bytes = 0;
	#heldBytes = 0;

	constructor(options: RoomChannelsOptions) {
		this.#options = options;
	}

	get all(): ReadonlySet<Channel> {
		return this.#all;
	}

	/** False if its user has as many as they may. */
	add(channel: Channel): boolean {
		const seat = this.#seats.get(channel.userId) ?? { channels: 0, bytes: undefined, counted: 0, charged: 0 };
		if (seat.channels >= this.#options.eachMax) return false;
		seat.channels += 1;
		this.#seats.set(channel.userId, seat);
		this.#all.add(channel);
		return true;
	}

	/** Counts the channel for its user, and the room, which has so many bytes. Says why, if it is too much for them. */
	count(channel: Channel, bytes: () => number): string | undefined {
		const seat = this.#seats.get(channel.userId);
		if (!seat || this.#counted.has(channel)) return undefined;
		this.#counted.add(channel);
		seat.counted += 1;
		if (seat.bytes === undefined) this.#bytes = seat.bytes = bytes();
		this.#hold();
		return this.#charge(channel.userId, seat);
	}

	/** Says why, if that is more than it was, and too much. */
	#charge(user: UserId, seat: Seat): string | undefined {
		const before = seat.charged;
		seat.charged = seat.channels > 0 ? (seat.bytes ?? 0) + seat.counted * CHANNEL_BYTES : 0;
		const reason = this.#options.budgets.takes(user, seat.charged, before);
		return seat.charged > before ? reason : undefined;
	}

	#hold(): void {
		const before = this.#heldBytes;
		this.#heldBytes = this.#counted.size > 0 ? this.#bytes + this.#counted.size * CHANNEL_BYTES : 0;
		this.#options.budgets.holds(this.#heldBytes, before);
	}

	/**
	 * The room, which has so many bytes in all, has grown by some. Gives the channels of those for whom that is too much,
	 * and why.
	 */
	grew(by: number, bytes: () => number): TooMuch[] {
		this.#grownBytes += by;
		if (this.#grownBytes < COUNTED_BYTES) return [];
		this.#grownBytes = 0;
		this.#bytes = bytes();
		this.#hold();
		const over: TooMuch[] = [];
		for (const [user, seat] of this.#seats) {
			if (seat.bytes === undefined) continue;
			seat.bytes = this.#bytes;
			const reason = this.#charge(user, seat);
			if (reason) over.push({ reason, channels: [...this.#all].filter(({ userId }) => userId === user) });
		}
		return over;
	}

	/** False if it was not there. */
	delete(channel: Channel): boolean {
		if (!this.#all.delete(channel)) return false;
		const seat = this.#seats.get(channel.userId);
		if (!seat) return true;
		seat.channels -= 1;
		if (this.#counted.delete(channel)) seat.counted -= 1;
		this.#hold();
		if (seat.channels === 0) this.#seats.delete(channel.userId);
		if (seat.bytes !== undefined) this.#charge(channel.userId, seat);
		return true;
	}
}
