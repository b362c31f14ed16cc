/**
 * One client's log in memory: what its items hold, one behind the other in a single array, and for each item where it
 * ends. It is all that a Yjs document says of the log (each item stands behind the one before it, in the one root that is
 * named by the log), in a tenth of the memory. Invariants: an erased item has no bytes, and erased neighbours are one;
 * no byte of what was erased is kept: zeros stand in its place, until there are enough of them to be worth closing up.
 */
import * as encoding from 'lib0/encoding';
import { logName } from '../src/lib/domain/entry';
import type { DeletedRange, Struct } from '../src/lib/protocol/updateReader';
import type { HeldItem } from './verdict';
import type { UserId } from '../src/lib/domain/ids';

/** What is added when an array is full: half as much again, at most. */
const GROWTH = 1.5;
const BINARY = 3;
const DELETED = 1;
const HAS_ORIGIN = 0x80;
/** About what a struct takes in an update beside its bytes, and a deleted range. */
const STRUCT_BYTES = 14;
const RANGE_BYTES = 8;
/** Of a clock in the array: what ends there is erased. Clocks stay below it. */
const ERASED = 0x80000000;
/** Gaps are closed once they are such a part of all bytes: so each byte that is erased has a few others moved, however long the log is. */
const GAPS_PART = 1 / 4;

export class HeldLog {
	readonly client: number;
	readonly author: UserId;
	#bytes: Uint8Array;
	/** For each item, or run of erased ones: the clock behind it, {@link ERASED} included, and the index behind its last byte. */
	#ends: Uint32Array;
	#items = 0;
	#erasedRuns = 0;
	/** Bytes of the array that stand for what is erased. */
	#gaps = 0;

	/** With room for so many items and bytes. */
	constructor(client: number, author: UserId, { items, bytes }: { items: number; bytes: number }) {
		this.client = client;
		this.author = author;
		this.#bytes = new Uint8Array(bytes);
		this.#ends = new Uint32Array(2 * items);
	}

	/** The clock behind its last item. */
	get state(): number {
		return this.#clockAt(this.#items);
	}

	/** Bytes of what its items hold. */
	get bytes(): number {
		return this.#byteAt(this.#items) - this.#gaps;
	}

	/** Items, and runs of erased ones. */
	get size(): number {
		return this.#items;
	}

