/**
 * What of a room's stored updates holds up. The guard lets in nothing else, but a disk may give back other bytes than
 * it got, and an older relay or a hand may have stored others: Yjs would run out of memory over a count that lies,
 * throw in the middle of a document, or wait for ever for what never comes. Invariant: what is sound leaves nothing
 * pending in a document that takes it in order.
 */
import { parseLogName } from '../src/lib/domain/entry';
import {
	readSoundPart,
	type ReadUpdate,
	type ClientStructs,
	type Struct
} from '../src/lib/protocol/updateReader';
import { writeUpdate } from '../src/lib/protocol/updateWriter';

/** An update that cannot be taken whole, as it was stored. */
export interface Poison {
	readonly bytes: Uint8Array;
	readonly reason: string;
}

export interface SievedUpdates {
	/** Whole ones as they were stored; of the others what holds up. */
	readonly sound: readonly Uint8Array[];
	readonly poison: readonly Poison[];
}

/** Parts what can be taken from what cannot. `updates` are a room's, in the order in which they were stored. */
export function sieve(updates: readonly Uint8Array[]): SievedUpdates {
	const sound: Uint8Array[] = [];
	const poison: Poison[] = [];
	const ends = new Map<number, number>();
	for (const bytes of updates) {
		const { kept, reason } = keep(bytes, ends);
		if (reason === undefined) sound.push(bytes);
		else {
			poison.push({ bytes, reason });
			if (kept.clients.length + kept.deletes.length > 0) sound.push(writeUpdate(kept));
		}
	}
	return { sound, poison };
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

function standsInLog(client: number, { type, clock, origin, rightOrigin, root, mapKey }: Struct): boolean {
	if (type === 'gc' || type === 'skip' || rightOrigin || mapKey !== undefined) return false;
	if (clock === 0) return root !== undefined && parseLogName(root)?.client === client;
	return origin?.client === client && origin.clock === clock - 1;
}
