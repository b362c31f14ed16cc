/**
 * Awareness of stock providers in one room: relayed, never stored, gone with its channel. Invariants: a client id's
 * state belongs to one channel (a newer one of the same user may take it over), a channel holds few and small ones,
 * and what providers echo of others is left out.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { DepartedClients } from './departedClients';
import type { UserId } from '../src/lib/domain/ids';

/** Who sets states: a channel, seen from here. */
export interface AwarenessSource {
	readonly userId: UserId;
}

interface State {
	readonly client: number;
	readonly clock: number;
	/** JSON; `null` says that the client is gone. */
	readonly json: string;
}

const STATES_EACH_MAX = 4;
const STATE_CHARACTERS_MAX = 4_000;
const GONE = 'null';

export class RoomAwareness {
	readonly #states = new Map<number, State & { source: AwarenessSource }>();
	readonly #departed = new DepartedClients();
	/** How many states each source holds. */
	readonly #counts = new WeakMap<AwarenessSource, number>();

	/**
	 * Takes an awareness update in. Returns the one to relay to the others; undefined if nothing in it counts. Throws on
	 * malformed bytes. `ownerOf` tells whose log a client id is, if there is one.
	 */
	receive(
		source: AwarenessSource,
		update: Uint8Array,
		ownerOf: (client: number) => UserId | undefined
	): Uint8Array | undefined {
		const taken: State[] = [];
		for (const state of readStates(update)) {
			const owner = ownerOf(state.client);
			if (owner !== undefined && owner !== source.userId) continue;
			if (!this.#accepts(source, state)) continue;
			this.#keep(source, state);
			taken.push(state);
		}
		return writeStates(taken);
	}

	/** Ends the states of a source that left. Returns the update that tells the others. */
	leave(source: AwarenessSource): Uint8Array | undefined {
		const ended = [...this.#states.values()]
			.filter((state) => state.source === source)
			.map(({ client, clock }) => ({ client, clock, json: GONE }));
		for (const state of ended) this.#keep(source, state);
		return writeStates(ended);
	}

	/** Every state now, as one update; undefined if there is none. */
	all(): Uint8Array | undefined {
		return writeStates([...this.#states.values()]);
	}

	/** Who shows, or last showed, a state of this client. */
	ownerOf(client: number): UserId | undefined {
		return this.#states.get(client)?.source.userId ?? this.#departed.ownerOf(client);
	}

	#accepts(source: AwarenessSource, { client, clock, json }: State): boolean {
		if (json.length > STATE_CHARACTERS_MAX) return false;
		const held = this.#states.get(client);
		if (held?.source === source) return clock > held.clock || (clock === held.clock && json === GONE);
		if ((this.ownerOf(client) ?? source.userId) !== source.userId) return false;
		return json !== GONE && clock > (held?.clock ?? this.#departed.clockOf(client)) && this.#hasRoom(source);
	}

	#hasRoom(source: AwarenessSource): boolean {
		return (this.#counts.get(source) ?? 0) < STATES_EACH_MAX;
	}

	#keep(source: AwarenessSource, state: State): void {
		const { client, clock, json } = state;
		const held = this.#states.get(client);
		if (held) this.#count(held.source, -1);
		if (json === GONE) {
			this.#states.delete(client);
			this.#departed.add(client, source.userId, clock);
		} else {
			this.#states.set(client, { ...state, source });
			this.#count(source, 1);
		}
	}

	#count(source: AwarenessSource, by: number): void {
		this.#counts.set(source, (this.#counts.get(source) ?? 0) + by);
	}
}

/** awareness update = count: varuint, count × (client: varuint, clock: varuint, state: varstring of JSON) */
function readStates(update: Uint8Array): State[] {
	const decoder = decoding.createDecoder(update);
	const count = decoding.readVarUint(decoder);
	const states: State[] = [];
	for (let i = 0; i < count; i++) {
		const client = decoding.readVarUint(decoder);
		const clock = decoding.readVarUint(decoder);
		const json = decoding.readVarString(decoder);
		if (!Number.isSafeInteger(client) || !Number.isSafeInteger(clock)) throw new Error('number out of range');
		// Receivers parse it unguarded: only what parses is passed on, and only if it is small is it parsed at all.
		if (json.length <= STATE_CHARACTERS_MAX) assertState(JSON.parse(json));
		states.push({ client, clock, json });
	}
	return states;
}

function assertState(state: unknown): void {
	if (typeof state !== 'object' || Array.isArray(state))
		throw new Error('an awareness state is an object or null');
}

function writeStates(states: readonly State[]): Uint8Array | undefined {
	if (states.length === 0) return undefined;
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, states.length);
	for (const { client, clock, json } of states) {
		encoding.writeVarUint(encoder, client);
		encoding.writeVarUint(encoder, clock);
		encoding.writeVarString(encoder, json);
	}
	return encoding.toUint8Array(encoder);
}
