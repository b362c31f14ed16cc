/**
 * What a room asks its channels. Invariants: no channel is asked twice at once; whoever wrote while nothing could be
 * stored is asked for it once something can.
 */
import { encodeStep1 } from './syncMessages';
import { Outgoing } from './outgoing';
import type { Channel } from './channel';
import type { RoomDocument } from './roomDocument';
import type { StoreHealth } from './storeHealth';
import type { Turns } from './turns';

export class RoomQuestions {
	readonly #health: StoreHealth;
	readonly #turns: Turns;
	readonly #document: () => RoomDocument | undefined;
	/** Channels whose writes were put off. */
	readonly #putOff = new Set<Channel>();

	constructor(health: StoreHealth, turns: Turns, document: () => RoomDocument | undefined) {
		this.#health = health;
		this.#turns = turns;
		this.#document = document;
	}

	/** Asks a channel for all that the document lacks. */
	ask(channel: Channel, document: RoomDocument): void {
		channel.stepsOpen += 1;
		this.askAgain(channel, document);
	}

	/** Asks for what a gap has shown to be missing, unless it is asked for already. */
	askForGap(channel: Channel): void {
		this.#turns.add(channel, 'ask', () => {
			const document = this.#document();
			// While the document is being read, everyone is asked once it is there.
			if (document && channel.stepsOpen === 0) this.ask(channel, document);
		});
	}

	/** The same question once more, which did not get through. */
	askAgain(channel: Channel, document: RoomDocument): void {
		channel.send(new Outgoing(encodeStep1(document.encodedVector())), { type: 'step1' });
	}

	/** True if nothing can be stored now: what the channel writes is dropped, and asked for once it can. */
	putsOff(channel: Channel): boolean {
		if (!this.#health.holds) return false;
		if (this.#putOff.size === 0) this.#health.whenTrying(() => this.#askThosePutOff());
		this.#putOff.add(channel);
		return true;
	}

	#askThosePutOff(): void {
		const channels = [...this.#putOff];
		this.#putOff.clear();
		const document = this.#document();
		// While the document is being read, everyone is asked once it is there.
		if (document) for (const channel of channels) if (!channel.ended) this.ask(channel, document);
	}
}
