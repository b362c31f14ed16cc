/**
 * What a room and its channels still have to tell each other. Invariant: whoever asked for what a failed commit made
 * untrue is answered from what is on disk; whoever wrote while nothing could be stored is asked for it again.
 */
import { encodeStep1 } from './syncMessages';
import { Outgoing } from './outgoing';
import type { Channel } from './channel';
import type { RoomBatch } from './roomBatch';
import type { RoomDocument } from './roomDocument';
import type { StoreHealth } from './storeHealth';
import type { Turns } from './turns';

export class RoomQuestions {
	readonly #health: StoreHealth;
	readonly #turns: Turns;
	readonly #document: () => RoomDocument | undefined;
	/** Sync steps 1 whose answers a failed commit has made untrue. */
	#unanswered: { readonly channel: Channel; readonly vector: Uint8Array }[] = [];
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

	/** A channel asks for what it lacks; `answer` says it, out of the document as it is then. */
	asked(channel: Channel, vector: Uint8Array, answer: (document: RoomDocument) => void): void {
		this.#turns.add(channel, 'answer', () => {
			const document = this.#document();
			if (document) answer(document);
			else this.#unanswered.push({ channel, vector });
		});
	}

	/** The same question once more, which did not get through. */
	askAgain(channel: Channel, document: RoomDocument): void {
		channel.send(new Outgoing(encodeStep1(document.encodedVector())), { type: 'step1' });
	}

	/** These batches were never stored. */
	lost(batches: readonly RoomBatch[]): void {
		this.#unanswered.push(...batches.flatMap(({ answers }) => answers));
	}

	/** The state vectors that a channel is still owed answers to. */
	takeUnanswered(channel: Channel): Uint8Array[] {
		const owed = this.#unanswered.filter((asked) => asked.channel === channel);
		this.#unanswered = this.#unanswered.filter((asked) => asked.channel !== channel && !asked.channel.ended);
		return owed.map(({ vector }) => vector);
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
