/**
 * Awareness among the channels of one room. Invariant: however often somebody says something, everyone is told once in
 * `gatherMs` how it stands then: stock providers say again whatever they hear.
 */
import { CLOSE } from '../src/lib/protocol/closeCodes';
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
}

/** States are put together up to here: so many members may speak at once. */
const STATES_TOGETHER_MAX = 16;

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
		for (const message of messagesOf(this.#awareness.all())) channel.send(message, { type: 'awareness' });
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

	/** Nobody is told what they have said themselves. */
	#tellAll(): void {
		const states = [...this.#changed].map((client) => this.#awareness.stateOf(client));
		this.#changed.clear();
		const speakers = new Set(states.map(({ source }) => source));
		const forOthers = messagesOf(states);
		for (const channel of this.#options.channels) {
			const messages = speakers.has(channel)
				? messagesOf(states.filter(({ source }) => source !== channel))
				: forOthers;
			for (const message of messages) channel.send(message, { type: 'awareness' });
		}
	}
}

function messagesOf(states: readonly State[]): Outgoing[] {
	const messages: Outgoing[] = [];
	for (let i = 0; i < states.length; i += STATES_TOGETHER_MAX)
		messages.push(new Outgoing(encodeAwareness(writeStates(states.slice(i, i + STATES_TOGETHER_MAX)))));
	return messages;
}
