/**
 * Judges what a member wants to write, before any Yjs code sees a byte of it. Invariants: one client id belongs to one
 * user and writes in one root; a log only grows at its end, by whole entries; nobody deletes in another's log. What an
 * honest device may carry of others (a sync step 2 holds all it knows) is left out, not punished.
 */
import { decodeHeader, isHeader } from '../src/lib/domain/entryCodec';
import { logName, parseLogName } from '../src/lib/domain/entry';
import { BODY_BYTES_MAX, FRAME_CLIENTS_MAX } from '../src/lib/domain/limits';
import { laterStamp, ZERO_STAMP, type Stamp } from '../src/lib/domain/stamp';
import { CLOSE } from '../src/lib/protocol/closeCodes';
import {
	MalformedUpdate,
	readUpdate,
	type ClientStructs,
	type DeletedRange,
	type Struct
} from '../src/lib/protocol/updateReader';
import { writeUpdate } from '../src/lib/protocol/updateWriter';
import type { UserId } from '../src/lib/domain/ids';

/** What the guard asks of a room. */
export interface RoomView {
	/** How many items of the client's log the relay has. */
	state(client: number): number;
	/** Whose log the client id is; undefined if the relay has none of it. */
	owner(client: number): UserId | undefined;
	/** True if all of the range is deleted already. */
	isDeleted(range: DeletedRange): boolean;
}

/** `step2` answers the relay's sync step 1 with all that it lacks; `update` is a live change. */
export type FrameKind = 'step2' | 'update';

export type Verdict =
	| { readonly type: 'refuse'; readonly code: number; readonly reason: string }
	/** It starts past what the relay has, or deletes what it lacks: not to be applied, to be asked for. */
	| { readonly type: 'gap' }
	| {
			readonly type: 'pass';
			/** An update of only what is new and the caller's own; undefined if there is none. */
			readonly fresh: Uint8Array | undefined;
			/** Clients whose structs the frame held, known or new. */
			readonly named: readonly number[];
			/** The caller's own clients that grow by it. */
			readonly grown: readonly number[];
			/** The latest stamp of an entry in it with a body. */
			readonly stamp: Stamp;
	  };


class Refusal extends Error {
	constructor(
		readonly code: number,
		reason: string
	) {
		super(reason);
	}
}
class Gap extends Error {}

const refuse = (code: number, reason: string): never => {
	throw new Refusal(code, reason);
};

export function judge(bytes: Uint8Array, kind: FrameKind, caller: UserId, room: RoomView): Verdict {
	try {
		return new Judgement(kind, caller, room).of(bytes);
	} catch (error) {
		if (error instanceof Gap) return { type: 'gap' };
		if (error instanceof Refusal) return { type: 'refuse', code: error.code, reason: error.message };
		if (error instanceof MalformedUpdate)
			return { type: 'refuse', code: CLOSE.badFrame, reason: error.message };
		throw error;
	}
}

class Judgement {
	readonly #kind: FrameKind;
	readonly #caller: UserId;
	readonly #room: RoomView;
	/** Ends of the caller's logs that grow by this frame. */
	readonly #ends = new Map<number, number>();
	#stamp = ZERO_STAMP;

	constructor(kind: FrameKind, caller: UserId, room: RoomView) {
		this.#kind = kind;
		this.#caller = caller;
		this.#room = room;
	}

