/**
 * Awareness among the channels of one room. Invariant: however often somebody says something, everyone is told once in
 * `gatherMs` how it stands then: stock providers say again whatever they hear.
 */
import { CLOSE } from '../src/lib/protocol/closeCodes';
import { deliveryMs } from './limits';
import { encodeAwareness } from './syncMessages';
import { Outgoing } from './outgoing';
import { RoomAwareness, writeStates, type State } from './awareness';
import type { Channel } from './channel';
import type { Timers } from './timers';
import type { UserId } from '../src/lib/domain/ids';

export interface AwarenessRelayOptions {
	readonly channels: ReadonlySet<Channel>;
	readonly timers: Timers;
	/** Milliseconds that never go back. */
	readonly elapsedMs: () => number;
	readonly gatherMs: number;
	/** The relay works so many milliseconds for the user. */
	readonly charge: (user: UserId, ms: number) => void;
}

/** States, and characters of them, that are put together: so many members may speak at once. */
const TOGETHER_MAX = { states: 16, characters: 8_000 };

export class AwarenessRelay {
	readonly #options: AwarenessRelayOptions;
	readonly #awareness: RoomAwareness;
	/** Clients of which something else is to be told. */
	readonly #changed = new Set<number>();
	#isGathering = false;

	constructor(options: AwarenessRelayOptions) {
		this.#options = options;
		this.#awareness = new RoomAwareness(options.elapsedMs);
	}

	/** Takes an awareness update of a channel to the others. `ownerOf` tells whose log a client id is. */
	receive(channel: Channel, update: Uint8Array, ownerOf: (client: number) => UserId | undefined): void {
		try {
			this.#note(this.#awareness.receive(channel, update, ownerOf));
		} catch {
			channel.close(CLOSE.badFrame, 'not an awareness update');
		}
	}

	/** Who shows, or last showed, a state of this client. */
	ownerOf(client: number): UserId | undefined {
		return this.#awareness.ownerOf(client);
	}

	/** The channel is gone: so is what it said. */
	leave(channel: Channel): void {
		this.#note(this.#awareness.leave(channel));
	}

	/** Tells a channel of everyone. */
	tell(channel: Channel): void {
		for (const part of partsOf(this.#awareness.all())) channel.send(messageOf(part), { type: 'awareness' });
	}

	#note(clients: readonly number[]): void {
		for (const client of clients) this.#changed.add(client);
		if (this.#changed.size === 0 || this.#isGathering) return;
		this.#isGathering = true;
		this.#options.timers.after(this.#options.gatherMs, () => {
			this.#isGathering = false;
			this.#tellAll();
		});
	}

	/**
	 * Nobody is told what they have said themselves. What else stands in one message with that is put together anew for
	 * them, and all other messages are the same for everyone: hundreds may speak at once.
	 */
	#tellAll(): void {
		const states = [...this.#changed].map((client) => this.#awareness.stateOf(client));
		this.#changed.clear();
		const parts = partsOf(states).map((part) => ({
			part,
			speakers: new Set(part.map(({ source }) => source)),
			message: messageOf(part)
		}));
		for (const channel of this.#options.channels) {
			for (const { part, speakers, message } of parts) {
				const isOwn = speakers.has(channel);
				const others = isOwn ? part.filter(({ source }) => source !== channel) : part;
				if (others.length > 0) channel.send(isOwn ? messageOf(others) : message, { type: 'awareness' });
			}
		}
		for (const { part } of parts) this.#charge(part);
	}

	/** Whoever said something pays for telling everyone, also if they are gone by then. */
	#charge(told: readonly State[]): void {
		const { channels, charge } = this.#options;
		const eachMs = deliveryMs(channels.size) / told.length;
		for (const { client } of told) {
			const user = this.#awareness.ownerOf(client);
			if (user !== undefined) charge(user, eachMs);
		}
	}
}

const messageOf = (states: readonly State[]): Outgoing => new Outgoing(encodeAwareness(writeStates(states)));

/** As many together as one message holds. */
function partsOf<S extends State>(states: readonly S[]): S[][] {
	const parts: S[][] = [];
	let characters = 0;
	for (const state of states) {
		const last = parts.at(-1);
		const isFull =
			!last || last.length >= TOGETHER_MAX.states || characters + state.json.length > TOGETHER_MAX.characters;
		if (isFull) {
			parts.push([state]);
			characters = 0;
		} else last.push(state);
		characters += state.json.length;
	}
	return parts;
}
