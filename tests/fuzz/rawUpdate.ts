/** Writes any structs as a Yjs V1 update, those too that no log has: right origins, keys, GC and Skip structs. */
import * as encoding from 'lib0/encoding';
import type { ReadUpdate, Struct } from '../../src/lib/protocol/updateReader';

const CONTENT = { gc: 0, deleted: 1, binary: 3, skip: 10 } as const;

export function writeRawUpdate({ clients, deletes }: ReadUpdate): Uint8Array {
	return encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, clients.length);
		for (const { client, clock, structs } of clients) {
			encoding.writeVarUint(encoder, structs.length);
			encoding.writeVarUint(encoder, client);
			encoding.writeVarUint(encoder, clock);
			for (const struct of structs) writeStruct(encoder, struct);
		}
		encoding.writeVarUint(encoder, deletes.length);
		for (const { client, clock, length } of deletes)
			for (const number of [client, 1, clock, length]) encoding.writeVarUint(encoder, number);
	});
}

function writeStruct(encoder: encoding.Encoder, struct: Struct): void {
	const { type, origin, rightOrigin, root, mapKey, bytes, length } = struct;
	const flags = (origin ? 0x80 : 0) | (rightOrigin ? 0x40 : 0) | (mapKey === undefined ? 0 : 0x20);
	encoding.writeUint8(encoder, CONTENT[type] | (type === 'gc' || type === 'skip' ? 0 : flags));
	if (type === 'gc' || type === 'skip') return encoding.writeVarUint(encoder, length);
	for (const id of [origin, rightOrigin]) {
		if (!id) continue;
		encoding.writeVarUint(encoder, id.client);
		encoding.writeVarUint(encoder, id.clock);
	}
	if (!origin && !rightOrigin) {
		encoding.writeVarUint(encoder, 1);
		encoding.writeVarString(encoder, root ?? '');
		if (mapKey !== undefined) encoding.writeVarString(encoder, mapKey);
	}
	if (type === 'binary') encoding.writeVarUint8Array(encoder, bytes ?? new Uint8Array());
	else encoding.writeVarUint(encoder, length);
}
