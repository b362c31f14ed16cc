import type { UserId } from '../src/lib/domain/ids';

/** Clients of one user that are remembered: far more than may come within the time that an echo takes. */
const EACH_MAX = 256;

/**
 * Awareness clients that are gone: whose they were, and the last clock of each. So a late echo does not bring them back,
 * and nobody takes over a name under which another may return. Invariant: no user's flood makes another's be forgotten.
 */
export class DepartedClients {
	readonly #owners = new Map<number, UserId>();
	readonly #clocks = new Map<UserId, Map<number, number>>();

	ownerOf(client: number): UserId | undefined {
		return this.#owners.get(client);
	}

	/** The last clock of the client; -1 if it is not known. */
	clockOf(client: number): number {
		const owner = this.#owners.get(client);
		return (owner === undefined ? undefined : this.#clocks.get(owner)?.get(client)) ?? -1;
	}

	add(client: number, userId: UserId, clock: number): void {
		const clocks = this.#clocks.get(userId) ?? new Map<number, number>();
		this.#clocks.set(userId, clocks);
		clocks.delete(client);
		clocks.set(client, clock);
		this.#owners.set(client, userId);
		const [oldest] = clocks.keys();
		if (clocks.size <= EACH_MAX || oldest === undefined) return;
		clocks.delete(oldest);
		this.#owners.delete(oldest);
	}
}
