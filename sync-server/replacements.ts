/**
 * Rewritten updates on their way into the store: a few rooms, or a few bytes, in each transaction. Invariant: a room that
 * not all of was written of is not told to be clean.
 */
import { troubleOf } from '../src/lib/domain/storeTrouble';
import type { RelayMeters } from './meters';
import type { Replacement, RoomStore, RoomThrough } from './roomStore';

const BYTES_AT_ONCE = 512_000;
const ROOMS_AT_ONCE = 20;

export interface RoomTrouble {
	readonly room: string;
	readonly error: unknown;
	readonly what: string;
}

export interface ReplacementsOptions {
	readonly store: RoomStore;
	readonly meters: RelayMeters;
	/** The room is damaged: it stays as it is. */
	readonly onTrouble: (trouble: RoomTrouble) => void;
}

export class Replacements {
	readonly #options: ReplacementsOptions;
	#waiting: Replacement[] = [];
	#clean: RoomThrough[] = [];
	#bytes = 0;
	readonly #damaged = new Set<string>();

	constructor(options: ReplacementsOptions) {
		this.#options = options;
	}

	get isEmpty(): boolean {
		return this.#waiting.length === 0 && this.#clean.length === 0;
	}

	/** It is time to write them. */
	get areMany(): boolean {
		return this.#bytes >= BYTES_AT_ONCE || this.#clean.length >= ROOMS_AT_ONCE;
	}

	add(replacement: Replacement): void {
		this.#waiting.push(replacement);
		this.#bytes += replacement.update.length;
	}

	/** Nothing is left to be replaced in the room. */
	clean(room: RoomThrough): void {
		this.#clean.push(room);
	}

	/** Throws what is no fault of a room's. */
	async write(): Promise<void> {
		const { store, meters } = this.#options;
		const isSound = ({ room }: RoomThrough) => !this.#damaged.has(room);
		const [waiting, clean] = [this.#waiting.filter(isSound), this.#clean.filter(isSound)];
		this.#waiting = [];
		this.#clean = [];
		this.#bytes = 0;
		if (waiting.length + clean.length === 0) return;
		try {
			await store.replace(waiting, clean);
			meters.count('compactions', clean.length);
			meters.count(
				'quarantined',
				waiting.reduce((sum, { aside = [] }) => sum + aside.length, 0)
			);
		} catch (error) {
			if (troubleOf(error) !== 'damaged') throw error;
			await this.#writeEach(waiting, clean, error);
		}
	}

	async #writeEach(
		waiting: readonly Replacement[],
		clean: readonly RoomThrough[],
		error: unknown
	): Promise<void> {
		const rooms = new Set([...waiting, ...clean].map(({ room }) => room));
		const [alone] = rooms;
		if (rooms.size === 1 && alone !== undefined) {
			this.#damaged.add(alone);
			return this.#options.onTrouble({ room: alone, error, what: 'a room cannot be rewritten' });
		}
		for (const name of rooms) {
			const isOfRoom = ({ room }: RoomThrough) => room === name;
			this.#waiting = waiting.filter(isOfRoom);
			this.#clean = clean.filter(isOfRoom);
			await this.write();
		}
	}
}
