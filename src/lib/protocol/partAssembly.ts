/**
 * Puts messages together that came in parts, at either end of a link. Invariant: what it holds is bounded, whatever the
 * other side sends.
 */

export interface AssemblyLimits {
	/** Bytes of one message. */
	readonly messageBytesMax: number;
	/** Bytes of all messages that are not whole yet. */
	readonly bytesMax: number;
}

/** What a part takes beside its bytes, so that many tiny ones count too. */
export const PART_COST = 64;

export class PartAssembly {
	readonly #limits: AssemblyLimits;
	readonly #begun = new Map<number, { parts: Uint8Array[]; bytes: number }>();
	/** With {@link PART_COST} for each part. */
	#bytes = 0;

	constructor(limits: AssemblyLimits) {
		this.#limits = limits;
	}

	/** About the bytes that messages take which are not whole yet. */
	get bytes(): number {
		return this.#bytes;
	}

	/** Takes a part behind which more comes. False if that is more than may be: what was there of the message is gone. */
	add(channel: number, part: Uint8Array): boolean {
		const message = this.#begun.get(channel) ?? { parts: [], bytes: 0 };
		this.#begun.set(channel, message);
		// A copy: the bytes given may be a view of a larger buffer, which would stay in memory as long.
		message.parts.push(part.slice());
		message.bytes += part.length;
		this.#bytes += part.length + PART_COST;
		if (message.bytes <= this.#limits.messageBytesMax && this.#bytes <= this.#limits.bytesMax) return true;
		this.drop(channel);
		return false;
	}

	/** Takes the last part. Returns the whole message: the part itself if none came before it. */
	finish(channel: number, last: Uint8Array): Uint8Array {
		const message = this.#begun.get(channel);
		if (!message) return last;
		this.drop(channel);
		const whole = new Uint8Array(message.bytes + last.length);
		let at = 0;
		for (const part of message.parts) {
			whole.set(part, at);
			at += part.length;
		}
		whole.set(last, at);
		return whole;
	}

	/** The channel is no more. */
	drop(channel: number): void {
		const { bytes, parts } = this.#begun.get(channel) ?? { bytes: 0, parts: [] };
		this.#bytes -= bytes + parts.length * PART_COST;
		this.#begun.delete(channel);
	}
}
