/** What the guard is asked, and what it answers. */
import type { DeletedRange, ReadUpdate } from '../src/lib/protocol/updateReader';
import type { UserId } from '../src/lib/domain/ids';

/** An item as it stands at the relay. */
export interface HeldItem {
	readonly clock: number;
	readonly length: number;
	/** Undefined once it is erased. */
	readonly bytes: Uint8Array | undefined;
}

/** What the guard asks of a room. */
export interface RoomView {
	/** How many items of the client's log the relay has. */
	state(client: number): number;
	/** Whose log the client id is; undefined if the relay has none of it. */
	owner(client: number): UserId | undefined;
	/** The items of the client's log that meet the range, in order. */
	items(range: DeletedRange): Iterable<HeldItem>;
	/** The latest time, in milliseconds, of an entry that came with a body. */
	readonly latestMs: number;
}

/** `step2` answers the relay's sync step 1 with all that it lacks; `update` is a live change. */
export type FrameKind = 'step2' | 'update';

/** An update that the guard has put together, as its parts and as bytes. */
export interface Fresh {
	readonly read: ReadUpdate;
	readonly bytes: Uint8Array;
}

export type Verdict =
	| { readonly type: 'refuse'; readonly code: number; readonly reason: string }
	/** It starts past what the relay has, or deletes what it lacks: not to be applied, to be asked for. */
	| { readonly type: 'gap' }
	| {
			readonly type: 'pass';
			/** Only what is new and the caller's own; undefined if there is none. */
			readonly fresh: Fresh | undefined;
			/** Clients whose structs the frame held, known or new, but for those of others. */
			readonly named: readonly number[];
			/** The caller's own clients that grow by it. */
			readonly grown: readonly number[];
			/** Entries that it brings with their headers. */
			readonly entries: number;
			/** It erases something, or brings nothing but headers whose bodies are erased. */
			readonly makesRoom: boolean;
	  };

/** Whose frame it is, and what time it is at the relay. */
export interface FrameOrigin {
	readonly kind: FrameKind;
	readonly caller: UserId;
	/** Milliseconds since 1970. */
	readonly nowMs: number;
	/** What the caller wrote before is not taken any more, in milliseconds since 1970; 0 if all of it is. */
	readonly writesSince: number;
}

/** Ends the judging of a frame: it is refused. */
export class Refusal extends Error {
	constructor(
		readonly code: number,
		reason: string
	) {
		super(reason);
	}
}

/** Ends the judging of a frame: it tells of what follows something that is not here. */
export class Gap extends Error {}

export const refuse = (code: number, reason: string): never => {
	throw new Refusal(code, reason);
};

export const gap = (): never => {
	throw new Gap();
};
