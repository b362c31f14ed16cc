/**
 * Reads a Yjs V1 update without Yjs: no count is trusted, nothing is allocated that the bytes do not hold, and only
 * what Skein's logs are made of is understood. Layout: yjs/src/utils/encoding.js and structs/Item.js (13.6).
 * update  = clients: varuint, clients × (structs: varuint, client: varuint, clock: varuint, structs × struct), deletes
 * struct  = info: uint8, …     deletes = clients: varuint, clients × (client, count, count × (clock, length))
 */
import * as decoding from 'lib0/decoding';

interface StructId {
	readonly client: number;
	readonly clock: number;
}

/** `gc` and `skip` are legal in Yjs, and never new content of a log. */
export interface Struct {
	readonly type: 'binary' | 'deleted' | 'gc' | 'skip';
	readonly clock: number;
	readonly length: number;
	readonly origin: StructId | undefined;
	readonly rightOrigin: StructId | undefined;
	/** Root type's name; there is none when an origin tells the parent, or when the parent is an item. */
	readonly root: string | undefined;
	/** Key of a map: no log has one. */
	readonly mapKey: string | undefined;
	readonly bytes: Uint8Array | undefined;
}

export interface ClientStructs {
	readonly client: number;
	readonly clock: number;
	readonly structs: readonly Struct[];
}

export interface DeletedRange extends StructId {
	readonly length: number;
}

export interface ReadUpdate {
	readonly clients: readonly ClientStructs[];
	readonly deletes: readonly DeletedRange[];
}

export class MalformedUpdate extends Error {}

/** Yjs client ids are unsigned 32-bit integers. */
const CLIENT_MAX = 2 ** 32 - 1;
/** Far beyond any document, and far below where sums of them would lose precision. */
const CLOCK_MAX = 2 ** 31 - 1;
const NAME_BYTES_MAX = 128;

const HAS_ORIGIN = 0x80;
const HAS_RIGHT_ORIGIN = 0x40;
const HAS_MAP_KEY = 0x20;
const CONTENT = { gc: 0, deleted: 1, binary: 3, skip: 10 } as const;

/** Throws a {@link MalformedUpdate} on anything that is not a V1 update of binary and deleted items alone. */
export function readUpdate(bytes: Uint8Array): ReadUpdate {
	const decoder = decoding.createDecoder(bytes);
	try {
		const clients = readMany(decoder, () => readClient(decoder));
		const deletes = readMany(decoder, () => readDeletes(decoder)).flat();
		if (decoding.hasContent(decoder)) throw new MalformedUpdate('bytes behind the update');
		return { clients, deletes };
	} catch (error) {
		if (error instanceof MalformedUpdate) throw error;
		// lib0 throws plain errors where the bytes end early.
		throw new MalformedUpdate('cut short', { cause: error });
	}
}

function readClient(decoder: decoding.Decoder): ClientStructs {
	const count = readCount(decoder);
	const client = readUint(decoder, CLIENT_MAX);
	const clock = readUint(decoder, CLOCK_MAX);
	const structs: Struct[] = [];
	let next = clock;
	for (let i = 0; i < count; i++) {
		const struct = readStruct(decoder, next);
		next += struct.length;
		if (next > CLOCK_MAX) throw new MalformedUpdate('clock out of range');
		structs.push(struct);
	}
	return { client, clock, structs };
}

function readStruct(decoder: decoding.Decoder, clock: number): Struct {
	const info = decoding.readUint8(decoder);
	const content = info & 0x1f;
	if (content === CONTENT.gc || content === CONTENT.skip) {
		const type = content === CONTENT.gc ? 'gc' : 'skip';
		return { ...NO_PARENT, type, clock, length: readLength(decoder), bytes: undefined };
	}
	const origin = info & HAS_ORIGIN ? readId(decoder) : undefined;
	const rightOrigin = info & HAS_RIGHT_ORIGIN ? readId(decoder) : undefined;
	const parent = origin || rightOrigin ? undefined : readParent(decoder, (info & HAS_MAP_KEY) !== 0);
	const item = { ...NO_PARENT, ...parent, clock, origin, rightOrigin };
	if (content === CONTENT.deleted) {
		return { ...item, type: 'deleted', length: readLength(decoder), bytes: undefined };
	}
	if (content !== CONTENT.binary) throw new MalformedUpdate(`content type ${content}`);
	return { ...item, type: 'binary', length: 1, bytes: decoding.readVarUint8Array(decoder) };
}

const NO_PARENT = { origin: undefined, rightOrigin: undefined, root: undefined, mapKey: undefined };

function readParent(decoder: decoding.Decoder, hasMapKey: boolean) {
	const isRoot = decoding.readVarUint(decoder) === 1;
	const root = isRoot ? readName(decoder) : undefined;
	if (!isRoot) readId(decoder);
	return { root, mapKey: hasMapKey ? readName(decoder) : undefined };
}

function readDeletes(decoder: decoding.Decoder): DeletedRange[] {
	const client = readUint(decoder, CLIENT_MAX);
	return readMany(decoder, () => ({
		client,
		clock: readUint(decoder, CLOCK_MAX),
		length: readLength(decoder)
	}));
}

const readId = (decoder: decoding.Decoder): StructId => ({
	client: readUint(decoder, CLIENT_MAX),
	clock: readUint(decoder, CLOCK_MAX)
});

function readMany<T>(decoder: decoding.Decoder, read: () => T): T[] {
	const count = readCount(decoder);
	const all: T[] = [];
	for (let i = 0; i < count; i++) all.push(read());
	return all;
}

/** A number of things of which each takes two bytes at least. */
function readCount(decoder: decoding.Decoder): number {
	const count = decoding.readVarUint(decoder);
	if (!(count * 2 <= decoder.arr.length - decoder.pos)) throw new MalformedUpdate('count beyond the bytes');
	return count;
}

function readLength(decoder: decoding.Decoder): number {
	const length = readUint(decoder, CLOCK_MAX);
	if (length === 0) throw new MalformedUpdate('nothing of length 0 exists');
	return length;
}

function readUint(decoder: decoding.Decoder, max: number): number {
	const value = decoding.readVarUint(decoder);
	if (!(value <= max)) throw new MalformedUpdate('number out of range');
	return value;
}

function readName(decoder: decoding.Decoder): string {
	const bytes = decoding.readVarUint8Array(decoder);
	if (bytes.length > NAME_BYTES_MAX) throw new MalformedUpdate('name too long');
	return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}
