import type { Channel } from './channel';
import type { UserId } from '../src/lib/domain/ids';

/** What one user has of a room. */
interface Seat {
	channels: number;
	/** Bytes of the room, as they were counted for the user; undefined before they have been. */
	bytes: number | undefined;
}

export interface RoomChannelsOptions {
	/** Channels of each user. */
	readonly eachMax: number;
	/** The user has opened a room of so many bytes. False if that is too much beside what they have open. */
	readonly opened: (user: UserId, bytes: number) => boolean;
	/** They no longer have it open. */
	readonly left: (user: UserId, bytes: number) => void;
}

/**
 * The channels of a room. Invariants: nobody has more of them than they may, since each hears what is said there; the
 * room is counted once for each user who has it open, whatever becomes of it meanwhile.
 */
export class RoomChannels {
	readonly #options: RoomChannelsOptions;
	readonly #all = new Set<Channel>();
	readonly #seats = new Map<UserId, Seat>();

	constructor(options: RoomChannelsOptions) {
		this.#options = options;
	}

	get all(): ReadonlySet<Channel> {
		return this.#all;
	}

	/** False if its user has as many as they may. */
	add(channel: Channel): boolean {
		const seat = this.#seats.get(channel.userId) ?? { channels: 0, bytes: undefined };
		if (seat.channels >= this.#options.eachMax) return false;
		seat.channels += 1;
		this.#seats.set(channel.userId, seat);
		this.#all.add(channel);
		return true;
	}

	/** Counts the room, which has so many bytes, for the channel's user. False if it is too much for them. */
	count({ userId }: Channel, bytes: () => number): boolean {
		const seat = this.#seats.get(userId);
		if (!seat || seat.bytes !== undefined) return true;
		seat.bytes = bytes();
		return this.#options.opened(userId, seat.bytes);
	}

	/** False if it was not there. */
	delete(channel: Channel): boolean {
		if (!this.#all.delete(channel)) return false;
		const seat = this.#seats.get(channel.userId);
		if (!seat) return true;
		seat.channels -= 1;
		if (seat.channels > 0) return true;
		this.#seats.delete(channel.userId);
		if (seat.bytes !== undefined) this.#options.left(channel.userId, seat.bytes);
		return true;
	}
}
