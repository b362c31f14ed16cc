/**
 * Awareness of stock providers in one room: relayed, never stored, gone with its channel. Invariants: a client id's
 * state belongs to one channel (a newer one of the same user may take it over); a channel holds few and small ones, and a
 * user few more; what providers echo of others is left out, since nobody comes under new ids so fast that an id could be
 * forgotten before its echoes are over.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { DepartedClients } from './departedClients';
import { TokenBucket, type Rate } from './tokenBucket';
import type { UserId } from '../src/lib/domain/ids';

/** Who sets states: a channel, seen from here. */
export interface AwarenessSource {
	readonly userId: UserId;
}

export interface State {
	readonly client: number;
	readonly clock: number;
	/** JSON; `null` says that the client is gone. */
	readonly json: string;
}

/** States of one channel, and of all channels of one user. */
const STATES_EACH_MAX = 4;
const STATES_OF_USER_MAX = 32;
const STATE_CHARACTERS_MAX = 4_000;
/**
 * States of a message that are read: a provider says its own and echoes what it was told at once, never thousands, and a
 * frame holds so many small ones that to read them keeps others waiting.
 */
const STATES_READ_MAX = 1_000;
/** New client ids of one user: each opening of a page comes under one. */
const NEWCOMERS: Rate = { perSecond: 1, burst: 64 };
const GONE = 'null';

export class RoomAwareness {
	readonly #elapsedMs: () => number;
	readonly #states = new Map<number, State & { source: AwarenessSource }>();
	readonly #departed = new DepartedClients();
	/** How many states each source, and each user, holds. */
	readonly #counts = new Map<AwarenessSource | UserId, number>();
	readonly #newcomers = new Map<UserId, TokenBucket>();

	/** `elapsedMs` gives milliseconds that never go back. */
	constructor(elapsedMs: () => number) {
		this.#elapsedMs = elapsedMs;
	}

	/**
	 * Takes an awareness update in. Returns the clients of which something else is to be told now. Throws on malformed
	 * bytes. `ownerOf` tells whose log a client id is, if there is one.
	 */
	receive(
		source: AwarenessSource,
		update: Uint8Array,
		ownerOf: (client: number) => UserId | undefined
	): number[] {
		const taken: number[] = [];
		for (const state of readStates(update)) {
			const owner = ownerOf(state.client);
			if (owner !== undefined && owner !== source.userId) continue;
			if (!this.#accepts(source, state)) continue;
			this.#keep(source, state);
			taken.push(state.client);
		}
		return taken;
	}

	/** Ends the states of a source that left. Returns their clients. */
	leave(source: AwarenessSource): number[] {
		if (!this.#counts.has(source)) return [];
		const ended = [...this.#states.values()].filter((state) => state.source === source);
		for (const { client, clock } of ended) this.#keep(source, { client, clock, json: GONE });
		return ended.map(({ client }) => client);
	}

	/** Every state now. */
	all(): State[] {
		return [...this.#states.values()];
	}

	/** The client's state now, with whose it is; that it is gone, if it is. */
	stateOf(client: number): State & { readonly source: AwarenessSource | undefined } {
		return (
			this.#states.get(client) ?? {
				client,
				clock: Math.max(0, this.#departed.clockOf(client)),
				json: GONE,
				source: undefined
			}
		);
	}

	/** Who shows, or last showed, a state of this client. */
	ownerOf(client: number): UserId | undefined {
		return this.#states.get(client)?.source.userId ?? this.#departed.ownerOf(client);
	}

	#accepts(source: AwarenessSource, { client, clock, json }: State): boolean {
		if (json.length > STATE_CHARACTERS_MAX) return false;
		const held = this.#states.get(client);
		if (held?.source === source) return clock > held.clock || (clock === held.clock && json === GONE);
		const owner = this.ownerOf(client);
		if ((owner ?? source.userId) !== source.userId) return false;
		if (json === GONE || clock <= (held?.clock ?? this.#departed.clockOf(client))) return false;
		if (!this.#hasRoom(source)) return false;
		return owner !== undefined || this.#mayCome(source.userId);
	}

	#hasRoom(source: AwarenessSource): boolean {
		return (
			(this.#counts.get(source) ?? 0) < STATES_EACH_MAX &&
			(this.#counts.get(source.userId) ?? 0) < STATES_OF_USER_MAX
		);
	}

	/** Under an id that nobody knows. */
	#mayCome(user: UserId): boolean {
		const nowMs = this.#elapsedMs();
		const newcomers = this.#newcomers.get(user) ?? new TokenBucket(NEWCOMERS, nowMs);
		this.#newcomers.set(user, newcomers);
		if (newcomers.spend(0, nowMs) > 0) return false;
		newcomers.spend(1, nowMs);
		return true;
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
		for (const key of [source, source.userId]) {
			const count = (this.#counts.get(key) ?? 0) + by;
			if (count > 0) this.#counts.set(key, count);
			else this.#counts.delete(key);
		}
	}
}

/** awareness update = count: varuint, count × (client: varuint, clock: varuint, state: varstring of JSON) */
function readStates(update: Uint8Array): State[] {
	const decoder = decoding.createDecoder(update);
	const count = Math.min(decoding.readVarUint(decoder), STATES_READ_MAX);
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

export function writeStates(states: readonly State[]): Uint8Array {
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, states.length);
	for (const { client, clock, json } of states) {
		encoding.writeVarUint(encoder, client);
		encoding.writeVarUint(encoder, clock);
		encoding.writeVarString(encoder, json);
	}
	return encoding.toUint8Array(encoder);
}
