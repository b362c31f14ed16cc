/**
 * Judges what a member wants to write, before any of it counts. Invariants: one client id belongs to one
 * user and writes in one root; a log only grows at its end, by whole entries; nobody deletes in another's log. What an
 * honest device may carry of others (a sync step 2 holds all it knows) is left out, not punished.
 */
import { decodeHeader, isHeader } from '../src/lib/domain/entryCodec';
import { logName, parseLogName } from '../src/lib/domain/entry';
import {
	BODY_BYTES_MAX,
	CLOCK_AHEAD_MAX_MS,
	FRAME_CLIENTS_MAX,
	FRAME_STRUCTS_MAX,
	HEADER_BYTES_MAX,
	LOG_ITEMS_MAX
} from '../src/lib/domain/limits';
import { CLOSE } from '../src/lib/protocol/closeCodes';
import { DeletesJudgement } from './guardDeletes';
import { gap, Gap, refuse, Refusal, type FrameOrigin, type RoomView, type Verdict } from './verdict';
import {
	MalformedUpdate,
	readUpdate,
	type ClientStructs,
	type Struct
} from '../src/lib/protocol/updateReader';
import { writeUpdate } from '../src/lib/protocol/updateWriter';
import type { UserId } from '../src/lib/domain/ids';

export function judge(bytes: Uint8Array, from: FrameOrigin, room: RoomView): Verdict {
	try {
		return new Judgement(from, room).of(bytes);
	} catch (error) {
		if (error instanceof Gap) return { type: 'gap' };
		if (error instanceof Refusal) return { type: 'refuse', code: error.code, reason: error.message };
		if (error instanceof MalformedUpdate)
			return { type: 'refuse', code: CLOSE.badFrame, reason: error.message };
		throw error;
	}
}

class Judgement {
	readonly #kind: FrameOrigin['kind'];
	readonly #caller: UserId;
	readonly #nowMs: number;
	readonly #writesSince: number;
	readonly #room: RoomView;
	/** What the caller's logs grow by in this frame. */
	readonly #grown = new Map<number, readonly Struct[]>();
	/** The time that each new body's header says, in milliseconds. */
	readonly #times = new Map<Struct, number>();
	/** Entries that it brings with their headers. */
	#entries = 0;

	constructor({ kind, caller, nowMs, writesSince }: FrameOrigin, room: RoomView) {
		this.#kind = kind;
		this.#caller = caller;
		this.#nowMs = nowMs;
		this.#writesSince = writesSince;
		this.#room = room;
	}

	of(bytes: Uint8Array): Verdict {
		const update = readUpdate(bytes, { structsMax: FRAME_STRUCTS_MAX });
		const named = new Set(update.clients.map(({ client }) => client));
		if (named.size < update.clients.length) refuse(CLOSE.badFrame, 'a client stands twice');
		for (const section of update.clients) this.#checkOwner(section);
		const clients = update.clients.flatMap((section) => this.#freshPart(section));
		if (clients.length > FRAME_CLIENTS_MAX)
			refuse(CLOSE.tooLarge, `over ${FRAME_CLIENTS_MAX} clients in a frame`);
		const judgement = new DeletesJudgement({
			kind: this.#kind,
			caller: this.#caller,
			room: this.#room,
			grown: this.#grown
		});
		const deletes = judgement.fresh(update.deletes);
		const isLive = (body: Struct) => !judgement.erases(body);
		this.#checkTimes(isLive);
		const read = { clients, deletes };
		const fresh = clients.length + deletes.length > 0 ? { read, bytes: writeUpdate(read) } : undefined;
		const makesRoom = deletes.length > 0 || ![...this.#times.keys()].some(isLive);
		const grown = [...this.#grown.keys()];
		const own = [...named].filter((client) => this.#mayOwn(client));
		return { type: 'pass', fresh, named: own, grown, entries: this.#entries, makesRoom };
	}

	/** What the caller wrote in a log that another has begun here is not to be had for known. */
	#checkOwner({ client, clock, structs }: ClientStructs): void {
		const isOwn = clock === 0 && structs[0]?.root === logName(this.#caller, client);
		if (isOwn && !this.#mayOwn(client)) refuse(CLOSE.logTaken, "another user's log");
	}

	#mayOwn(client: number): boolean {
		return (this.#room.owner(client) ?? this.#caller) === this.#caller;
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
		if (fresh.length > 0) this.#grown.set(client, fresh);
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
		if (endOf(fresh) > LOG_ITEMS_MAX) refuse(CLOSE.tooLarge, `over ${LOG_ITEMS_MAX} items in a log`);
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
		if (bytes && clock % 2 === 0) {
			checkHeader(bytes, clock / 2);
			this.#entries += 1;
		} else if (bytes) this.#checkBody(struct, bytes, previous);
	}

	#checkBody(body: Struct, bytes: Uint8Array, header: Struct | undefined): void {
		if (bytes.length === 0 || isHeader(bytes)) refuse(CLOSE.badFrame, 'not a body');
		if (bytes.length > BODY_BYTES_MAX) refuse(CLOSE.tooLarge, 'a body is too large');
		const stamp = header?.bytes && decodeHeader(header.bytes)?.stamp;
		if (stamp) this.#times.set(body, stamp.ms);
		else refuse(CLOSE.badFrame, 'a body without its header');
	}

	/** A header whose body is erased may say any time: it moves no clock. */
	#checkTimes(isLive: (body: Struct) => boolean): void {
		const latestMs = Math.max(this.#nowMs + CLOCK_AHEAD_MAX_MS, this.#room.latestMs);
		for (const [body, ms] of this.#times) {
			if (ms > latestMs && isLive(body)) refuse(CLOSE.clock, String(Math.round(this.#nowMs)));
			if (ms < this.#writesSince && isLive(body))
				refuse(CLOSE.forbidden, 'written before its author was removed');
		}
	}
}

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
	if (bytes.length > HEADER_BYTES_MAX) refuse(CLOSE.tooLarge, 'a header is too large');
	if (decodeHeader(bytes)?.s !== s) refuse(CLOSE.badFrame, 'not the header of this entry');
}
