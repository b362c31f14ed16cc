import { compareStamps, laterStamp, nextStamp, ZERO_STAMP, type Stamp } from '../domain/stamp';
import type { Clock } from '../domain/clock';
import type { Entry } from '../domain/entry';

/**
 * Stamps for what is written in one conversation, later than all that stands in it, whatever became of the clock:
 *
 * - A refusal in another conversation set it back while something waits here under the wrong time. That is written again
 *   once it is refused too, and what was written behind it stays behind it, refused and written again as well.
 * - The wall clock was set back since the relay told the time. What others wrote then seems to lie too far ahead to move
 *   the clock; the relay let it pass, and lets pass what stands behind it.
 */
export function createWriteOrder(clock: Clock, inMemory: () => Iterable<Entry>) {
	/** At least as late as each entry with a body. */
	let latest = ZERO_STAMP;

	function note(entries: Iterable<Entry>): void {
		for (const { stamp, body } of entries) if (body) latest = laterStamp(latest, stamp);
	}

	return {
		/** Call with what was written here, arrives, or is read from the disk. */
		note,
		tick(): Stamp {
			const stamp = clock.tick();
			if (compareStamps(stamp, latest) > 0) return stamp;
			// What bore the latest may have been written again or erased.
			latest = ZERO_STAMP;
			note(inMemory());
			return laterStamp(stamp, nextStamp(latest));
		}
	};
}
