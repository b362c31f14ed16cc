/**
 * Puts Yjs V1 updates that follow on one another into one, by copying their bytes: what a group commit made durable goes
 * out as one frame. Invariant: applied in order, what comes out says the same as what went in. Updates that hold what no
 * log has stay by themselves. Layout: updateReader.ts.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

/** Consecutive structs of one client, or deleted ranges of one client, as they stand in an update. */
interface Run {
	readonly client: number;
	/** Structs, or ranges. */
	count: number;
	readonly bytes: Uint8Array[];
}

interface StructRun extends Run {
	readonly clock: number;
	/** The clock behind the last struct. */
	end: number;
}

interface Sections {
	readonly structs: readonly Readonly<StructRun>[];
	readonly deletes: readonly Readonly<Run>[];
}

/** An update that was looked at once, to be put together with others any number of times. */
export interface Mergeable {
	readonly bytes: Uint8Array;
	/** Undefined if it holds what no log has. */
	readonly sections: Sections | undefined;
}

const HAS_ORIGIN = 0x80;
const HAS_RIGHT_ORIGIN = 0x40;
const HAS_MAP_KEY = 0x20;
const CONTENT = { deleted: 1, binary: 3 } as const;

export const mergeable = (bytes: Uint8Array): Mergeable => ({ bytes, sections: readSections(bytes) });

/** As few updates as say the same, in the same order; none is put together that would be larger than so many bytes. */
export function mergeUpdates(updates: readonly Mergeable[], bytesMax = Infinity): Uint8Array[] {
	if (updates.length < 2) return updates.map(({ bytes }) => bytes);
	const merged: Uint8Array[] = [];
	let merge = new Merge();
	const finish = () => {
		if (!merge.isEmpty) merged.push(merge.bytes());
		merge = new Merge();
	};
	for (const { bytes, sections } of updates) {
		if (!sections || merge.size + bytes.length > bytesMax || !merge.takes(sections)) finish();
		if (sections) merge.add(sections, bytes.length);
		else merged.push(bytes);
	}
	finish();
	return merged;
}

class Merge {
	readonly #structs = new Map<number, StructRun>();
	readonly #deletes = new Map<number, Run>();

	/** Bytes of what was put together, and hardly more than come out. */
	size = 0;

	get isEmpty(): boolean {
		return this.#structs.size === 0 && this.#deletes.size === 0;
	}

	takes({ structs }: Sections): boolean {
		return structs.every(({ client, clock }) => (this.#structs.get(client)?.end ?? clock) === clock);
	}

	add({ structs, deletes }: Sections, bytes: number): void {
		this.size += bytes;
		for (const run of structs) {
			const before = this.#structs.get(run.client);
			if (before) before.end = run.end;
			join(this.#structs, run);
		}
		for (const run of deletes) join(this.#deletes, run);
	}

	bytes(): Uint8Array {
		const encoder = encoding.createEncoder();
		encoding.writeVarUint(encoder, this.#structs.size);
		for (const { client, clock, count, bytes } of this.#structs.values()) {
			encoding.writeVarUint(encoder, count);
			encoding.writeVarUint(encoder, client);
			encoding.writeVarUint(encoder, clock);
			for (const each of bytes) encoding.writeUint8Array(encoder, each);
		}
		encoding.writeVarUint(encoder, this.#deletes.size);
		for (const { client, count, bytes } of this.#deletes.values()) {
			encoding.writeVarUint(encoder, client);
			encoding.writeVarUint(encoder, count);
			for (const each of bytes) encoding.writeUint8Array(encoder, each);
		}
		return encoding.toUint8Array(encoder);
	}
}

function join<T extends Run>(runs: Map<number, T>, run: Readonly<T>): void {
	const before = runs.get(run.client);
	if (!before) return void runs.set(run.client, { ...run, bytes: [...run.bytes] });
	before.count += run.count;
	before.bytes.push(...run.bytes);
}

/** Undefined if it holds what no log has. The runs are views. */
function readSections(update: Uint8Array): Sections | undefined {
	const decoder = decoding.createDecoder(update);
	try {
		const structs: StructRun[] = [];
		for (let left = decoding.readVarUint(decoder); left > 0; left--) structs.push(readStructs(decoder));
		const deletes: Run[] = [];
		for (let left = decoding.readVarUint(decoder); left > 0; left--) deletes.push(readDeletes(decoder));
		return decoding.hasContent(decoder) ? undefined : { structs, deletes };
	} catch {
		// It goes as it is.
		return undefined;
	}
}

function readStructs(decoder: decoding.Decoder): StructRun {
	const count = decoding.readVarUint(decoder);
	const client = decoding.readVarUint(decoder);
	const clock = decoding.readVarUint(decoder);
	const from = decoder.pos;
	let end = clock;
	for (let i = 0; i < count; i++) end += skipStruct(decoder);
	return { client, clock, end, count, bytes: [decoder.arr.subarray(from, decoder.pos)] };
}

/** Returns its length. Throws if it is none of a log. */
function skipStruct(decoder: decoding.Decoder): number {
	const info = decoding.readUint8(decoder);
	if (info & HAS_ORIGIN) skipId(decoder);
	if (info & HAS_RIGHT_ORIGIN) skipId(decoder);
	if (!(info & (HAS_ORIGIN | HAS_RIGHT_ORIGIN))) {
		if (decoding.readVarUint(decoder) !== 1 || info & HAS_MAP_KEY) throw new Error('not in a root array');
		skipBytes(decoder);
	}
	const content = info & 0x1f;
	if (content === CONTENT.deleted) return decoding.readVarUint(decoder);
	if (content !== CONTENT.binary) throw new Error('content of another kind');
	skipBytes(decoder);
	return 1;
}

function readDeletes(decoder: decoding.Decoder): Run {
	const client = decoding.readVarUint(decoder);
	const count = decoding.readVarUint(decoder);
	const from = decoder.pos;
	for (let i = 0; i < count; i++) skipId(decoder);
	return { client, count, bytes: [decoder.arr.subarray(from, decoder.pos)] };
}

/** Two numbers. */
function skipId(decoder: decoding.Decoder): void {
	decoding.readVarUint(decoder);
	decoding.readVarUint(decoder);
}

function skipBytes(decoder: decoding.Decoder): void {
	const length = decoding.readVarUint(decoder);
	decoder.pos += length;
	if (decoder.pos > decoder.arr.length) throw new Error('cut short');
}
