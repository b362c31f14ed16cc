/** Awareness among the channels of one room. */
import { CLOSE } from '../src/lib/protocol/closeCodes';
import { encodeAwareness } from './syncMessages';
import { Outgoing } from './outgoing';
import { RoomAwareness } from './awareness';
import type { Channel } from './channel';
import type { UserId } from '../src/lib/domain/ids';

export class AwarenessRelay {
	readonly #channels: ReadonlySet<Channel>;
	readonly #awareness = new RoomAwareness();

	constructor(channels: ReadonlySet<Channel>) {
		this.#channels = channels;
	}

	/** Takes an awareness update of a channel to the others. `ownerOf` tells whose log a client id is. */
	receive(channel: Channel, update: Uint8Array, ownerOf: (client: number) => UserId | undefined): void {
		try {
			this.#send(this.#awareness.receive(channel, update, ownerOf), channel);
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
		this.#send(this.#awareness.leave(channel));
	}

	/** Tells a channel of everyone. */
	tell(channel: Channel): void {
		const all = this.#awareness.all();
		if (all) channel.send(new Outgoing(encodeAwareness(all)), { type: 'awareness' });
	}

	#send(update: Uint8Array | undefined, from?: Channel): void {
		if (!update) return;
		const message = new Outgoing(encodeAwareness(update));
		for (const channel of this.#channels) if (channel !== from) channel.send(message, { type: 'awareness' });
	}
}
