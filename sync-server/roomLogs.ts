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

const NOTHING: VersionVector = new Map();

export class RoomLogs {
	readonly #logs = new Map<number, HeldLog>();

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
		const encoder = encoding.createEncoder();
		// The order that Yjs writes them in.
		const logs = [...this.#logs.values()].sort((a, b) => b.client - a.client);
		const ahead = logs.filter(({ client, state }) => state > (known.get(client) ?? 0));
		encoding.writeVarUint(encoder, ahead.length);
		for (const log of ahead) log.write(encoder, known.get(log.client) ?? 0);
		const erased = logs.filter(({ erasedRuns }) => erasedRuns > 0);
		encoding.writeVarUint(encoder, erased.length);
		for (const log of erased) {
			encoding.writeVarUint(encoder, log.client);
			encoding.writeVarUint(encoder, log.erasedRuns);
			for (const { clock, length } of log.erased()) {
				encoding.writeVarUint(encoder, clock);
				encoding.writeVarUint(encoder, length);
			}
		}
		return encoding.toUint8Array(encoder);
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
