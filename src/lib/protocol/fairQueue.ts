/**
 * What waits to go out on one line, in a queue for each channel. Invariants: within a channel everything keeps its order;
 * channels of the first rank go before all others; among those of one rank each has its slice in turn, so that no large
 * message keeps the small ones of others waiting. Used at both ends of a link.
 */

/** Bytes of a message that go out at once; a larger one goes in slices. */
export const SLICE_BYTES = 16_384;

interface Queued {
	readonly bytes: Uint8Array;
}

interface ChannelQueue<T extends Queued> {
	readonly id: number;
	readonly items: T[];
	/** Bytes of the first item that are gone already. */
	sent: number;
	/** Bytes that wait. */
	bytes: number;
}

/** A piece of a message. */
export interface Slice<T> {
	readonly channel: number;
	readonly item: T;
	readonly from: number;
	readonly to: number;
	/** The message ends with it. */
	readonly isLast: boolean;
}

export interface FairQueueOptions {
	/** Bytes of a larger message that go out at once. */
	readonly sliceBytes?: number;
	/** Messages of one rank that are on their way in slices at the same time. */
	readonly begunMax?: number;
}

export class FairQueue<T extends Queued> {
	readonly #sliceBytes: number;
	readonly #begunMax: number;
	readonly #first = new Map<number, ChannelQueue<T>>();
	readonly #others = new Map<number, ChannelQueue<T>>();
	readonly #firstChannels = new Set<number>();
	/** Of messages that go out at once, and of those that go in slices. */
	#bytesWhole = 0;
	#bytesSliced = 0;

	constructor({ sliceBytes = SLICE_BYTES, begunMax = Infinity }: FairQueueOptions = {}) {
		this.#sliceBytes = sliceBytes;
		this.#begunMax = begunMax;
	}

	/** Bytes that wait. */
	get bytes(): number {
		return this.#bytesWhole + this.#bytesSliced;
	}

	/** Of these, what waits in messages that are like this one: in small ones, or in large ones. */
	bytesLike(message: Uint8Array): number {
		return this.#isLarge(message) ? this.#bytesSliced : this.#bytesWhole;
	}

	/** Of these, what waits on one channel. */
	bytesOf(channel: number): number {
		return this.#queueOf(channel)?.bytes ?? 0;
	}

	get isEmpty(): boolean {
		return this.#first.size === 0 && this.#others.size === 0;
	}

	holds(channel: number): boolean {
		return this.#first.has(channel) || this.#others.has(channel);
	}

	/** Those with something that waits. */
	channels(): number[] {
		return [...this.#first.keys(), ...this.#others.keys()];
	}

	/** How many are of the first rank. */
	get firstChannels(): number {
		return this.#firstChannels.size;
	}

	isFirst(channel: number): boolean {
		return this.#firstChannels.has(channel);
	}

	/** The channel goes before the others from now on, or no longer does. */
	rank(channel: number, isFirst: boolean): void {
		if (isFirst === this.#firstChannels.has(channel)) return;
		const queue = this.#queueOf(channel);
		this.#waiting(channel).delete(channel);
		if (isFirst) this.#firstChannels.add(channel);
		else this.#firstChannels.delete(channel);
		if (queue) this.#waiting(channel).set(channel, queue);
	}

	push(channel: number, item: T): void {
		const queue = this.#queueOf(channel) ?? { id: channel, items: [], sent: 0, bytes: 0 };
		if (queue.items.length === 0) this.#waiting(channel).set(channel, queue);
		queue.items.push(item);
		this.#count(queue, item, item.bytes.length);
	}

	/** The channel is no more: nothing of it goes out, not even the rest of what was begun. */
	remove(channel: number): void {
		const queue = this.#queueOf(channel);
		if (queue) {
			this.#count(queue, queue.items[0]!, queue.sent);
			for (const item of queue.items) this.#count(queue, item, -item.bytes.length);
			this.#waiting(channel).delete(channel);
		}
		this.#firstChannels.delete(channel);
	}

	clear(): void {
		this.#first.clear();
		this.#others.clear();
		this.#firstChannels.clear();
		this.#bytesWhole = this.#bytesSliced = 0;
	}

	/** The next piece to send. While histories are held up, only whole messages of channels of the first rank. */
	next({ holdsHistories = false } = {}): Slice<T> | undefined {
		const first = this.#nextOf(this.#first, holdsHistories);
		return first ?? (holdsHistories ? undefined : this.#nextOf(this.#others, false));
	}

	#nextOf(waiting: Map<number, ChannelQueue<T>>, wholeOnly: boolean): Slice<T> | undefined {
		let begun = 0;
		if (this.#begunMax < Infinity) for (const { sent } of waiting.values()) if (sent > 0) begun += 1;
		for (const queue of waiting.values()) {
			const item = queue.items[0]!;
			const isLarge = this.#isLarge(item.bytes);
			if (isLarge && (wholeOnly || (queue.sent === 0 && begun >= this.#begunMax))) continue;
			return this.#take(waiting, queue, item);
		}
		return undefined;
	}

	#take(waiting: Map<number, ChannelQueue<T>>, queue: ChannelQueue<T>, item: T): Slice<T> {
		const from = queue.sent;
		const to = Math.min(from + this.#sliceBytes, item.bytes.length);
		const isLast = to === item.bytes.length;
		this.#count(queue, item, from - to);
		queue.sent = isLast ? 0 : to;
		if (isLast) queue.items.shift();
		// Behind all others: a Map keeps the order in which its keys were set.
		waiting.delete(queue.id);
		if (queue.items.length > 0) waiting.set(queue.id, queue);
		return { channel: queue.id, item, from, to, isLast };
	}

	#isLarge({ length }: Uint8Array): boolean {
		return length > this.#sliceBytes;
	}

	#count(queue: ChannelQueue<T>, { bytes }: T, by: number): void {
		queue.bytes += by;
		if (this.#isLarge(bytes)) this.#bytesSliced += by;
		else this.#bytesWhole += by;
	}

	#waiting(channel: number): Map<number, ChannelQueue<T>> {
		return this.#firstChannels.has(channel) ? this.#first : this.#others;
	}

	#queueOf(channel: number): ChannelQueue<T> | undefined {
		return this.#waiting(channel).get(channel);
	}
}
