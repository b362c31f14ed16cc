/**
 * A room's document in memory, as its logs: all that Yjs would know of it, since a log only grows at its end and nothing
 * stands between its items. Invariant: what it encodes is what it holds, and what it holds is whole: an update that does
 * not follow on what is there is not taken.
 */
import * as encoding from 'lib0/encoding';
import { firstAt, mergeRanges } from './deletedRanges';
import { HeldLog } from './heldLog';
import { parseLogName } from '../src/lib/domain/entry';
import type { ClientStructs, DeletedRange, ReadUpdate, Struct } from '../src/lib/protocol/updateReader';
import type { HeldItem } from './verdict';
import type { UserId } from '../src/lib/domain/ids';
import type { VersionVector } from '../src/lib/domain/versionVector';

/** What a log grew by. */
export interface GrownLog {
	readonly client: number;
	readonly author: UserId;
	readonly structs: readonly Struct[];
}

/** An item that was there, and how many bytes it had. */
interface ErasedItem {
	readonly client: number;
	readonly clock: number;
	readonly bytes: number;
}

/** What an update changed. */
export interface LogsChange {
	readonly grown: readonly GrownLog[];
	readonly erased: readonly ErasedItem[];
}

/** A place on the way through all logs: those of greater client ids lie behind it, and this one up to the clock. */
export interface Place {
	readonly client: number;
	readonly clock: number;
}

/** What somebody lacks. */
export interface Lacks {
	/** How many items of a client's log they have. */
	readonly known: (client: number) => number;
	/** They may have items that are erased. */
	readonly erasures: boolean;
}

export interface Part {
	readonly update: Uint8Array;
	/** Where it goes on; undefined if that is all. */
	readonly end: Place | undefined;
}

export const BEGINNING: Place = { client: Infinity, clock: 0 };

/** What a log takes by itself, and each of its items, beside what they hold. */
const LOG_BYTES = 620;
const ITEM_BYTES = 8;

const NOTHING: VersionVector = new Map();

export class RoomLogs {
	readonly #logs = new Map<number, HeldLog>();
	#ordered: readonly HeldLog[] | undefined;

	/** How many items a client's log has. */
	state(client: number): number {
		return this.#logs.get(client)?.state ?? 0;
	}

	/** Whose log it is; undefined if there is none. */
	author(client: number): UserId | undefined {
		return this.#logs.get(client)?.author;
	}

	all(): IterableIterator<HeldLog> {
		return this.#logs.values();
	}

	/** The items of a client's log that meet the range, in order. */
	items({ client, clock, length }: DeletedRange): Iterable<HeldItem> {
		return this.#logs.get(client)?.items({ clock, length }) ?? [];
	}

