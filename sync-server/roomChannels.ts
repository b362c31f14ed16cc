import { CHANNEL_BYTES } from './limits';
import type { Channel } from './channel';
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
	/**
	 * A room that the user has open takes so many bytes, where it took `before`: 0 if they have just opened it. False if
	 * that is too much beside what else they have open.
	 */
	readonly takes: (user: UserId, bytes: number, before: number) => boolean;
}

/** By so much a room may have grown before it is looked at again how large it is: that takes a look at each log. */
const COUNTED_BYTES = 16_000;

/**
 * The channels of a room. Invariants: nobody has more of them than they may, since each hears what is said there; the
 * room is counted once for each user who has it open, as large as it is, give or take {@link COUNTED_BYTES}, and each of
 * their channels.
 */
export class RoomChannels {
	readonly #options: RoomChannelsOptions;
	readonly #all = new Set<Channel>();
	readonly #counted = new Set<Channel>();
	readonly #seats = new Map<UserId, Seat>();
	/** By what the room has grown since it was counted for all. */
	#grownBytes = 0;

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

	/** Counts the channel for its user, and the room, which has so many bytes. False if it is too much for them. */
	count(channel: Channel, bytes: () => number): boolean {
		const seat = this.#seats.get(channel.userId);
		if (!seat || this.#counted.has(channel)) return true;
		this.#counted.add(channel);
		seat.counted += 1;
		seat.bytes ??= bytes();
		return this.#charge(channel.userId, seat);
	}

	/** False if that is more than it was, and too much. */
	#charge(user: UserId, seat: Seat): boolean {
		const before = seat.charged;
		seat.charged = seat.channels > 0 ? (seat.bytes ?? 0) + seat.counted * CHANNEL_BYTES : 0;
		return this.#options.takes(user, seat.charged, before) || seat.charged <= before;
	}

	/**
	 * The room, which has so many bytes in all, has grown by some. Gives the channels of those for whom that is too much
	 * beside what else they have open.
	 */
	grew(by: number, bytes: () => number): Channel[] {
		this.#grownBytes += by;
		if (this.#grownBytes < COUNTED_BYTES) return [];
		this.#grownBytes = 0;
		const now = bytes();
		const over = new Set<UserId>();
		for (const [user, seat] of this.#seats) {
			if (seat.bytes === undefined) continue;
			seat.bytes = now;
			if (!this.#charge(user, seat)) over.add(user);
		}
		return over.size > 0 ? [...this.#all].filter(({ userId }) => over.has(userId)) : [];
	}

	/** False if it was not there. */
	delete(channel: Channel): boolean {
		if (!this.#all.delete(channel)) return false;
		const seat = this.#seats.get(channel.userId);
		if (!seat) return true;
		seat.channels -= 1;
		if (this.#counted.delete(channel)) seat.counted -= 1;
		if (seat.channels === 0) this.#seats.delete(channel.userId);
		if (seat.bytes !== undefined) this.#charge(channel.userId, seat);
		return true;
	}
}
