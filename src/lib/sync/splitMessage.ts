/**
 * Cuts a sync message that is larger than a frame may be (a long time offline, all of it in one sync step 2) into
 * several of the same type, each within the limits and ending on a whole entry. Applied in order they say the same.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { messageYjsSyncStep1 } from 'y-protocols/sync';
import { FRAME_BYTES_MAX, FRAME_CLIENTS_MAX } from '../domain/limits';
import { readUpdate, type ClientStructs, type ReadUpdate, type Struct } from '../protocol/updateReader';
import { writeUpdate } from '../protocol/updateWriter';

const MESSAGE_SYNC = 0;
/** Room for what surrounds the structs: counts, ids, the deletes of a usual message. */
const PART_BYTES_MAX = FRAME_BYTES_MAX / 2;
/** Deleted ranges in one part, of up to a dozen bytes each. */
const PART_DELETES_MAX = 5_000;
/** More than a struct takes besides its content. */
const STRUCT_BYTES = 32;

/** The message itself, alone, when it fits or is not of the kind that grows. */
export function splitMessage(message: Uint8Array): Uint8Array[] {
	if (message.length <= FRAME_BYTES_MAX) return [message];
	const decoder = decoding.createDecoder(message);
	if (decoding.readVarUint(decoder) !== MESSAGE_SYNC) return [message];
	const type = decoding.readVarUint(decoder);
	if (type === messageYjsSyncStep1) return [message];
	const update = readUpdate(decoding.readVarUint8Array(decoder));
	return splitUpdate(update).map((part) => {
		const encoder = encoding.createEncoder();
		encoding.writeVarUint(encoder, MESSAGE_SYNC);
		encoding.writeVarUint(encoder, type);
		encoding.writeVarUint8Array(encoder, writeUpdate(part));
		return encoding.toUint8Array(encoder);
	});
}

function splitUpdate({ clients, deletes }: ReadUpdate): ReadUpdate[] {
	const parts: ClientStructs[][] = [[]];
	let bytes = 0;
	for (const piece of clients.flatMap(entriesOf)) {
		const size = sizeOf(piece.structs);
		let part = parts.at(-1)!;
		if (bytes > 0 && (bytes + size > PART_BYTES_MAX || part.length >= FRAME_CLIENTS_MAX)) {
			parts.push((part = []));
			bytes = 0;
		}
		bytes += size;
		const last = part.at(-1);
		if (last?.client === piece.client)
			part[part.length - 1] = { ...last, structs: [...last.structs, ...piece.structs] };
		else part.push(piece);
	}
	const structs = parts.map((part) => ({ clients: part, deletes: [] }));
	// Deletes go last: what they delete has arrived by then.
	return [...structs, ...chunks(deletes, PART_DELETES_MAX).map((some) => ({ clients: [], deletes: some }))];
}

const chunks = <T>(all: readonly T[], size: number): T[][] =>
	Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));

const sizeOf = (structs: readonly Struct[]): number =>
	structs.reduce((sum, { bytes }) => sum + (bytes?.length ?? 0) + STRUCT_BYTES, 0);

/** Runs of structs that end on a whole entry: where the next clock is even. */
function entriesOf({ client, structs }: ClientStructs): ClientStructs[] {
	const pieces: ClientStructs[] = [];
	let run: Struct[] = [];
	for (const struct of structs) {
		run.push(struct);
		if ((struct.clock + struct.length) % 2 !== 0) continue;
		pieces.push({ client, clock: run[0]!.clock, structs: run });
		run = [];
	}
	if (run.length > 0) pieces.push({ client, clock: run[0]!.clock, structs: run });
	return pieces;
}
