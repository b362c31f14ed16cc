/**
 * Neighbouring updates of a room, as one that says the same and holds nothing of what was erased, here or in other
 * updates. Invariant: in their place it changes nothing of what the room's updates say together, so that a room can be
 * rewritten piece by piece, in any order, and only where there is something to gain.
 */
import { firstAt, mergeRanges } from './deletedRanges';
import { writeUpdate } from '../src/lib/protocol/updateWriter';
import type { DeletedRange, ReadUpdate, Struct } from '../src/lib/protocol/updateReader';

/** What is erased in a room. */
export class ErasedItems {
	readonly #given = new Map<number, DeletedRange[]>();
	/** Those that were asked for since they grew, in the fewest ranges. */
	readonly #merged = new Map<number, readonly DeletedRange[]>();

	add({ clients, deletes }: ReadUpdate): void {
		for (const range of deletes) this.#add(range);
		for (const { client, structs } of clients)
			for (const { type, clock, length } of structs)
				if (type === 'deleted') this.#add({ client, clock, length });
	}

	/** Some of the items from one clock to another, which is not included. */
	hasSome(client: number, from: number, to: number): boolean {
		const ranges = this.#of(client);
		const range = ranges[firstAt(ranges, from)];
		return range !== undefined && range.clock < to;
	}

	#add(range: DeletedRange): void {
		const given = this.#given.get(range.client);
		const last = given?.at(-1);
		this.#merged.delete(range.client);
		if (!given) this.#given.set(range.client, [range]);
		else if (last?.clock !== range.clock || last.length !== range.length) given.push(range);
	}

	#of(client: number): readonly DeletedRange[] {
		const merged = this.#merged.get(client) ?? mergeRanges(this.#given.get(client) ?? []);
		this.#merged.set(client, merged);
		return merged;
	}
}

/** `updates` are sound and stand one behind the other. */
export function compactUpdates(updates: readonly ReadUpdate[], erased: ErasedItems): Uint8Array {
	const logs = new Map<number, Struct[]>();
	for (const { client, structs } of updates.flatMap(({ clients }) => clients)) {
		const log = logs.get(client) ?? [];
		logs.set(client, log);
		for (const struct of structs) {
			const isErased = erased.hasSome(client, struct.clock, struct.clock + struct.length);
			append(client, log, isErased ? { ...struct, type: 'deleted', bytes: undefined } : struct);
		}
	}
	const clients = [...logs].flatMap(([client, structs]) =>
		structs[0] ? [{ client, clock: structs[0].clock, structs }] : []
	);
	return writeUpdate({ clients, deletes: mergeRanges(updates.flatMap(({ deletes }) => deletes)) });
}

/** Leaves out what is there. Erased neighbours become one. */
function append(client: number, log: Struct[], struct: Struct): void {
	const last = log.at(-1);
	const end = last ? last.clock + last.length : struct.clock;
	const length = struct.clock + struct.length - end;
	if (length <= 0) return;
	if (last?.type === 'deleted' && struct.type === 'deleted')
		log[log.length - 1] = { ...last, length: last.length + length };
	else if (struct.clock === end) log.push(struct);
	else log.push({ ...struct, clock: end, length, origin: { client, clock: end - 1 }, root: undefined });
}
