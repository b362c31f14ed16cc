import { mergeable, mergeUpdates, type Mergeable } from '../src/lib/protocol/updateMerge';
import type { Channel } from './channel';
import type { Erased } from './roomTally';
import type { Piece } from './arrears';
import type { StoredUpdate } from './roomStore';
import type { UserId } from '../src/lib/domain/ids';

/** Why something is not on disk and never will be. */
export interface Failure {
	readonly error: unknown;
	/** Other rooms could be stored. */
	readonly isOfRoom?: boolean;
	/** It stood beside what somebody else may no longer write: the same may be tried again. */
	readonly isOfAnother?: boolean;
}

/** Who wrote something: a channel, or the server for a user. */
export type Writer = Channel | UserId;

interface Written extends Mergeable {
	readonly from: Writer;
}

/** Updates are put together up to here: a larger frame saves nothing, and keeps others waiting. */
const TOGETHER_BYTES_MAX = 64_000;

/**
 * What one room does once its staged updates are on disk. It is filled until the commit takes it: then its updates are
 * put together, and go to disk and out as that, since a row in the store and a frame cost the same for one as for many.
 */
export class RoomBatch {
	readonly updates: { readonly stored: StoredUpdate; readonly from: Writer }[] = [];
	/** How long each log that grows is after this batch. */
	readonly clocks = new Map<number, number>();
	/** Pieces of what channels are owed, which tell of nothing later than this batch. */
	readonly pieces: { readonly channel: Channel; readonly piece: Piece }[] = [];
	/** Channels that are owed the whole durable vector. */
	readonly welcomed = new Set<Channel>();
	/** Clients whose durable clocks a channel is owed, because a frame of its named them. */
	readonly acks = new Map<Channel, Set<number>>();
	/** Called once it is on disk, or with the failure. */
	readonly waiting: ((failure: Failure | undefined) => void)[] = [];

	#written: readonly Written[] | undefined;
	#together: readonly Uint8Array[] | undefined;

	/** What there is of it, with who wrote it. */
	get written(): readonly Written[] {
		return (this.#written ??= this.updates.map(({ stored: { update }, from }) => ({
			from,
			// One alone goes as it is.
			...(this.updates.length > 1 ? mergeable(update) : { bytes: update, sections: undefined })
		})));
	}

	/** All of it, put together. */
	get together(): readonly Uint8Array[] {
		return (this.#together ??= mergeUpdates(this.written, TOGETHER_BYTES_MAX));
	}

	/** About what the room grows by. */
	get bytes(): number {
		return this.together.reduce((sum, { length }) => sum + length, 0);
	}

	/** It without what this channel wrote. */
	without(channel: Channel): readonly Uint8Array[] {
		return mergeUpdates(
			this.written.filter(({ from }) => from !== channel),
			TOGETHER_BYTES_MAX
		);
	}

	/** As it goes to disk; what is told with an update is told with the last one. */
	get stored(): readonly StoredUpdate[] {
		const all = this.updates.map(({ stored }) => stored);
		const last = all.at(-1);
		if (!last || all.length === 1) return all;
		const keys = all.flatMap((each) => each.keys ?? []);
		const shares = all.flatMap((each) => each.shares ?? []);
		const told = { keys, shares, erased: this.erased };
		const { room } = last;
		return this.together.map((update, i, { length }) => ({
			room,
			update,
			...(i === length - 1 ? told : {})
		}));
	}

	/** What all of it erases together. */
	get erased(): Erased {
		const kinds = new Set(this.updates.map(({ stored }) => stored.erased));
		return kinds.has('bodies') ? 'bodies' : kinds.has('entries') ? 'entries' : 'nothing';
	}

	/** Who wrote it, or what erases in it. */
	users(which: 'all' | 'erase' = 'all'): Set<UserId> {
		const some = this.updates.filter(
			({ stored: { erased = 'nothing' } }) => which === 'all' || erased !== 'nothing'
		);
		return new Set(some.map(({ from }) => (typeof from === 'string' ? from : from.userId)));
	}

	/** Who wrote some of it on a socket: what the server writes for somebody has limits of its own. */
	get speakers(): Set<UserId> {
		return new Set(this.updates.flatMap(({ from }) => (typeof from === 'string' ? [] : from.userId)));
	}

	oweAck(channel: Channel, clients: Iterable<number>): void {
		const owed = this.acks.get(channel) ?? new Set();
		for (const client of clients) owed.add(client);
		if (owed.size > 0) this.acks.set(channel, owed);
	}
}
