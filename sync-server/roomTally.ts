/**
 * What a room's document holds, in numbers, kept up with each transaction. Invariant: the same document gives the same
 * numbers, whether it was read at once or grew, but for times of erased entries that are ahead of the wall clock.
 */
import * as Y from 'yjs';
import { CLOCK_AHEAD_MAX_MS } from '../src/lib/domain/limits';
import { decodeHeader } from '../src/lib/domain/entryCodec';
import { KIND } from '../src/lib/domain/entry';
import { laterStamp, ZERO_STAMP, type Stamp } from '../src/lib/domain/stamp';
import type { Growing } from './roomShares';

/** What a transaction erased of what had been there: bodies alone, or entries whole, which were superseded. */
export type Erased = 'nothing' | 'entries' | 'bodies';

export class RoomTally {
	readonly #now: () => number;
	#messages = 0;
	#entries = 0;
	#standing = 0;
	#firstMs: number | undefined;
	#lastMs: number | undefined;
	#latest: Stamp = ZERO_STAMP;
	#arrived = 0;
	#erasedParts: ReadonlyMap<number, Growing> = new Map();

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

	/** What the last transaction did. */
	get last(): {
		/** Entries that came with their headers. */
		readonly arrived: number;
		/** What it erased of each client's log. */
		readonly erased: ReadonlyMap<number, Growing>;
	} {
		return { arrived: this.#arrived, erased: this.#erasedParts };
	}

	/** Takes in what a transaction did: in its `afterTransaction`, where what it erased can still be read. */
	take({ beforeState, afterState, deleteSet, doc }: Y.Transaction): Erased {
		this.#arrived = 0;
		for (const [client, end] of afterState) {
			const start = beforeState.get(client) ?? 0;
			if (end > start) this.#grow(doc.store.clients.get(client) ?? [], start, end);
		}
		let bodies = 0;
		let headers = 0;
		const erasedParts = new Map<number, Growing>();
		for (const [client, ranges] of deleteSet.clients) {
			const held = beforeState.get(client) ?? 0;
			const structs = doc.store.clients.get(client) ?? [];
			for (const { clock, len } of ranges) {
				for (const item of contentsIn(structs, clock, Math.min(clock + len, held))) {
					const isHeader = item.clock % 2 === 0;
					if (isHeader) headers += 1;
					else bodies += 1;
					const { bytes, entries } = erasedParts.get(client) ?? { bytes: 0, entries: 0 };
					erasedParts.set(client, {
						bytes: bytes + item.bytes.length,
						entries: entries + (isHeader ? 1 : 0)
					});
				}
			}
		}
		this.#erasedParts = erasedParts;
		this.#standing -= headers;
		if (bodies > headers) return 'bodies';
		return headers > 0 ? 'entries' : 'nothing';
	}

	#grow(structs: (Y.Item | Y.GC)[], start: number, end: number): void {
		this.#entries += (end - start) / 2;
		let header: ReturnType<typeof decodeHeader>;
		for (const { clock, bytes, isDeleted } of contentsIn(structs, start, end)) {
			if (isDeleted) continue;
			if (clock % 2 === 0) {
				header = decodeHeader(bytes);
				this.#standing += 1;
				this.#arrived += 1;
				if (header?.kind !== KIND.message) continue;
				this.#messages += 1;
				// A bare header may say any time: nothing would be shown there.
				if (header.stamp.ms <= this.#now() + CLOCK_AHEAD_MAX_MS) this.#span(header.stamp.ms);
			} else if (header?.s === (clock - 1) / 2) {
				this.#latest = laterStamp(this.#latest, header.stamp);
				if (header.kind === KIND.message) this.#span(header.stamp.ms);
			}
		}
	}

	#span(ms: number): void {
		this.#firstMs = Math.min(this.#firstMs ?? ms, ms);
		this.#lastMs = Math.max(this.#lastMs ?? ms, ms);
	}
}

/** The items from `start` to before `end` whose bytes are still there. */
function* contentsIn(structs: (Y.Item | Y.GC)[], start: number, end: number) {
	if (start >= end || structs.length === 0) return;
	for (let i = Y.findIndexSS(structs, start); i < structs.length; i++) {
		const struct = structs[i]!;
		if (struct.id.clock >= end) return;
		if (struct instanceof Y.Item && struct.content instanceof Y.ContentBinary) {
			yield { clock: struct.id.clock, bytes: struct.content.content, isDeleted: struct.deleted };
		}
	}
}
