/**
 * How the store does. While nothing can be stored, a *spell*, it is tried now and then and not by every write; between
 * two tries it *holds*: what devices write is put off, and they are asked for it at the next try. Invariants: the log
 * tells of a spell once when it begins and once when it is over, and of a room that cannot be read or written once
 * until it can again; a spell ends with the first commit that succeeds.
 */
import { troubleOf, type StoreTrouble } from '../src/lib/domain/storeTrouble';
import type { RelayHealth, RelayLog } from './ports';
import type { Timers } from './timers';

export interface StoreHealthOptions {
	readonly log: RelayLog;
	readonly timers: Timers;
	/** Milliseconds until the store is tried again: at first, doubled by each try that fails, and at most. */
	readonly retryMs: { readonly first: number; readonly max: number };
	/** What could not be stored may be tried again. */
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
	#spell: { readonly error: unknown; failures: number } | undefined;
	#stopTimer: (() => void) | undefined;
	#puttingOff: (() => void)[] = [];

	constructor(options: StoreHealthOptions) {
		this.#options = options;
	}

	/** True between two tries: nothing may be staged. */
	get holds(): boolean {
		return this.#stopTimer !== undefined;
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
		const { log, timers, retryMs } = this.#options;
		if (!this.#spell) {
			log.error({ err: error, updates, reason: REASONS[troubleOf(error)] }, 'a commit failed');
			this.#spell = { error, failures: 0 };
		}
		const delay = Math.min(retryMs.max, retryMs.first * 2 ** this.#spell.failures);
		this.#spell.failures += 1;
		this.#stopTimer ??= timers.after(delay, () => this.#try());
	}

	/** These rooms were stored. */
	stored(rooms: Iterable<string>): void {
		if (this.#rooms.written.size > 0) for (const room of rooms) this.#rooms.written.delete(room);
		if (!this.#spell) return;
		this.#spell = undefined;
		this.#options.log.warn({}, 'commits succeed again');
		this.#stopTimer?.();
		this.#try();
	}

	/** Calls back at the next try. Only while it holds. */
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
		this.#stopTimer?.();
	}

	#try(): void {
		this.#stopTimer = undefined;
		const actions = this.#puttingOff;
		this.#puttingOff = [];
		for (const action of actions) action();
		this.#options.onRetry();
	}
}
