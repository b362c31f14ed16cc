/** What is charged for a frame beside its bytes, so that many empty ones count too. */
const FRAME_COST = 64;

/** Frames that arrived before they could be read: kept in order, up to a number of bytes. */
export class HeldFrames {
	readonly #costMax: number;
	#frames: Uint8Array[] = [];
	#cost = 0;

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

	/** Hands the frames to `read`, oldest first, as long as it may go on. */
	drain(read: (frame: Uint8Array) => void, mayGoOn: () => boolean): void {
		let done = 0;
		while (done < this.#frames.length && mayGoOn()) {
			const frame = this.#frames[done++]!;
			this.#cost -= frame.length + FRAME_COST;
			read(frame);
		}
		this.#frames = this.#frames.slice(done);
	}

	clear(): void {
		this.#frames = [];
		this.#cost = 0;
	}
}
