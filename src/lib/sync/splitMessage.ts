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
/** With fewer bytes than this no more clients than a frame may name have written anything. */
const CLIENTS_BYTES_MIN = 8 * FRAME_CLIENTS_MAX;

/** The message itself, alone, when it fits or is not of the kind that grows; otherwise several of its type. */
export function splitMessage(message: Uint8Array): Uint8Array[] {
	const sync = message.length > CLIENTS_BYTES_MIN ? readSync(message) : undefined;
	if (!sync || !isTooMuch(message, sync)) return [message];
	return [...partsOf(sync.update, PART_BYTES_MAX)].map((part) => syncMessage(sync.type, part));
}

const isTooMuch = (message: Uint8Array, { update }: SyncMessage): boolean =>
	message.length > FRAME_BYTES_MAX || update.clients.length > FRAME_CLIENTS_MAX;

/**
 * What the relay sent, in slices that are made as they are asked for: the message itself when it is small. Only the last
 * of a sync step 2 is one, since whoever reads it takes the document for complete.
 */
export function* sliceMessage(message: Uint8Array): Generator<Uint8Array, void> {
	const sync = message.length > SLICE_BYTES_MAX ? readLogs(message) : undefined;
	if (!sync) return yield message;
	const type = sync.type === messageYjsSyncStep2 ? messageYjsUpdate : sync.type;
	let before: ReadUpdate | undefined;
	for (const part of partsOf(sync.update, SLICE_BYTES_MAX)) {
		if (before) yield syncMessage(type, before);
		before = part;
	}
	if (before) yield syncMessage(sync.type, before);
}

interface SyncMessage {
	readonly type: number;
	readonly update: ReadUpdate;
}

/** Undefined if the message is not of the kind that grows. */
function readSync(message: Uint8Array): SyncMessage | undefined {
	const decoder = decoding.createDecoder(message);
	if (decoding.readVarUint(decoder) !== MESSAGE_SYNC) return undefined;
	const type = decoding.readVarUint(decoder);
	if (type === messageYjsSyncStep1) return undefined;
	return { type, update: readUpdate(decoding.readVarUint8Array(decoder)) };
}

/** Undefined for what Yjs reads and logs are not made of: it goes on as it is. */
function readLogs(message: Uint8Array): SyncMessage | undefined {
	try {
		const sync = readSync(message);
		const isLogs = ({ structs }: ClientStructs) =>
			structs.every(({ type }) => type === 'binary' || type === 'deleted');
		return sync?.update.clients.every(isLogs) ? sync : undefined;
	} catch (error) {
		if (error instanceof MalformedUpdate) return undefined;
		throw error;
	}
}

function syncMessage(type: number, update: ReadUpdate): Uint8Array {
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, MESSAGE_SYNC);
	encoding.writeVarUint(encoder, type);
	encoding.writeVarUint8Array(encoder, writeUpdate(update));
	return encoding.toUint8Array(encoder);
}

function* partsOf({ clients, deletes }: ReadUpdate, bytesMax: number): Generator<ReadUpdate, void> {
	let part: (ClientStructs & { readonly structs: Struct[] })[] = [];
	let bytes = 0;
	for (const { client, structs } of clients) {
		for (const entry of entriesOf(structs)) {
			const size = sizeOf(entry);
			if (bytes > 0 && (bytes + size > bytesMax || part.length >= FRAME_CLIENTS_MAX)) {
				yield { clients: part, deletes: [] };
				part = [];
				bytes = 0;
			}
			bytes += size;
			const last = part.at(-1);
			if (last?.client === client) last.structs.push(...entry);
			else part.push({ client, clock: entry[0]!.clock, structs: entry });
		}
	}
	yield { clients: part, deletes: [] };
	// Deletes go last: what they delete has arrived by then.
	for (const some of chunks(deletes, PART_DELETES_MAX)) yield { clients: [], deletes: some };
}

const chunks = <T>(all: readonly T[], size: number): T[][] =>
	Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));

const sizeOf = (structs: readonly Struct[]): number =>
	structs.reduce((sum, { bytes }) => sum + (bytes?.length ?? 0) + STRUCT_BYTES, 0);

/** Runs of structs that end on a whole entry: where the next clock is even. */
function* entriesOf(structs: readonly Struct[]): Generator<Struct[], void> {
	let run: Struct[] = [];
	for (const struct of structs) {
		run.push(struct);
		if ((struct.clock + struct.length) % 2 !== 0) continue;
		yield run;
		run = [];
	}
	if (run.length > 0) yield run;
}