	/** Entries whose header stands. */
	get standing(): number {
		let standing = 0;
		for (let i = 0; i < this.#items; i++) if (this.#clockAt(i) % 2 === 0 && !this.#isErased(i)) standing += 1;
		return standing;
	}

	/** Runs of erased items. */
	get erasedRuns(): number {
		return this.#erasedRuns;
	}

	/** Takes in an item, or a run of erased ones, that stands behind the last. */
	append({ length, bytes: given }: Pick<Struct, 'length' | 'bytes'>): void {
		const bytes = given?.length ? given : undefined;
		if (!bytes && this.#isErased(this.#items - 1)) {
			this.#ends[2 * this.#items - 2] = (this.state + length) | ERASED;
			return;
		}
		const [clock, end] = [this.state + length, this.#byteAt(this.#items)];
		this.#makeRoom(bytes?.length ?? 0);
		if (bytes) this.#bytes.set(bytes, end);
		else this.#erasedRuns += 1;
		this.#ends[2 * this.#items] = bytes ? clock : clock | ERASED;
		this.#ends[2 * this.#items + 1] = end + (bytes?.length ?? 0);
		this.#items += 1;
	}

	/** The items that meet the range, in order. Their bytes are views that hold until the log changes. */
	*items({ clock, length }: Pick<DeletedRange, 'clock' | 'length'>): IterableIterator<HeldItem> {
		for (let i = this.#indexOf(clock); i < this.#items; i++) {
			const start = this.#clockAt(i);
			if (start >= clock + length) return;
			yield { clock: start, length: this.#clockAt(i + 1) - start, bytes: this.#bytesOf(i) };
		}
	}

	/** Erases what stands in these ranges. What else there is stays where it is. */
	erase(ranges: readonly Pick<DeletedRange, 'clock' | 'length'>[]): void {
		let [first, last] = [Infinity, -1];
		for (const { clock, length } of ranges) {
			for (let i = this.#indexOf(clock); i < this.#items && this.#clockAt(i) < clock + length; i++) {
				if (this.#isErased(i)) continue;
				this.#empty(i);
				first = Math.min(first, i);
				last = Math.max(last, i);
			}
		}
		if (last < 0) return;
		this.#joinErased(Math.max(0, first - 1), Math.min(this.#items - 1, last + 1));
		if (this.#gaps > GAPS_PART * this.#byteAt(this.#items)) this.#closeGaps();
	}

	/**
	 * How far one comes from this clock with about so many bytes, at the end of an entry, and how many it takes: items
	 * behind `known` are written, of those before only that they are erased.
	 */
	reach(from: number, known: number, bytesMax: number): { readonly end: number; readonly bytes: number } {
		let bytes = 0;
		for (let i = this.#indexOf(this.#erasedRuns > 0 ? from : Math.max(from, known)); i < this.#items; i++) {
			const end = this.#clockAt(i + 1);
			const isErased = this.#isErased(i);
			if (isErased) bytes += RANGE_BYTES;
			if (end > known) bytes += STRUCT_BYTES + (isErased ? 0 : this.#byteAt(i + 1) - this.#byteAt(i));
			if (bytes >= bytesMax && end % 2 === 0) return { end, bytes };
		}
		return { end: this.state, bytes };
	}

	/** Writes its structs between two clocks, as they stand in a Yjs V1 update. Only if there are any. */
	write(encoder: encoding.Encoder, from: number, to: number): void {
		const first = this.#indexOf(from);
		const end = this.#indexOf(to);
		encoding.writeVarUint(encoder, end - first);
		encoding.writeVarUint(encoder, this.client);
		encoding.writeVarUint(encoder, from);
		let clock = from;
		for (let i = first; i < end; i++) {
			const bytes = this.#bytesOf(i);
			encoding.writeUint8(encoder, (bytes ? BINARY : DELETED) | (clock > 0 ? HAS_ORIGIN : 0));
			if (clock > 0) {
				encoding.writeVarUint(encoder, this.client);
				encoding.writeVarUint(encoder, clock - 1);
			} else {
				encoding.writeVarUint(encoder, 1);
				encoding.writeVarString(encoder, logName(this.author, this.client));
			}
			const next = this.#clockAt(i + 1);
			if (bytes) encoding.writeVarUint8Array(encoder, bytes);
			else encoding.writeVarUint(encoder, next - clock);
			clock = next;
		}
	}

	/** What is erased of it between two clocks, in order. */
	erased(from: number, to: number): DeletedRange[] {
		const ranges: DeletedRange[] = [];
		if (this.#erasedRuns === 0) return ranges;
		for (let i = this.#indexOf(from); i < this.#items; i++) {
			const clock = this.#clockAt(i);
			if (clock >= to) break;
			if (this.#isErased(i))
				ranges.push({ client: this.client, clock, length: this.#clockAt(i + 1) - clock });
		}
		return ranges;
	}

	/** The index of the first item that reaches behind the clock. */
	#indexOf(clock: number): number {
		let low = 0;
		let high = this.#items;
		while (low < high) {
			const middle = (low + high) >>> 1;
			if (this.#clockAt(middle + 1) > clock) high = middle;
			else low = middle + 1;
		}
		return low;
	}

	/** The clock of the item at this index. */
	#clockAt(i: number): number {
		return i === 0 ? 0 : this.#ends[2 * i - 2]! & ~ERASED;
	}

	#byteAt(i: number): number {
		return i === 0 ? 0 : this.#ends[2 * i - 1]!;
	}

	#isErased(i: number): boolean {
		return i >= 0 && this.#ends[2 * i]! >= ERASED;
	}

	#bytesOf(i: number): Uint8Array | undefined {
		return this.#isErased(i) ? undefined : this.#bytes.subarray(this.#byteAt(i), this.#byteAt(i + 1));
	}

	#empty(i: number): void {
		const [from, to] = [this.#byteAt(i), this.#byteAt(i + 1)];
		this.#bytes.fill(0, from, to);
		this.#gaps += to - from;
		this.#ends[2 * i] = this.#ends[2 * i]! | ERASED;
		this.#erasedRuns += 1;
	}

	/** Makes neighbours between these two, both included, that are erased one. */
	#joinErased(first: number, last: number): void {
		let kept = first;
		for (let i = first + 1; i <= last; i++) {
			if (this.#isErased(kept) && this.#isErased(i)) this.#erasedRuns -= 1;
			else kept += 1;
			this.#ends.copyWithin(2 * kept, 2 * i, 2 * i + 2);
		}
		this.#ends.copyWithin(2 * (kept + 1), 2 * (last + 1), 2 * this.#items);
		this.#items -= last - kept;
	}

	#closeGaps(): void {
		const kept = new Uint8Array(this.bytes);
		let end = 0;
		let from = 0;
		for (let i = 0; i < this.#items; i++) {
			const to = this.#byteAt(i + 1);
			if (!this.#isErased(i)) {
				kept.set(this.#bytes.subarray(from, to), end);
				end += to - from;
			}
			this.#ends[2 * i + 1] = end;
			from = to;
		}
		this.#bytes = kept;
		this.#gaps = 0;
	}

	#makeRoom(bytes: number): void {
		const needed = this.#byteAt(this.#items) + bytes;
		if (needed > this.#bytes.length) {
			const grown = new Uint8Array(Math.max(needed, Math.floor(this.#bytes.length * GROWTH)));
			grown.set(this.#bytes);
			this.#bytes = grown;
		}
		if (2 * this.#items < this.#ends.length) return;
		const grown = new Uint32Array(Math.max(4, 2 * Math.floor((this.#ends.length * GROWTH) / 2)));
		grown.set(this.#ends);
		this.#ends = grown;
	}
}
