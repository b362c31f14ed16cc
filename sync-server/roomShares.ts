/**
 * How much of a room each user takes: bytes and entries of what stands in their logs, and the number of those logs.
 * Counted from the logs when somebody first writes in the room, and kept up from then on.
 */
import { SYSTEM_USER, type UserId } from '../src/lib/domain/ids';
import type { HeldLog } from './heldLog';

/** What somebody's share has grown by; less than nothing when something was erased. */
export interface Growing {
	readonly bytes: number;
	/** Entries that stand. */
	readonly entries: number;
}

interface Share {
	bytes: number;
	entries: number;
	logs: number;
	/** As the store was told. */
	told: number | undefined;
}

/** About what an item takes besides its content, in an update. */
const ITEM_BYTES = 12;
/** About what the name of a log takes. */
const LOG_BYTES = 40;
/** The store is told when a share has changed by so much. */
const TELL_BYTES = 4_096;

export class RoomShares {
	readonly #users = new Map<UserId, Share>();

	constructor(logs: Iterable<HeldLog>) {
		for (const log of logs) {
			const bytes = LOG_BYTES + log.size * ITEM_BYTES + log.bytes;
			this.grew(log.author, { bytes, entries: log.standing }, 1);
		}
	}

	bytesOf(user: UserId): number {
		return this.#users.get(user)?.bytes ?? 0;
	}

	entriesOf(user: UserId): number {
		return this.#users.get(user)?.entries ?? 0;
	}

	logsOf(user: UserId): number {
		return this.#users.get(user)?.logs ?? 0;
	}

	grew(user: UserId, { bytes, entries }: Growing, logs = 0): void {
		const share = this.#users.get(user) ?? { bytes: 0, entries: 0, logs: 0, told: undefined };
		share.bytes = Math.max(0, share.bytes + bytes);
		share.entries += entries;
		share.logs += logs;
		this.#users.set(user, share);
	}

	/** What the store is to be told with the next update of the user, in bytes; undefined if it need not be. */
	due(user: UserId): number | undefined {
		const share = this.#users.get(user);
		if (!share || user === SYSTEM_USER) return undefined;
		if (share.told !== undefined && Math.abs(share.bytes - share.told) < TELL_BYTES) return undefined;
		share.told = share.bytes;
		return share.bytes;
	}
}
