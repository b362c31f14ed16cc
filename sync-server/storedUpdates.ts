/**
 * What of a room's stored updates holds up. The guard lets in nothing else, but a disk may give back other bytes than
 * it got, and an older relay or a hand may have stored others: counts that lie, halves of updates, what follows on
 * something that never comes. Invariant: logs that take what is sound in order take all of it.
 */
import { parseLogName } from '../src/lib/domain/entry';
import {
	readSoundPart,
	type ReadUpdate,
	type ClientStructs,
	type Struct
} from '../src/lib/protocol/updateReader';

/** An update that cannot be taken whole, as it was stored. */
export interface Poison {
	readonly bytes: Uint8Array;
	readonly reason: string;
}

export interface SievedUpdates {
	/** Each read; of those that cannot be taken whole, what holds up. */
	readonly sound: readonly ReadUpdate[];
	readonly poison: readonly Poison[];
}

/** Parts what can be taken from what cannot. It is given a room's updates in the order in which they were stored. */
export class Sieve {
	readonly #ends = new Map<number, number>();

	take(updates: readonly Uint8Array[]): SievedUpdates {
		const sound: ReadUpdate[] = [];
		const poison: Poison[] = [];
		for (const bytes of updates) {
			const { kept, reason } = keep(bytes, this.#ends);
			sound.push(kept);
			if (reason !== undefined) poison.push({ bytes, reason });
		}
		return { sound, poison };
	}
}

/** What of an update holds up, and why not all does. `ends` are the logs' lengths; they grow by it. */
function keep(
	bytes: Uint8Array,
	ends: Map<number, number>
): { kept: ReadUpdate; reason: string | undefined } {
	const { clients, deletes, fault } = readSoundPart(bytes);
	let reason = fault?.message;
	const seen = new Set<number>();
	const logs = clients.flatMap((section) => {
		const { client } = section;
		const end = ends.get(client) ?? 0;
		const structs = seen.has(client) ? [] : following(section, end);
		seen.add(client);
		if (structs.length < section.structs.length) reason ??= 'it does not follow on its log';
		const last = structs.at(-1);
		if (!last) return [];
		ends.set(client, Math.max(end, last.clock + last.length));
		return [{ ...section, structs }];
	});
	const there = deletes.filter(({ client, clock, length }) => clock + length <= (ends.get(client) ?? 0));
	if (there.length < deletes.length) reason ??= 'it deletes what is not there';
	return { kept: { clients: logs, deletes: there }, reason };
}

/** The structs up to the first that does not stand where its log's next one stands; whole entries alone. */
function following({ client, clock, structs }: ClientStructs, end: number): readonly Struct[] {
	if (clock > end) return [];
	const fault = structs.findIndex((struct) => !standsInLog(client, struct));
	const kept = fault < 0 ? structs : structs.slice(0, fault);
	const last = kept.at(-1);
	return last && (last.clock + last.length) % 2 !== 0 ? kept.slice(0, -1) : kept;
}

function standsInLog(client: number, struct: Struct): boolean {
	const { type, clock, origin, rightOrigin, root, mapKey, bytes } = struct;
	if (type === 'gc' || type === 'skip' || rightOrigin || mapKey !== undefined) return false;
	// No entry has an item without bytes: it would be one that is erased.
	if (bytes?.length === 0) return false;
	if (clock === 0) return root !== undefined && parseLogName(root)?.client === client;
	return origin?.client === client && origin.clock === clock - 1;
}
