/**
 * What segments hold, read once until something is written in them: a segment is read for all webhooks and all messages
 * that are to be told of it. Of so few segments at a time that what is kept takes little, however many there are.
 */
import type { RelayPort } from '../relayPort';
import type { Entry } from '../../domain/entry';

const ROOMS_MAX = 4;

export class SegmentReads {
	readonly #relay: Pick<RelayPort, 'entries'>;
	/** Those used last at the end. */
	readonly #read = new Map<string, Promise<readonly Entry[]>>();

	constructor(relay: Pick<RelayPort, 'entries'>) {
		this.#relay = relay;
	}

	/** As it is on disk, or was when something was last heard of it. */
	entries(room: string): Promise<readonly Entry[]> {
		const reading = this.#read.get(room) ?? this.#relay.entries(room);
		this.#read.delete(room);
		this.#read.set(room, reading);
		for (const oldest of this.#read.keys()) {
			if (this.#read.size <= ROOMS_MAX) break;
			this.#read.delete(oldest);
		}
		// What could not be read is read again when it is next asked for.
		reading.catch(() => this.#read.get(room) === reading && this.#read.delete(room));
		return reading;
	}

	/** Something was written there. */
	forget(room: string): void {
		this.#read.delete(room);
	}

	/** Nobody needs any of it now, or it is not known what was written. */
	forgetAll(): void {
		this.#read.clear();
	}
}
