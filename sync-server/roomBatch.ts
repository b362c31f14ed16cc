import type { Channel } from './channel';
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

/** What one room does once its staged updates are on disk. It is filled until the commit takes it. */
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

	oweAck(channel: Channel, clients: Iterable<number>): void {
		const owed = this.acks.get(channel) ?? new Set();
		for (const client of clients) owed.add(client);
		if (owed.size > 0) this.acks.set(channel, owed);
	}
}