	of(bytes: Uint8Array): Verdict {
		const update = readUpdate(bytes);
		const named = new Set(update.clients.map(({ client }) => client));
		if (named.size < update.clients.length) refuse(CLOSE.badFrame, 'a client stands twice');
		if (named.size > FRAME_CLIENTS_MAX) refuse(CLOSE.tooLarge, `over ${FRAME_CLIENTS_MAX} clients in a frame`);
		const clients = update.clients.flatMap((section) => this.#freshPart(section));
		const deletes = update.deletes.flatMap((range) => this.#ownPart(range));
		const fresh = clients.length + deletes.length > 0 ? writeUpdate({ clients, deletes }) : undefined;
		return { type: 'pass', fresh, named: [...named], grown: [...this.#ends.keys()], stamp: this.#stamp };
	}

	/** What is new of the caller's own; empty if it is to be left out. */
	#freshPart(section: ClientStructs): ClientStructs[] {
		const { client, clock, structs } = section;
		const last = structs.at(-1);
		const state = this.#room.state(client);
		if (!last || last.clock + last.length <= state) return [];
		const owner = this.#room.owner(client) ?? ownerByRoot(section);
		if (owner !== undefined && owner !== this.#caller)
			return this.#leaveOut(() => refuse(CLOSE.forbidden, "another user's log"));
		if (owner === undefined || clock > state) return this.#leaveOut(gap);
		const fresh = this.#checked(client, structs, state);
		if (fresh.length > 0) this.#ends.set(client, endOf(fresh));
		return fresh.length > 0 ? [{ client, clock: state, structs: fresh }] : [];
	}

	/** A step 2 may hold what is not the caller's to bring; a live update may not. */
	#leaveOut(otherwise: () => never): [] {
		return this.#kind === 'step2' ? [] : otherwise();
	}

	#checked(client: number, structs: readonly Struct[], state: number): Struct[] {
		const fresh: Struct[] = [];
		for (const struct of structs) {
			if (struct.clock + struct.length <= state) continue;
			if (struct.type === 'skip') {
				// A tab may know the later part of another tab's log before the earlier one: the earlier counts.
				this.#leaveOut(gap);
				break;
			}
			fresh.push(struct.clock < state ? behind(client, struct, state) : struct);
		}
		fresh.forEach((struct, i) => this.#check(client, struct, fresh[i - 1]));
		if (fresh.length > 0 && endOf(fresh) % 2 !== 0) refuse(CLOSE.badFrame, 'half an entry');
		return fresh;
	}

	#check(client: number, struct: Struct, previous: Struct | undefined): void {
		const { type, clock, origin, rightOrigin, root, mapKey, bytes } = struct;
		if (type === 'gc') refuse(CLOSE.badFrame, 'a GC struct');
		if (mapKey !== undefined) refuse(CLOSE.badFrame, 'a log has no keys');
		if (rightOrigin) refuse(CLOSE.forbidden, 'not at the end of the log');
		if (clock === 0) {
			if (root !== logName(this.#caller, client)) refuse(CLOSE.forbidden, 'not the root of this log');
		} else if (origin?.client !== client || origin.clock !== clock - 1) {
			refuse(CLOSE.forbidden, 'not at the end of the log');
		}
		if (bytes && clock % 2 === 0) checkHeader(bytes, clock / 2);
		else if (bytes) this.#checkBody(bytes, previous);
	}

	#checkBody(bytes: Uint8Array, header: Struct | undefined): void {
		if (bytes.length === 0 || isHeader(bytes)) refuse(CLOSE.badFrame, 'not a body');
		if (bytes.length > BODY_BYTES_MAX) refuse(CLOSE.tooLarge, 'a body is too large');
		const stamp = header?.bytes && decodeHeader(header.bytes)?.stamp;
		if (stamp) this.#stamp = laterStamp(this.#stamp, stamp);
	}

	/** The deletes that the caller may make; empty if they are to be left out. */
	#ownPart(range: DeletedRange): DeletedRange[] {
		const grown = this.#ends.get(range.client);
		const owner = grown === undefined ? this.#room.owner(range.client) : this.#caller;
		if (owner === undefined) return this.#leaveOut(gap);
		if (owner !== this.#caller) {
			if (this.#room.isDeleted(range)) return [];
			return this.#leaveOut(() => refuse(CLOSE.forbidden, "a delete in another user's log"));
		}
		const state = grown ?? this.#room.state(range.client);
		if (range.clock + range.length <= state) return [range];
		this.#leaveOut(gap);
		return range.clock < state ? [{ ...range, length: state - range.clock }] : [];
	}
}

const gap = (): never => {
	throw new Gap();
};

const endOf = (structs: readonly Struct[]): number => {
	const last = structs.at(-1);
	return last ? last.clock + last.length : 0;
};

/** Whose log a client unknown to the relay begins; undefined if its beginning is not here. */
function ownerByRoot({ client, clock, structs }: ClientStructs): UserId | undefined {
	const first = structs[0];
	if (clock > 0 || !first || first.type === 'skip') return undefined;
	if (first.type === 'gc') return refuse(CLOSE.badFrame, 'a GC struct');
	const log = first.root === undefined ? undefined : parseLogName(first.root);
	if (log?.client !== client) return refuse(CLOSE.forbidden, 'not the root of this log');
	return log.author;
}

/** The part of a run of erased items that starts at `state`. */
function behind(client: number, struct: Struct, state: number): Struct {
	const length = struct.clock + struct.length - state;
	return { ...struct, clock: state, length, origin: { client, clock: state - 1 }, root: undefined };
}

function checkHeader(bytes: Uint8Array, s: number): void {
	if (decodeHeader(bytes)?.s !== s) refuse(CLOSE.badFrame, 'not the header of this entry');
}
