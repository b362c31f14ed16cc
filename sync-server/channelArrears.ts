/**
 * Which channels of a socket have something to catch up with, and whose turn it is: those of the first rank, then the
 * others, each as it comes. Invariant: whatever is asked here costs the same, however many channels there are.
 */
export class ChannelArrears {
	/** All of them, with whether they are of the first rank. */
	readonly #all = new Map<number, boolean>();
	/** Those that are to be told: nothing else of theirs waits to go out. */
	readonly #first = new Set<number>();
	readonly #others = new Set<number>();
	/** Those that were told and have not sent their piece yet. */
	readonly #making = new Set<number>();

	has(channel: number): boolean {
		return this.#all.has(channel);
	}

	all(): Iterable<number> {
		return this.#all.keys();
	}

	/** On how many channels a piece is being made. */
	get making(): number {
		return this.#making.size;
	}

	/** `isBusy`: something else of the channel waits to go out first. */
	add(channel: number, { isFirst, isBusy }: { isFirst: boolean; isBusy: boolean }): void {
		if (this.#all.has(channel)) return;
		this.#all.set(channel, isFirst);
		if (!isBusy) this.#queue(isFirst).add(channel);
	}

	/** Nothing of the channel waits to go out any more. */
	isFree(channel: number): void {
		const isFirst = this.#all.get(channel);
		if (isFirst !== undefined && !this.#making.has(channel)) this.#queue(isFirst).add(channel);
	}

	rank(channel: number, isFirst: boolean): void {
		if (!this.#all.has(channel) || this.#all.get(channel) === isFirst) return;
		this.#all.set(channel, isFirst);
		if (this.#queue(!isFirst).delete(channel)) this.#queue(isFirst).add(channel);
	}

	/** The channel that is to make a piece now; undefined if there is none. */
	next({ firstOnly }: { firstOnly: boolean }): number | undefined {
		const queue = this.#first.size > 0 ? this.#first : firstOnly ? undefined : this.#others;
		const [channel] = queue ?? [];
		if (channel === undefined) return undefined;
		queue!.delete(channel);
		this.#making.add(channel);
		return channel;
	}

	/** The channel has made its piece, which waits to go out; more is owed. */
	made(channel: number): void {
		this.#making.delete(channel);
	}

	delete(channel: number): void {
		this.#all.delete(channel);
		this.#first.delete(channel);
		this.#others.delete(channel);
		this.#making.delete(channel);
	}

	clear(): void {
		this.#all.clear();
		this.#first.clear();
		this.#others.clear();
		this.#making.clear();
	}

	#queue(isFirst: boolean): Set<number> {
		return isFirst ? this.#first : this.#others;
	}
}
