import type { Channel } from './channel';
import type { UserId } from '../src/lib/domain/ids';

/** The channels of a room. Invariant: nobody has more of them than they may, since each hears what is said there. */
export class RoomChannels {
	readonly #eachMax: number;
	readonly #all = new Set<Channel>();
	readonly #counts = new Map<UserId, number>();

	constructor(eachMax: number) {
		this.#eachMax = eachMax;
	}

	get all(): ReadonlySet<Channel> {
		return this.#all;
	}

	/** False if its user has as many as they may. */
	add(channel: Channel): boolean {
		const count = this.#counts.get(channel.userId) ?? 0;
		if (count >= this.#eachMax) return false;
		this.#counts.set(channel.userId, count + 1);
		this.#all.add(channel);
		return true;
	}

	/** False if it was not there. */
	delete(channel: Channel): boolean {
		if (!this.#all.delete(channel)) return false;
		const count = (this.#counts.get(channel.userId) ?? 0) - 1;
		if (count > 0) this.#counts.set(channel.userId, count);
		else this.#counts.delete(channel.userId);
		return true;
	}
}
