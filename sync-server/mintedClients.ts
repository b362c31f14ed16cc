import type { UserId } from '../src/lib/domain/ids';

/** Logs that are remembered. One that is forgotten is only never continued. */
const LOGS_MAX = 10_000;

/**
 * The client ids under which the server writes: one for each author and room as long as the process lives, also when
 * the room leaves memory in between. Never one of an earlier process: its store may have been restored from an older
 * copy, where the same log ended earlier.
 */
export class MintedClients {
	readonly #clients = new Map<string, number>();

	get(room: string, author: UserId): number | undefined {
		return this.#clients.get(`${room} ${author}`);
	}

	/** The logs of a room have become shorter than they were: none is continued, since others may hold what is missing. */
	forget(room: string): void {
		for (const name of [...this.#clients.keys()]) if (name.startsWith(`${room} `)) this.#clients.delete(name);
	}

	set(room: string, author: UserId, client: number): void {
		const name = `${room} ${author}`;
		this.#clients.delete(name);
		this.#clients.set(name, client);
		const [oldest] = this.#clients.keys();
		if (this.#clients.size > LOGS_MAX && oldest !== undefined) this.#clients.delete(oldest);
	}
}
