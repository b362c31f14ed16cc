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
const UTF8 = new TextDecoder('utf-8', { fatal: true });

const HAS_ORIGIN = 0x80;
const HAS_RIGHT_ORIGIN = 0x40;
const HAS_MAP_KEY = 0x20;
const CONTENT = { gc: 0, deleted: 1, binary: 3, skip: 10 } as const;

export interface ReadLimits {
	/** Structs, sections of clients included, and deleted ranges: so many of each. */
	readonly structsMax: number;
}

/** Throws a {@link MalformedUpdate} on anything that is not a V1 update of binary and deleted items alone. */
export function readUpdate(bytes: Uint8Array, limits?: ReadLimits): ReadUpdate {
	const { clients, deletes, fault } = readSoundPart(bytes, limits);
	if (fault) throw fault;
	return { clients, deletes };
}

/** An update up to its first fault; `fault` is undefined if it has none. */
export function readSoundPart(
	bytes: Uint8Array,
	{ structsMax }: ReadLimits = { structsMax: Infinity }
): ReadUpdate & { readonly fault: MalformedUpdate | undefined } {
	const decoder = decoding.createDecoder(bytes);
	const clients: ClientStructs[] = [];
	const deletes: DeletedRange[] = [];
	let fault: MalformedUpdate | undefined;
	try {
		readClients(decoder, clients, structsMax);
		readDeletes(decoder, deletes, structsMax);
		if (decoding.hasContent(decoder)) throw new MalformedUpdate('bytes behind the update');
	} catch (error) {
		// lib0 throws plain errors where the bytes end early.
		fault = error instanceof MalformedUpdate ? error : new MalformedUpdate('cut short', { cause: error });
	}
	return { clients, deletes, fault };
}

function readClients(decoder: decoding.Decoder, clients: ClientStructs[], structsMax: number): void {
	let left = structsMax;
	for (let sections = readCount(decoder); sections > 0; sections--) {
		const count = readCount(decoder);
		left -= 1 + count;
		if (left < 0) throw new MalformedUpdate('too many structs');
		const client = readUint(decoder, CLIENT_MAX);
		const clock = readUint(decoder, CLOCK_MAX);
		const structs: Struct[] = [];
		clients.push({ client, clock, structs });
		let next = clock;
		for (let i = 0; i < count; i++) {
			const struct = readStruct(decoder, next);
			next += struct.length;
			if (next > CLOCK_MAX) throw new MalformedUpdate('clock out of range');
			structs.push(struct);
		}
	}
}

function readDeletes(decoder: decoding.Decoder, deletes: DeletedRange[], rangesMax: number): void {
	for (let clients = readCount(decoder); clients > 0; clients--) {
		const client = readUint(decoder, CLIENT_MAX);
		const count = readCount(decoder);
		if (deletes.length + count > rangesMax) throw new MalformedUpdate('too many deletes');
		for (let i = 0; i < count; i++) {
			const clock = readUint(decoder, CLOCK_MAX);
			deletes.push({ client, clock, length: readLength(decoder) });
		}
	}
}

/** Each struct is one literal: spreads cost a frame of many small structs a hundred times as much. */
function readStruct(decoder: decoding.Decoder, clock: number): Struct {
	const info = decoding.readUint8(decoder);
	const content = info & 0x1f;
	let origin: StructId | undefined;
	let rightOrigin: StructId | undefined;
	let root: string | undefined;
	let mapKey: string | undefined;
	let bytes: Uint8Array | undefined;
	let length = 1;
	if (content === CONTENT.gc || content === CONTENT.skip) {
		const type = content === CONTENT.gc ? 'gc' : 'skip';
		length = readLength(decoder);
		return { type, clock, length, origin, rightOrigin, root, mapKey, bytes };
	}
	if (info & HAS_ORIGIN) origin = readId(decoder);
	if (info & HAS_RIGHT_ORIGIN) rightOrigin = readId(decoder);
	if (!origin && !rightOrigin) {
		root = readRoot(decoder);
		if (info & HAS_MAP_KEY) mapKey = readName(decoder);
	}
	if (content === CONTENT.deleted) length = readLength(decoder);
	else if (content === CONTENT.binary) bytes = decoding.readVarUint8Array(decoder);
	else throw new MalformedUpdate(`content type ${content}`);
	const type = bytes ? 'binary' : 'deleted';
	return { type, clock, length, origin, rightOrigin, root, mapKey, bytes };
}

/** The name of a root type; undefined if the parent is an item. */
function readRoot(decoder: decoding.Decoder): string | undefined {
	if (decoding.readVarUint(decoder) === 1) return readName(decoder);
	readId(decoder);
	return undefined;
}

const readId = (decoder: decoding.Decoder): StructId => ({
	client: readUint(decoder, CLIENT_MAX),
	clock: readUint(decoder, CLOCK_MAX)
});

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
	return UTF8.decode(bytes);
}
