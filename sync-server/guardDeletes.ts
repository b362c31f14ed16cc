/**
 * Which deletes a frame may make. Invariants: nobody deletes in another's log; the header of a message, or of anything
 * that others may point at, stays as its tombstone; what is superseded (`set`, receipt) goes whole.
 */
import { CLOSE } from '../src/lib/protocol/closeCodes';
import { decodeHeader } from '../src/lib/domain/entryCodec';
import { firstAt, mergeRanges } from './deletedRanges';
import { gap, refuse, type FrameKind, type HeldItem, type RoomView } from './verdict';
import { SUPERSEDED_KINDS } from '../src/lib/domain/entry';
import type { DeletedRange, Struct } from '../src/lib/protocol/updateReader';
import type { UserId } from '../src/lib/domain/ids';

export class DeletesJudgement {
	readonly #kind: FrameKind;
	readonly #caller: UserId;
	readonly #room: RoomView;
	/** What the caller's own logs grow by in this frame. */
	readonly #grown: ReadonlyMap<number, readonly Struct[]>;
	/** Items of the frame that it deletes itself. */
	readonly #erased = new Set<HeldItem>();

	constructor(of: {
		kind: FrameKind;
		caller: UserId;
		room: RoomView;
		grown: ReadonlyMap<number, readonly Struct[]>;
	}) {
		this.#kind = of.kind;
		this.#caller = of.caller;
		this.#room = of.room;
		this.#grown = of.grown;
	}

	/** The deletes that are the caller's to make, and new. */
	fresh(deletes: readonly DeletedRange[]): DeletedRange[] {
		return mergeRanges(mergeRanges(deletes).flatMap((range) => this.#ownPart(range)));
	}

	/** True if the frame itself deletes this item that it brings. Asked behind {@link fresh}. */
	erases(struct: Struct): boolean {
		return this.#erased.has(struct);
	}

	#ownPart(range: DeletedRange): DeletedRange[] {
		const { client, clock, length } = range;
		const grown = this.#grown.get(client);
		const owner = grown ? this.#caller : this.#room.owner(client);
		if (owner === undefined) return this.#leaveOut(gap);
		const end = this.#endOf(client);
		if (owner !== this.#caller) {
			if (clock + length <= end && this.#isErased(range)) return [];
			return this.#leaveOut(() => refuse(CLOSE.forbidden, "a delete in another user's log"));
		}
		if (clock + length <= end) return this.#erasable(range);
		this.#leaveOut(gap);
		return clock < end ? this.#erasable({ ...range, length: end - clock }) : [];
	}

	/** A step 2 may hold what is not the caller's to bring; a live update may not. */
	#leaveOut(otherwise: () => never): [] {
		return this.#kind === 'step2' ? [] : otherwise();
	}

	/** Of another's log, where the frame brings nothing. Looks no further than to the first item that stands. */
	#isErased(range: DeletedRange): boolean {
		for (const { bytes } of this.#room.items(range)) if (bytes) return false;
		return true;
	}

	#erasable({ client, clock, length }: DeletedRange): DeletedRange[] {
		const live = this.#items({ client, clock, length }).filter(({ bytes }) => bytes);
		for (const item of live) {
			this.#erased.add(item);
			if (item.clock % 2 === 0) this.#checkHeader(client, item, clock + length);
		}
		return live.map((item) => ({ client, clock: item.clock, length: 1 }));
	}

	#checkHeader(client: number, { clock, bytes }: HeldItem, rangeEnd: number): void {
		const kind = bytes && decodeHeader(bytes)?.kind;
		if (kind === undefined || !SUPERSEDED_KINDS.has(kind)) refuse(CLOSE.forbidden, 'a header stays');
		const [body] = clock + 1 < rangeEnd ? [] : this.#items({ client, clock: clock + 1, length: 1 });
		if (body?.bytes) refuse(CLOSE.badFrame, 'a body without its header');
	}

	#endOf(client: number): number {
		const last = this.#grown.get(client)?.at(-1);
		return last ? last.clock + last.length : this.#room.state(client);
	}

	/** The items that meet the range: those at the relay, then those of the frame. */
	#items(range: DeletedRange): HeldItem[] {
		const grown = this.#grown.get(range.client) ?? [];
		const found: HeldItem[] = [...this.#room.items(range)];
		for (let i = firstAt(grown, range.clock); i < grown.length; i++) {
			if (grown[i]!.clock >= range.clock + range.length) break;
			found.push(grown[i]!);
		}
		return found;
	}
}
