/**
 * Rewrites rooms whose updates are many, or hold what was erased. Invariants: it works on what the store has, and
 * replaces only what it read, so what is committed meanwhile stays; a room that it does not get to is still marked in
 * the store, and its turn comes at the next start. It works a little in each turn of the event loop, at the cost of who
 * wrote and erased, and comes back to a large room less often.
 */
import { Replacements, type RoomTrouble } from './replacements';
import { RoomRewriting } from './roomRewriting';
import type { RelayLog } from './ports';
import type { RoomStore } from './roomStore';
import type { RelayMeters } from './meters';
import { turnEnds, type Timers } from './timers';
import type { UserId } from '../src/lib/domain/ids';

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
	/** Milliseconds of a clock that never goes back. */
	readonly elapsedMs: () => number;
	/** The relay has worked so many milliseconds for the user. */
	readonly charge: (user: UserId, ms: number) => void;
}

/** A room in which something was erased, by these users. */
export interface Erasing {
	readonly room: string;
	readonly by: Iterable<UserId>;
	/** About what the room takes. */
	readonly bytes: number;
}

/**
 * Each time a room is gone through whole: it is put off by so many milliseconds for so many bytes of it, and by no more
 * than the most, so that erasing a little in a large room again and again costs little.
 */
const PUT_OFF = { bytes: 4_000_000, ms: 1_000, maxMs: 55_000 };

/** Rooms that a relay which stops still rewrites. */
const ROOMS_AT_END_MAX = 200;

export class Compactor {
	readonly #options: CompactorOptions;
	/** Rooms, with who is charged for them. */
	readonly #due = new Map<string, Set<UserId>>();
	/** Rooms in which something was superseded: due when their timer is. */
	readonly #untidy = new Map<string, Set<UserId>>();
	/** Large rooms that something was erased in: due when their own timers are. */
	readonly #later = new Map<string, { readonly by: Set<UserId>; readonly stop: () => void }>();
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
			for (const room of await this.#options.store.erased()) this.#add(room);
		} catch (error) {
			this.#options.log.error({ err: error }, 'what is erased in the store is not known');
		}
		this.#mustScrub = true;
		this.#run();
	}

	/** The room's updates are many, by these users: soon, once others have had their turn. */
	crowded(room: string, by: Iterable<UserId>): void {
		this.#add(room, by);
		this.#run();
	}

	/** Something was erased in the room. What else is erased until then goes with it. */
	erased({ room, by, bytes }: Erasing): void {
		const waitMs = Math.min(PUT_OFF.maxMs, Math.floor(bytes / PUT_OFF.bytes) * PUT_OFF.ms);
		const waiting = this.#later.get(room);
		if (waiting) return join(waiting.by, by);
		if (waitMs === 0 || this.#due.has(room)) {
			this.#add(room, by);
			this.#mustScrub = true;
			return this.#arm();
		}
		if (this.#stopped) return;
		const stop = this.#options.timers.after(waitMs, () => {
			this.#noLonger(room);
			this.#arm();
		});
		this.#later.set(room, { by: new Set(by), stop });
	}

	/** Entries in the room were superseded: all that were until then go together, while the room is in use too. */
	superseded({ room, by }: Erasing): void {
		if (this.#stopped) return;
		const users = this.#untidy.get(room) ?? new Set();
		this.#untidy.set(room, users);
		join(users, by);
		this.#stopTidying ??= this.#options.timers.after(this.#options.supersedeWithinMs, () => {
			this.#tidy();
			this.#run();
		});
	}

	/** Does what is due, and then nothing more. Too much for a relay that stops waits for the next start. */
	async finish(): Promise<void> {
		this.#stopTimer?.();
		this.#tidy();
		for (const room of [...this.#later.keys()]) this.#noLonger(room);
		if (this.#due.size > ROOMS_AT_END_MAX) this.#due.clear();
		if (this.#due.size > 0 || this.#mustScrub) this.#run();
		await this.#running;
		this.#stopped = true;
	}

	#add(room: string, by: Iterable<UserId> = []): void {
		const users = this.#due.get(room) ?? new Set();
		this.#due.set(room, users);
		join(users, by);
	}

	/** The room is put off no longer. */
	#noLonger(room: string): void {
		const waiting = this.#later.get(room);
		if (!waiting) return;
		waiting.stop();
		this.#later.delete(room);
		this.#add(room, waiting.by);
		this.#mustScrub = true;
	}

	#tidy(): void {
		this.#stopTidying?.();
		this.#stopTidying = undefined;
		if (this.#untidy.size > 0) this.#mustScrub = true;
		for (const [room, by] of this.#untidy) this.#add(room, by);
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
				if (this.#due.size > 0) await this.#compactDue();
				// What was erased meanwhile is rewritten in the next round, and stands in the log until behind that.
				if (this.#mustScrub) this.#mustScrub = !(await store.scrub()) || this.#due.size > 0;
				if (this.#mustScrub) this.#arm();
			}
			this.#isFailing = false;
		} catch (error) {
			if (!this.#isFailing) log.error({ err: error }, 'rooms could not be rewritten; it is tried again');
			this.#isFailing = true;
			this.#arm(this.#options.retryMs);
		}
	}

	/** One damaged room must not keep the others as they are. What cannot be written for other reasons stays due. */
	async #compactDue(): Promise<void> {
		const { store, log, meters } = this.#options;
		const onTrouble = ({ room, error, what }: RoomTrouble) => log.error({ room, err: error }, what);
		const replacements = new Replacements({ store, meters, onTrouble });
		const begun = new Map<string, Set<UserId>>();
		try {
			// A room that is added meanwhile waits for the next round: what is to take the place of its updates may not be
			// written yet, and the log is emptied behind each round, however many erase.
			for (const [room, by] of [...this.#due]) {
				this.#due.delete(room);
				begun.set(room, by);
				await this.#rewrite(room, by, replacements);
				if (replacements.isEmpty) begun.clear();
			}
			await replacements.write();
		} catch (error) {
			for (const [room, by] of begun) this.#add(room, by);
			throw error;
		}
	}

	async #rewrite(room: string, by: ReadonlySet<UserId>, replacements: Replacements): Promise<void> {
		const { store, log } = this.#options;
		const rewriting = new RoomRewriting(store, room);
		try {
			while (await this.#doSome(by, () => rewriting.look()));
		} catch (error) {
			return log.error({ room, err: error }, 'a room cannot be read');
		}
		let aside = 0;
		for (;;) {
			const replacement = await this.#doSome(by, () => rewriting.next());
			if (replacement === 'end') break;
			if (!replacement) continue;
			aside += replacement.aside?.length ?? 0;
			replacements.add(replacement);
			if (replacements.areMany) await this.#doSome(by, () => replacements.write());
		}
		if (aside > 0) log.error({ room, updates: aside }, 'stored updates are put aside');
		replacements.clean({ room, through: rewriting.through });
		if (replacements.areMany) await this.#doSome(by, () => replacements.write());
	}

	/** Others' turns come in between. */
	async #doSome<T>(by: ReadonlySet<UserId>, work: () => Promise<T>): Promise<T> {
		const { elapsedMs, charge } = this.#options;
		await turnEnds();
		const startedMs = elapsedMs();
		try {
			return await work();
		} finally {
			const eachMs = (elapsedMs() - startedMs) / by.size;
			for (const user of by) charge(user, eachMs);
		}
	}
}

function join(users: Set<UserId>, others: Iterable<UserId>): void {
	for (const user of others) users.add(user);
}
