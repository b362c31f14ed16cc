/** The frame that took longest of all that were handled. */
import type { HandledFrame } from '../../sync-server/meters';

export class SlowestFrame {
	#frame: HandledFrame | undefined;

	/** Undefined before the first. */
	get frame(): HandledFrame | undefined {
		return this.#frame;
	}

	/** True if it is slower than all before. */
	hear(frame: HandledFrame): boolean {
		if (this.#frame && this.#frame.seconds >= frame.seconds) return false;
		this.#frame = frame;
		return true;
	}
}

/** Of some of which there may be none. */
export function slowestOf(frames: readonly (HandledFrame | undefined)[]): HandledFrame | undefined {
	const slowest = new SlowestFrame();
	for (const frame of frames) if (frame) slowest.hear(frame);
	return slowest.frame;
}
