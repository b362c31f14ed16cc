/**
 * Rewrites rooms whose updates are many, or hold what was erased. Invariant: it works on what the store has, and
 * replaces only what it read, so what is committed meanwhile stays; a room that it does not get to is still marked in
 * the store, and its turn comes at the next start.
 */
import { compactUpdates } from './compaction';
import type { RelayLog } from './ports';
import type { Replacement, RoomStore } from './roomStore';
import { sieve } from './storedUpdates';
import { troubleOf } from '../src/lib/domain/storeTrouble';
import type { RelayMeters } from './meters';
import type { Timers } from './timers';

export interface CompactorOptions {
	readonly store: RoomStore;
	readonly log: RelayLog;
	readonly timers: Timers;
	readonly meters: RelayMeters;
	/** Milliseconds that what was erased may still lie on disk. */
	readonly eraseWithinMs: number;
	/** The same for what its author superseded: longer, since it is often, and each time costs a whole room. */
	readonly supersedeWithinMs: number;
	/** Milliseconds until it tries again what it could not write. */
	readonly retryMs: number;
}

/** Rooms that are replaced in one transaction. */
const ROOMS_AT_ONCE = 20;
/** Rooms that a relay which stops still rewrites. */
const ROOMS_AT_END_MAX = 200;

export class Compactor {
	readonly #options: CompactorOptions;
	readonly #due = new Set<string>();
	/** Rooms in which something was superseded: due when their timer is. */
	readonly #untidy = new Set<string>();
	#running: Promise<void> | undefined;
	#stopTimer: (() => void) | undefined;
	#stopTidying: (() => void) | undefined;
	/** Something erased may still lie on disk. */
	#mustScrub = false;
	/** The last try failed: the log knows. */
	#isFailing = false;
	/** Something was asked for while it ran. */
	#again = false;
	#stopped = false;

	constructor(options: CompactorOptions) {
		this.#options = options;
	}

	/** Does what an earlier run was killed before. */
	async start(): Promise<void> {
		try {
			for (const room of await this.#options.store.erased()) this.#due.add(room);
		} catch (error) {
			this.#options.log.error({ err: error }, 'what is erased in the store is not known');
		}
		this.#mustScrub = true;
		this.#run();
	}

	/** The room's updates are many: soon, once others have had their turn. */
	crowded(room: string): void {
		this.#due.add(room);
		this.#run();
	}

	/** Something was erased in the room. What else is erased until then goes with it. */
	erased(room: string): void {
		this.#due.add(room);
		this.#mustScrub = true;
		this.#arm();
	}

	/** Entries in the room were superseded: all that were until then go together, while the room is in use too. */
	superseded(room: string): void {
		if (this.#stopped) return;
		this.#untidy.add(room);
		this.#stopTidying ??= this.#options.timers.after(this.#options.supersedeWithinMs, () => {
			this.#tidy();
			this.#run();
		});
	}

	/** Does what is due, and then nothing more. Too much for a relay that stops waits for the next start. */
	async finish(): Promise<void> {
		this.#stopTimer?.();
		this.#tidy();
		if (this.#due.size > ROOMS_AT_END_MAX) this.#due.clear();
		if (this.#due.size > 0 || this.#mustScrub) this.#run();
		await this.#running;
		this.#stopped = true;
	}

	#tidy(): void {
		this.#stopTidying?.();
		this.#stopTidying = undefined;
		if (this.#untidy.size > 0) this.#mustScrub = true;
		for (const room of this.#untidy) this.#due.add(room);
		this.#untidy.clear();
	}

	#arm(ms = this.#options.eraseWithinMs): void {
		if (this.#stopTimer || this.#stopped) return;
		this.#stopTimer = this.#options.timers.after(ms, () => {
			this.#stopTimer = undefined;
			this.#run();
		});
	}

	#run(): void {
		if (this.#stopped) return;
		this.#again = true;
		this.#running ??= this.#compactAll().finally(() => {
			this.#running = undefined;
		});
	}

	async #compactAll(): Promise<void> {
		const { store, log } = this.#options;
		try {
			while (this.#again) {
				this.#again = false;
				while (this.#due.size > 0) await this.#compactSome();
				if (this.#mustScrub) this.#mustScrub = !(await store.scrub());
				if (this.#mustScrub) this.#arm();
			}
			this.#isFailing = false;
		} catch (error) {
			if (!this.#isFailing) log.error({ err: error }, 'rooms could not be rewritten; it is tried again');
			this.#isFailing = true;
			this.#arm(this.#options.retryMs);
		}
	}

	async #compactSome(): Promise<void> {
		const replacements: Replacement[] = [];
		for (const room of [...this.#due].slice(0, ROOMS_AT_ONCE)) {
			await new Promise((resolve) => setImmediate(resolve));
			this.#due.delete(room);
			const replacement = await this.#rewritten(room);
			if (replacement) replacements.push(replacement);
		}
		if (replacements.length > 0) await this.#replace(replacements);
	}

	/** One damaged room must not keep the others as they are. What cannot be written for other reasons stays due. */
	async #replace(replacements: readonly Replacement[]): Promise<void> {
		const { store, log, meters } = this.#options;
		try {
			await store.replace(replacements);
			meters.count('compactions', replacements.length);
			meters.count(
				'quarantined',
				replacements.reduce((sum, { aside = [] }) => sum + aside.length, 0)
			);
		} catch (error) {
			if (troubleOf(error) !== 'damaged') {
				for (const { room } of replacements) this.#due.add(room);
				throw error;
			}
			const [first, ...others] = replacements;
			if (first && others.length === 0)
				log.error({ room: first.room, err: error }, 'a room cannot be rewritten');
			else for (const replacement of replacements) await this.#replace([replacement]);
		}
	}

	async #rewritten(room: string): Promise<Replacement | undefined> {
		const { store, log } = this.#options;
		try {
			const { updates, position } = await store.load(room);
			const { sound, poison: aside } = sieve(updates);
			const update = compactUpdates(sound);
			if (aside.length > 0) log.error({ room, updates: aside.length }, 'stored updates are put aside');
			return { room, through: position, update, aside };
		} catch (error) {
			log.error({ room, err: error }, 'a room cannot be read');
		}
		return undefined;
	}
}
