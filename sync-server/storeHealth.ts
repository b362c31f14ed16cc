/**
 * How the store does. While nothing can be stored, a *spell*, it is tried now and then, by a small write of the relay's
 * own, a *probe*; until one is stored it *holds*: what devices write is put off, and they are asked for it then.
 * Invariants: the log tells of a spell once when it begins and once when it is over, and of a room that cannot be read
 * or written once until it can again; a spell ends with the first commit that succeeds, whether or not anybody writes.
 */
import { troubleOf, type StoreTrouble } from '../src/lib/domain/storeTrouble';
import type { RelayHealth, RelayLog } from './ports';
import type { Timers } from './timers';

export interface StoreHealthOptions {
	readonly log: RelayLog;
	readonly timers: Timers;
	/** Writes something small durably; rejects if nothing can be stored. */
	readonly probe: () => Promise<void>;
	/** Milliseconds until the store is tried: at first, doubled each time until a room is stored, and at most. */
	readonly retryMs: { readonly first: number; readonly max: number };
	/** The store takes something again: what could not be stored may be tried. */
	readonly onRetry: () => void;
}

type RoomTrouble = 'read' | 'written';

const REASONS: Readonly<Record<StoreTrouble, string>> = {
	full: 'the disk is full',
	broken: 'the disk has errors',
	damaged: 'the database is damaged',
	locked: 'another program has locked the database',
	unknown: 'nothing can be stored'
};

/** Rooms in trouble that are remembered, and so told of once. */
const ROOMS_MAX = 10_000;

export class StoreHealth {
	readonly #options: StoreHealthOptions;
	readonly #rooms: Readonly<Record<RoomTrouble, Set<string>>> = { read: new Set(), written: new Set() };
	/** Why nothing can be stored; undefined outside a spell. */
	#spell: { readonly error: unknown } | undefined;
	/** Since something that a room staged was stored: a store that takes no more than probes is not tried ever faster. */
	#failures = 0;
	#stopTimer: (() => void) | undefined;
	#isProbing = false;
	#hasEnded = false;
	#puttingOff: (() => void)[] = [];

	constructor(options: StoreHealthOptions) {
		this.#options = options;
	}

	/** True until the store takes something again: nothing may be staged. */
	get holds(): boolean {
		return this.#stopTimer !== undefined || this.#isProbing;
	}

	/** Why nothing can be stored now; undefined outside a spell. */
	get error(): unknown {
		return this.#spell?.error;
	}

	get report(): RelayHealth {
		if (this.#spell) return { status: 'degraded', reason: REASONS[troubleOf(this.#spell.error)] };
		for (const trouble of ['read', 'written'] as const) {
			const { size } = this.#rooms[trouble];
			if (size > 0)
				return {
					status: 'degraded',
					reason: `${size} ${size === 1 ? 'room' : 'rooms'} cannot be ${trouble}`
				};
		}
		return { status: 'ok' };
	}

	/** A commit failed, and not for the fault of one room. */
	failed(error: unknown, updates: number): void {
		if (!this.#spell) {
			this.#options.log.error({ err: error, updates, reason: REASONS[troubleOf(error)] }, 'a commit failed');
			this.#spell = { error };
		}
		this.#arm();
	}

	/** These rooms were stored. */
	stored(rooms: Iterable<string>): void {
		if (this.#rooms.written.size > 0) for (const room of rooms) this.#rooms.written.delete(room);
		this.#failures = 0;
		this.#recover();
	}

	/** Calls back once the store takes something again. Only while it holds. */
	whenTrying(action: () => void): void {
		this.#puttingOff.push(action);
	}

	/** One room cannot be read, or written, while others can. */
	roomFailed(room: string, trouble: RoomTrouble, error: unknown): void {
		const rooms = this.#rooms[trouble];
		if (rooms.has(room) || rooms.size >= ROOMS_MAX) return;
		rooms.add(room);
		this.#options.log.error({ room, err: error }, `a room cannot be ${trouble}`);
	}

	roomRead(room: string): void {
		this.#rooms.read.delete(room);
	}

	/** Tries nothing any more. */
	end(): void {
		this.#hasEnded = true;
		this.#stopTimer?.();
	}

	#arm(): void {
		if (this.holds || this.#hasEnded) return;
		const { timers, retryMs } = this.#options;
		const delay = Math.min(retryMs.max, retryMs.first * 2 ** this.#failures);
		this.#failures += 1;
		this.#stopTimer = timers.after(delay, () => void this.#try());
	}

	async #try(): Promise<void> {
		this.#stopTimer = undefined;
		this.#isProbing = true;
		const succeeded = await this.#options.probe().then(
			() => true,
			() => false
		);
		this.#isProbing = false;
		if (this.#hasEnded || !this.#spell) return;
		if (succeeded) this.#recover();
		else this.#arm();
	}

	#recover(): void {
		if (!this.#spell) return;
		this.#spell = undefined;
		this.#options.log.warn({}, 'commits succeed again');
		this.#stopTimer?.();
		this.#stopTimer = undefined;
		const actions = this.#puttingOff;
		this.#puttingOff = [];
		for (const action of actions) action();
		this.#options.onRetry();
	}
}