	/** What they take in memory, roughly. */
	get bytes(): number {
		let sum = 0;
		for (const { bytes, size } of this.#logs.values()) sum += LOG_BYTES + ITEM_BYTES * size + bytes;
		return sum;
	}

	vector(): Map<number, number> {
		return new Map([...this.#logs].map(([client, log]) => [client, log.state]));
	}

	/** Takes an update in; what is there already changes nothing. Throws, with nothing changed, if it does not follow. */
	apply({ clients, deletes }: ReadUpdate): LogsChange {
		const grown = clients.flatMap((section) => this.#fresh(section));
		if (deletes.length === 0) {
			for (const section of grown) this.#grow(section);
			return { grown, erased: [] };
		}
		const ranges = byClient(deletes);
		this.#checkEnds(ranges, grown);
		const bare = grown.map((section) => withoutErased(section, ranges.get(section.client) ?? []));
		const erased = [...ranges].flatMap(([client, some]) => this.#erase(client, some));
		for (const section of bare) this.#grow(section);
		return { grown: bare, erased };
	}

	/** All that somebody lacks who knows so much, as a Yjs V1 update; every delete is in it. */
	encode(known: VersionVector = NOTHING): Uint8Array {
		const lacks = { known: (client: number) => known.get(client) ?? 0, erasures: true };
		return this.part(lacks, BEGINNING, Infinity).update;
	}

	/** A part of that from a place on, of about so many bytes, or a little more. What follows on it follows in Yjs too. */
	part({ known, erasures }: Lacks, from: Place, bytesMax: number): Part {
		const structs: { log: HeldLog; from: number; to: number }[] = [];
		const erased: { client: number; ranges: readonly DeletedRange[] }[] = [];
		let end: Place | undefined;
		let left = bytesMax;
		for (const log of this.#inOrder()) {
			if (log.client > from.client) continue;
			const at = log.client === from.client ? from.clock : 0;
			const has = known(log.client);
			if (at >= log.state || (has >= log.state && !(erasures && log.erasedRuns > 0))) continue;
			if (left <= 0) {
				end = { client: log.client, clock: at };
				break;
			}
			const reached = log.reach(at, has, left);
			left -= reached.bytes;
			const first = Math.max(at, has);
			if (reached.end > first) structs.push({ log, from: first, to: reached.end });
			const ranges = erasures ? log.erased(at, reached.end) : [];
			if (ranges.length > 0) erased.push({ client: log.client, ranges });
			if (reached.end < log.state) {
				end = { client: log.client, clock: reached.end };
				break;
			}
		}
		const encoder = encoding.createEncoder();
		encoding.writeVarUint(encoder, structs.length);
		for (const { log, from: first, to } of structs) log.write(encoder, first, to);
		encoding.writeVarUint(encoder, erased.length);
		for (const { client, ranges } of erased) {
			encoding.writeVarUint(encoder, client);
			encoding.writeVarUint(encoder, ranges.length);
			for (const { clock, length } of ranges) {
				encoding.writeVarUint(encoder, clock);
				encoding.writeVarUint(encoder, length);
			}
		}
		return { update: encoding.toUint8Array(encoder), end };
	}

	/** In the order in which Yjs writes them. */
	#inOrder(): readonly HeldLog[] {
		return (this.#ordered ??= [...this.#logs.values()].sort((a, b) => b.client - a.client));
	}

	/** The part that is new here; empty if nothing is. */
	#fresh({ client, clock, structs }: ClientStructs): GrownLog[] {
		const state = this.state(client);
		if (clock > state) throw new Error('an update does not follow on what is there');
		const fresh =
			clock === state ? structs : structs.filter((struct) => struct.clock + struct.length > state);
		const [first] = fresh;
		if (!first) return [];
		const author = this.author(client) ?? authorByRoot(client, first);
		if (author === undefined) throw new Error('an update begins no log');
		if (first.clock === state) return [{ client, author, structs: fresh }];
		// Of a run of erased items the beginning is known.
		const length = first.clock + first.length - state;
		return [{ client, author, structs: [{ ...first, clock: state, length }, ...fresh.slice(1)] }];
	}

	#checkEnds(ranges: ReadonlyMap<number, readonly DeletedRange[]>, grown: readonly GrownLog[]): void {
		for (const [client, some] of ranges) {
			const last = grown.find((section) => section.client === client)?.structs.at(-1);
			const end = last ? last.clock + last.length : this.state(client);
			if (some.some(({ clock, length }) => clock + length > end))
				throw new Error('an update deletes what is not there');
		}
	}

	#grow(grown: GrownLog): void {
		const { client, structs } = grown;
		const log = this.#logs.get(client) ?? this.#begin(grown);
		for (const struct of structs) log.append(struct);
	}

	#begin({ client, author, structs }: GrownLog): HeldLog {
		const bytes = structs.reduce((sum, struct) => sum + (struct.bytes?.length ?? 0), 0);
		const log = new HeldLog(client, author, { items: structs.length, bytes });
		this.#logs.set(client, log);
		this.#ordered = undefined;
		return log;
	}

	#erase(client: number, ranges: readonly DeletedRange[]): ErasedItem[] {
		const log = this.#logs.get(client);
		if (!log) return [];
		const erased = new Map<number, ErasedItem>();
		for (const range of ranges)
			for (const { clock, bytes } of log.items(range))
				if (bytes) erased.set(clock, { client, clock, bytes: bytes.length });
		if (erased.size > 0) log.erase(ranges);
		return [...erased.values()];
	}
}

/** Whose log it is that a client's first struct begins; undefined if it begins none. */
function authorByRoot(client: number, { root = '' }: Struct): UserId | undefined {
	const log = parseLogName(root);
	return log?.client === client ? log.author : undefined;
}

function byClient(ranges: readonly DeletedRange[]): Map<number, DeletedRange[]> {
	const groups = new Map<number, DeletedRange[]>();
	for (const range of ranges) {
		const group = groups.get(range.client);
		if (group) group.push(range);
		else groups.set(range.client, [range]);
	}
	return groups;
}

/** What an update brings and erases by itself never had any bytes here. */
function withoutErased(grown: GrownLog, ranges: readonly DeletedRange[]): GrownLog {
	if (ranges.length === 0) return grown;
	const merged = mergeRanges(ranges);
	const isErased = ({ clock }: Struct): boolean => {
		const range = merged[firstAt(merged, clock)];
		return range !== undefined && range.clock <= clock;
	};
	return {
		...grown,
		structs: grown.structs.map((struct) =>
			struct.bytes && isErased(struct) ? { ...struct, type: 'deleted', bytes: undefined } : struct
		)
	};
}
