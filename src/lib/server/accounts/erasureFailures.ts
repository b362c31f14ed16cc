/**
 * What of erasures failed at the last try, and why. Kept in memory alone: after a start all that is left is tried at once.
 */
import { RELAY_AWAY } from '../relayLine/lineWords';
import type { UserId } from '../../domain/ids';
import { troubleOf } from '../../domain/storeTrouble';
import type { ErasureTrouble } from '../../protocol/erasureTrouble';

export interface ErasureFailure {
	readonly trouble: ErasureTrouble;
	/** In the words of what failed last. */
	readonly reason: string;
	/** Rooms in which it failed; 0 if it failed in none, but before or after. */
	readonly rooms: number;
}

export class ErasureFailures {
	/** By user and by room; without a room if what is around them failed. */
	readonly #failed = new Map<UserId, Map<string | undefined, unknown>>();

	set(user: UserId, room: string | undefined, error: unknown): void {
		const rooms = this.#failed.get(user) ?? new Map<string | undefined, unknown>();
		// Put behind the others: the last one is told.
		rooms.delete(room);
		this.#failed.set(user, rooms.set(room, error));
	}

	/** It has been done now. */
	clear(user: UserId, room: string | undefined): void {
		const rooms = this.#failed.get(user);
		rooms?.delete(room);
		if (rooms?.size === 0) this.#failed.delete(user);
	}

	get any(): boolean {
		return this.#failed.size > 0;
	}

	of(user: UserId): ErasureFailure | undefined {
		const rooms = this.#failed.get(user);
		if (!rooms) return undefined;
		const error = [...rooms.values()].at(-1);
		const named = [...rooms.keys()].filter((room) => room !== undefined);
		return { ...told(error), rooms: named.length };
	}
}

/** By the first of its causes that says what the matter is. */
function told(error: unknown): Pick<ErasureFailure, 'trouble' | 'reason'> {
	const reason = error instanceof Error ? error.message : String(error);
	for (let cause = error; cause instanceof Error; cause = cause.cause) {
		if ('code' in cause && cause.code === RELAY_AWAY) return { trouble: 'away', reason };
		const trouble = troubleOf(cause);
		if (trouble !== 'unknown') return { trouble, reason };
	}
	return { trouble: 'unknown', reason };
}
