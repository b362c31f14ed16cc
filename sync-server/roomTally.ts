/**
 * What a room's document holds, in numbers, kept up with each update. Invariant: the same document gives the same
 * numbers, whether it was read at once or grew, but for times of erased entries that are ahead of the wall clock.
 */
import { CLOCK_AHEAD_MAX_MS } from '../src/lib/domain/limits';
import { decodeHeader } from '../src/lib/domain/entryCodec';
import { isSeal } from '../src/lib/domain/seals';
import { KIND } from '../src/lib/domain/entry';
import { SYSTEM_USER } from '../src/lib/domain/ids';
import { laterStamp, ZERO_STAMP, type Stamp } from '../src/lib/domain/stamp';
import type { GrownLog, LogsChange } from './roomLogs';

/**
 * What an update erased of what had been there. `entries`: whole ones alone, in whose place the same update wrote
 * something. `bodies`: others too, bodies without their headers or what nothing stands in place of.
 */
export type Erased = 'nothing' | 'entries' | 'bodies';

export class RoomTally {
	readonly #now: () => number;
	#messages = 0;
	#entries = 0;
	#standing = 0;
	#firstMs: number | undefined;
	#lastMs: number | undefined;
	#latest: Stamp = ZERO_STAMP;
	#isSealed = false;

	/** `now` is the wall clock in milliseconds. */
	constructor(now: () => number) {
		this.#now = now;
	}

	/** Messages, those whose body is erased included. */
	get messages(): number {
		return this.#messages;
	}

	/** Entries that were ever written, those erased whole included. */
	get entries(): number {
		return this.#entries;
	}

	/** Entries whose header stands. */
	get standing(): number {
		return this.#standing;
	}

	/** The earliest time of a message, in milliseconds; undefined if there is none. */
	get firstMs(): number | undefined {
		return this.#firstMs;
	}

	/** The latest time of a message, in milliseconds; undefined if there is none. */
	get lastMs(): number | undefined {
		return this.#lastMs;
	}

	/** The latest stamp of an entry that came with a body. */
	get latest(): Stamp {
		return this.#latest;
	}

	/** The server has ended the segment, full or not. */
	get isSealed(): boolean {
		return this.#isSealed;
	}

	/** Takes in what an update changed. */
	take({ grown, erased }: LogsChange): Erased {
		for (const log of grown) this.#grow(log);
		if (erased.length === 0) return 'nothing';
		const headers = erased.filter(({ clock }) => clock % 2 === 0).length;
		this.#standing -= headers;
		return grown.length > 0 && erased.length <= 2 * headers ? 'entries' : 'bodies';
	}

	#grow({ author, structs }: GrownLog): void {
		let header: ReturnType<typeof decodeHeader>;
		for (const { clock, length, bytes } of structs) {
			this.#entries += length / 2;
			if (!bytes) continue;
			if (clock % 2 === 0) {
				header = decodeHeader(bytes);
				this.#standing += 1;
				if (header?.kind !== KIND.message) continue;
				this.#messages += 1;
				// A bare header may say any time: nothing would be shown there.
				if (header.stamp.ms <= this.#now() + CLOCK_AHEAD_MAX_MS) this.#span(header.stamp.ms);
			} else if (header?.s === (clock - 1) / 2) {
				this.#latest = laterStamp(this.#latest, header.stamp);
				if (header.kind === KIND.message) this.#span(header.stamp.ms);
				if (author === SYSTEM_USER && header.kind === KIND.system) this.#isSealed ||= isSeal(bytes);
			}
		}
	}

	#span(ms: number): void {
		this.#firstMs = Math.min(this.#firstMs ?? ms, ms);
		this.#lastMs = Math.max(this.#lastMs ?? ms, ms);
	}
}
