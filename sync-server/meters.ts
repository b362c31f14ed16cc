/**
 * What the relay counts, for whoever watches over it. A port: the host makes of it what it measures by. Calls are many
 * (one for each frame), so an implementation only adds up.
 */
import type { SyncMessage } from './syncMessages';
import type { Budget } from './userBudgets';

/** Things that happen, each counted by itself. */
export type RelayCount =
	/** Bytes and messages that came in on sockets. */
	| 'bytesIn'
	| 'framesIn'
	/** Bytes and messages that went out on sockets. */
	| 'bytesOut'
	| 'framesOut'
	/** Commits, the updates in them, and commits that failed. */
	| 'commits'
	| 'updates'
	| 'commitsFailed'
	/** Frames that were dropped and asked for again, since they tell of what follows something that is not here. */
	| 'gaps'
	/** Channels that were brought up to date from the document, since they were too slow for every update. */
	| 'resyncs'
	/** Rooms that were rewritten on disk as one update. */
	| 'compactions'
	/** Rooms that left memory. */
	| 'evictions'
	/** Stored updates that cannot be read and were put aside. */
	| 'quarantined'
	/** Connections that broke, or on which came what is no WebSocket's. */
	| 'socketErrors'
	/** Words on links of what has changed. */
	| 'pokes';

/** A message of a channel that its room has handled: judged, and applied or answered or refused. */
export interface HandledFrame {
	readonly kind: SyncMessage['type'] | 'none';
	readonly bytes: number;
	readonly seconds: number;
}

export interface RelayMeters {
	count(what: RelayCount, by?: number): void;
	/** A socket or channel was closed with the code. The reasons are few: numbers in them may differ. */
	refused(code: number, reason: string): void;
	/** A socket is not read for now, because its user has spent a budget. */
	paused(budget: Budget): void;
	/** The store took so many seconds for a commit. */
	commitTook(seconds: number): void;
	frameTook(frame: HandledFrame): void;
}

export const noMeters: RelayMeters = {
	count: () => {},
	refused: () => {},
	paused: () => {},
	commitTook: () => {},
	frameTook: () => {}
};
