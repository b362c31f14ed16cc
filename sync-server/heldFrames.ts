/** What is charged for a frame beside its bytes, so that many empty ones count too. */
const FRAME_COST = 64;

/** Frames that arrived before they could be read: kept in order, up to a number of bytes. */
export class HeldFrames {
	readonly #costMax: number;
	#frames: Uint8Array[] = [];
	#cost = 0;
	/** How many of them are taken out. */
	#done = 0;

	constructor(bytesMax: number) {
		this.#costMax = bytesMax;
	}

	/** False if there is no room for it. */
	push(frame: Uint8Array): boolean {
		this.#cost += frame.length + FRAME_COST;
		if (this.#cost > this.#costMax) return false;
		this.#frames.push(frame);
		return true;
	}

	get isEmpty(): boolean {
		return this.#done === this.#frames.length;
	}

	/** Takes the oldest out; undefined if there is none. */
	next(): Uint8Array | undefined {
		const frame = this.#frames[this.#done];
		if (!frame) return undefined;
		this.#done += 1;
		this.#cost -= frame.length + FRAME_COST;
		if (this.isEmpty) this.clear();
		return frame;
	}

	clear(): void {
		this.#frames = [];
		this.#cost = 0;
		this.#done = 0;
	}
}
