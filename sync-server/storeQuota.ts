/**
 * How much of the store a user may take, in one room and in all. What a user takes in all is read when they come, and
 * kept up since; what the last commits before a crash held may be missing in it, by a few kilobytes a room. Logs that may
 * no more be begun in any number begin at a rate in one's home, which is there for years.
 */
import { parseRoom } from '../src/lib/protocol/rooms';
import { TokenBucket } from './tokenBucket';
import type { Growing, RoomShares } from './roomShares';
import type { RoomStore, Share } from './roomStore';
import type { StoreLimits } from './limits';
import type { UserId } from '../src/lib/domain/ids';

/** What a user wants to write. */
export interface Growth {
	readonly user: UserId;
	readonly room: string;
	readonly bytes: number;
	/** Entries with a header that stands. */
	readonly entries: number;
	/** Logs that it begins. */
	readonly logs: number;
	/** It erases something, or brings nothing to read. */
	readonly makesRoom: boolean;
}

/** What makes room may go over the limits by this part of them, so that nobody is stuck. */
const OVERDRAFT = 1 / 16;

export interface StoreQuotaOptions {
	readonly store: RoomStore;
	readonly limits: StoreLimits;
	/** Milliseconds of a clock that never goes back. */
	readonly elapsedMs: () => number;
}

export class StoreQuota {
	readonly #store: RoomStore;
	readonly #limits: StoreLimits;
	readonly #elapsedMs: () => number;
	readonly #totals = new Map<UserId, number>();
	/** Of users who have begun more logs in their home than may be begun at once. */
	readonly #homes = new Map<UserId, TokenBucket>();

	constructor({ store, limits, elapsedMs }: StoreQuotaOptions) {
		this.#store = store;
		this.#limits = limits;
		this.#elapsedMs = elapsedMs;
	}

	/** Settles once it is known how much the user takes in all. Rejects if the store cannot say. */
	async know(user: UserId): Promise<void> {
		if (this.#totals.has(user)) return;
		const bytes = await this.#store.shareOf(user);
		if (!this.#totals.has(user)) this.#totals.set(user, bytes);
	}

	/** Forgets all but these, and who has to wait. */
	keep(isHere: (user: UserId) => boolean): void {
		const nowMs = this.#elapsedMs();
		for (const [user, begun] of this.#homes) if (begun.isFull(nowMs)) this.#homes.delete(user);
		for (const user of this.#totals.keys()) if (!isHere(user)) this.#totals.delete(user);
	}

	/** Why the user may not write this; undefined if they may. */
	refusal(growth: Growth, shares: RoomShares): string | undefined {
		const { user, room, bytes, entries, logs, makesRoom } = growth;
		const { roomBytesMax, userBytesMax, roomEntriesMax } = this.#limits;
		const factor = makesRoom ? 1 + OVERDRAFT : 1;
		if (shares.bytesOf(user) + bytes > roomBytesMax * factor) return `over ${roomBytesMax} bytes in a room`;
		if ((this.#totals.get(user) ?? 0) + bytes > userBytesMax * factor)
			return `over ${userBytesMax} bytes of a user`;
		if (entries > 0 && shares.entriesOf(user) + entries > roomEntriesMax * factor)
			return `over ${roomEntriesMax} entries of a user in a room`;
		return logs > 0 ? this.#refusalOfLogs(user, room, shares.logsOf(user) + logs) : undefined;
	}

	#refusalOfLogs(user: UserId, room: string, logs: number): string | undefined {
		const { segmentLogsMax, homeLogsMax } = this.#limits;
		if (parseRoom(room)?.type === 'segment')
			return logs > segmentLogsMax ? `over ${segmentLogsMax} logs of a user in a segment` : undefined;
		const waits = (this.#homes.get(user)?.spend(0, this.#elapsedMs()) ?? 0) > 0;
		return logs > homeLogsMax && waits ? `over ${homeLogsMax} logs in a home: later` : undefined;
	}

	/**
	 * Books by how much a change let each user's writing in a room grow, and who began logs. Gives what the store is to be
	 * told with it.
	 */
	book(
		growth: ReadonlyMap<UserId, Growing>,
		shares: RoomShares,
		begun?: { readonly user: UserId; readonly room: string; readonly logs: number }
	): Share[] {
		if (begun && begun.logs > 0) this.#bookLogs(begun, shares);
		return [...growth].flatMap(([user, grown]) => {
			const total = this.#totals.get(user);
			if (total !== undefined) this.#totals.set(user, Math.max(0, total + grown.bytes));
			shares.grew(user, grown, begun?.user === user ? begun.logs : 0);
			const due = shares.due(user);
			return due === undefined ? [] : [{ user, bytes: due }];
		});
	}

	/** Those behind the limit are paid for later. */
	#bookLogs({ user, room, logs }: { user: UserId; room: string; logs: number }, shares: RoomShares): void {
		const { homeLogsMax, homeLogs } = this.#limits;
		const over = Math.min(logs, shares.logsOf(user) + logs - homeLogsMax);
		if (over <= 0 || parseRoom(room)?.type === 'segment') return;
		const nowMs = this.#elapsedMs();
		const begun = this.#homes.get(user) ?? new TokenBucket(homeLogs, nowMs);
		this.#homes.set(user, begun);
		begun.spend(over, nowMs);
	}
}
