/**
 * Cuts a large sync message (a long time offline, all of it in one sync step 2) into several, each ending on a whole
 * entry. Applied in order they say the same: on its way out within what a frame may hold, on its way in little enough
 * for the screen to be drawn in between.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { messageYjsSyncStep1, messageYjsSyncStep2, messageYjsUpdate } from 'y-protocols/sync';
import { FRAME_BYTES_MAX, FRAME_CLIENTS_MAX } from '../domain/limits';
import {
	MalformedUpdate,
	readUpdate,
	type ClientStructs,
	type ReadUpdate,
	type Struct
} from '../protocol/updateReader';
import { writeUpdate } from '../protocol/updateWriter';

const MESSAGE_SYNC = 0;
/** Room for what surrounds the structs: counts, ids, the deletes of a usual message. */
const PART_BYTES_MAX = FRAME_BYTES_MAX / 2;
/** Some hundred entries: read, folded and drawn well within the time that a person takes for "at once". */
const SLICE_BYTES_MAX = 48_000;
/** Deleted ranges in one part, of up to a dozen bytes each. */
const PART_DELETES_MAX = 5_000;
/** More than a struct takes besides its content. */
const STRUCT_BYTES = 32;

/** The message itself, alone, when it fits or is not of the kind that grows; otherwise several of its type. */
export const splitMessage = (message: Uint8Array): Uint8Array[] =>
	message.length <= FRAME_BYTES_MAX
		? [message]
		: (partsOf(message, PART_BYTES_MAX)?.map(({ type, update }) => syncMessage(type, update)) ?? [message]);

/**
 * What the relay sent, in slices: the message itself when it is small. Only the last of a sync step 2 is one, since
 * whoever reads it takes the document for complete.
 */
export function sliceMessage(message: Uint8Array): Uint8Array[] {
	const parts = message.length > SLICE_BYTES_MAX ? readableParts(message) : undefined;
	if (!parts) return [message];
	return parts.map(({ type, update }, i) =>
		syncMessage(type === messageYjsSyncStep2 && i < parts.length - 1 ? messageYjsUpdate : type, update)
	);
}

/** Undefined for what Yjs reads and logs are not made of: it goes on as it is. */
function readableParts(message: Uint8Array): ReturnType<typeof partsOf> {
	try {
		const parts = partsOf(message, SLICE_BYTES_MAX);
		const isPlain = parts?.every(({ update }) =>
			update.clients.every(({ structs }) =>
				structs.every(({ type }) => type === 'binary' || type === 'deleted')
			)
		);
		return isPlain ? parts : undefined;
	} catch (error) {
		if (error instanceof MalformedUpdate) return undefined;
		throw error;
	}
}

/** Undefined if the message is not of the kind that grows. */
function partsOf(message: Uint8Array, bytesMax: number): { type: number; update: ReadUpdate }[] | undefined {
	const decoder = decoding.createDecoder(message);
	if (decoding.readVarUint(decoder) !== MESSAGE_SYNC) return undefined;
	const type = decoding.readVarUint(decoder);
	if (type === messageYjsSyncStep1) return undefined;
	const update = readUpdate(decoding.readVarUint8Array(decoder));
	return splitUpdate(update, bytesMax).map((part) => ({ type, update: part }));
}

function syncMessage(type: number, update: ReadUpdate): Uint8Array {
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, MESSAGE_SYNC);
	encoding.writeVarUint(encoder, type);
	encoding.writeVarUint8Array(encoder, writeUpdate(update));
	return encoding.toUint8Array(encoder);
}

function splitUpdate({ clients, deletes }: ReadUpdate, bytesMax: number): ReadUpdate[] {
	const parts: (ClientStructs & { readonly structs: Struct[] })[][] = [[]];
	let bytes = 0;
	for (const piece of clients.flatMap(entriesOf)) {
		const size = sizeOf(piece.structs);
		let part = parts.at(-1)!;
		if (bytes > 0 && (bytes + size > bytesMax || part.length >= FRAME_CLIENTS_MAX)) {
			parts.push((part = []));
			bytes = 0;
		}
		bytes += size;
		const last = part.at(-1);
		if (last?.client === piece.client) last.structs.push(...piece.structs);
		else part.push({ ...piece, structs: [...piece.structs] });
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
