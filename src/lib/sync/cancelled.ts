/**
 * Messages that were cancelled on this device: if the relay turns out to have one after all, others have seen it, and it
 * is redacted (heedTaken). One row a message, so that two tabs never drop each other's. Invariant: it is on disk before
 * the message is erased.
 */
import { coversEntry, type VersionVector } from '../domain/versionVector';
import { formatEntryId, parseEntryId, type Entry, type EntryId } from '../domain/entry';
import { isConversationId, type ConversationId, type UserId } from '../domain/ids';
import type { LocalStore, Tabs } from './ports';
import type { SegmentSync } from './segmentSync';
import type { Writing } from '../conversation/messageWrites';

/** What was cancelled: the bodies that the person saw go, and when, in milliseconds since 1970 by this device. */
export interface CancelledRow {
	readonly bodies: readonly EntryId[];
	readonly at: number;
	/** A connection may have been given it: until the relay says so, whoever loses this leaves it standing there. */
	readonly mayHaveLeft?: boolean;
}

export const rowOf = (conversation: ConversationId, target: EntryId): string => `${conversation}/${target}`;

export const conversationOf = (row: string): string => row.slice(0, row.lastIndexOf('/'));

/** Settles once it is on this device's disk. */
export const noteCancelled = (
	local: LocalStore,
	conversation: ConversationId,
	target: EntryId,
	row: CancelledRow
): Promise<void> => local.put('cancelled', rowOf(conversation, target), row);

/** Conversations in which something was cancelled that the relay may have. */
export async function conversationsWithCancelled(local: LocalStore): Promise<ConversationId[]> {
	const rows = await local.keys('cancelled');
	return [...new Set(rows.map(conversationOf).filter(isConversationId))];
}

export interface CancelledOptions {
	readonly id: ConversationId;
	readonly self: UserId;
	readonly local: LocalStore;
	readonly tabs: Tabs;
	readonly now: () => number;
	/** Writes in a segment once it is loaded. */
	readonly inSegment: <T>(n: number, write: (where: WritingIn) => T | Promise<T>) => Promise<T>;
}

/** A segment, loaded, and how to write in it. */
export interface WritingIn {
	readonly to: Writing;
	readonly segment: SegmentSync;
}

/** One that a connection may have been given: by this tab, at the connection of that number, if there was one. */
export interface OnItsWay extends CancelledRow {
	readonly connection: number | undefined;
}

export function isIn(target: EntryId, relayHas: VersionVector): boolean {
	const ref = parseEntryId(target);
	return ref !== undefined && coversEntry(relayHas, ref.client, ref.s);
}

export function openCancelled(options: CancelledOptions) {
	const { id, local, now } = options;
	const onTheirWay = new Map<EntryId, OnItsWay>();

	return {
		/** Settles once it is on this device's disk. */
		async note(target: EntryId, bodies: readonly Entry[], mayHaveLeft: boolean): Promise<CancelledRow> {
			const row = { bodies: bodies.map(formatEntryId), at: now(), mayHaveLeft };
			await noteCancelled(local, id, target, row);
			return row;
		},
		/** It was not cancelled after all. */
		forget: (target: EntryId): Promise<void> => local.delete('cancelled', rowOf(id, target)),
		/** A connection may have been given it: its ack is waited for. */
		awaitAck(target: EntryId, row: CancelledRow, connection: number | undefined): void {
			onTheirWay.set(target, { ...row, connection });
			// It left as it was noted.
			if (!row.mayHaveLeft)
				void noteCancelled(local, id, target, { ...row, mayHaveLeft: true }).catch(() => undefined);
		},
		/** With each ack: what it covers of the cancelled was seen by others. */
		async noteAcks(segment: Pick<SegmentSync, 'n' | 'isSent'>): Promise<void> {
			const acked = [...onTheirWay].filter(([target]) => {
				const ref = parseEntryId(target);
				return ref?.segment === segment.n && segment.isSent(ref);
			});
			for (const [target] of acked) onTheirWay.delete(target);
			if (acked.length > 0) await (await import('./heedTaken')).heedAcked(segment.n, acked, options);
		},
		/** With the first vector of a connection, which says all that the relay has of a segment. */
		async settle(n: number, relayHas: VersionVector, connection: number | undefined): Promise<void> {
			const told = { n, relayHas, at: now() };
			const here = [...onTheirWay].filter(([target]) => parseEntryId(target)?.segment === n);
			const follows = new Set<EntryId>();
			// At once: the next ack may be of no more than a bare header, which travels whatever was cancelled.
			for (const [target, row] of here)
				if (connection !== undefined && row.connection === connection && !isIn(target, relayHas))
					follows.add(target);
				else onTheirWay.delete(target);
			// There is seldom any.
			if (here.length === 0 && (await local.keys('cancelled')).length === 0) return;
			const { heedVector } = await import('./heedTaken');
			await heedVector(told, { here, follows }, options);
		}
	};
}
