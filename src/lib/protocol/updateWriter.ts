/** Writes what {@link readUpdate} reads, as a Yjs V1 update. GC and Skip structs cannot be written: no log has any. */
import * as encoding from 'lib0/encoding';
import type { ClientStructs, DeletedRange, ReadUpdate, Struct } from './updateReader';

export function writeUpdate({ clients, deletes }: ReadUpdate): Uint8Array {
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, clients.length);
	for (const client of clients) writeClient(encoder, client);
	const byClient = groupByClient(deletes);
	encoding.writeVarUint(encoder, byClient.size);
	for (const [client, ranges] of byClient) writeDeletes(encoder, client, ranges);
	return encoding.toUint8Array(encoder);
}

function groupByClient(ranges: readonly DeletedRange[]): Map<number, DeletedRange[]> {
	const groups = new Map<number, DeletedRange[]>();
	for (const range of ranges) {
		const group = groups.get(range.client);
		if (group) group.push(range);
		else groups.set(range.client, [range]);
	}
	return groups;
}

function writeClient(encoder: encoding.Encoder, { client, clock, structs }: ClientStructs): void {
	encoding.writeVarUint(encoder, structs.length);
	encoding.writeVarUint(encoder, client);
	encoding.writeVarUint(encoder, clock);
	for (const struct of structs) writeStruct(encoder, struct);
}

function writeStruct(encoder: encoding.Encoder, { type, origin, root, length, bytes }: Struct): void {
	encoding.writeUint8(encoder, (type === 'binary' ? 3 : 1) | (origin ? 0x80 : 0));
	if (origin) {
		encoding.writeVarUint(encoder, origin.client);
		encoding.writeVarUint(encoder, origin.clock);
	} else {
		encoding.writeVarUint(encoder, 1);
		encoding.writeVarString(encoder, root ?? '');
	}
	if (type === 'binary') encoding.writeVarUint8Array(encoder, bytes ?? new Uint8Array());
	else encoding.writeVarUint(encoder, length);
}

function writeDeletes(encoder: encoding.Encoder, client: number, ranges: readonly DeletedRange[]): void {
	encoding.writeVarUint(encoder, client);
	encoding.writeVarUint(encoder, ranges.length);
	for (const { clock, length } of ranges) {
		encoding.writeVarUint(encoder, clock);
		encoding.writeVarUint(encoder, length);
	}
}
