/** How many items of a long list are drawn: what fits the screen at once, the others in the frames that follow. */
const AT_FIRST = 32;
/** What a frame has time for. */
const A_FRAME = 48;

export class Growing {
	readonly #length: () => number;
	#drawn = $state(AT_FIRST);

	constructor(length: () => number) {
		this.#length = length;
	}

	get drawn(): number {
		return this.#drawn;
	}

	/** Call from an effect: goes on until all are drawn. */
	follow(): (() => void) | undefined {
		if (this.#drawn >= this.#length()) return undefined;
		const frame = requestAnimationFrame(() => (this.#drawn += A_FRAME));
		return () => cancelAnimationFrame(frame);
	}
}
