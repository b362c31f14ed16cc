/**
 * Messages that were cancelled on this device: if the relay turns out to have one after all, others have seen it, and it
 * is redacted. An edit that who cancelled had not seen keeps the message: then nothing is. One row a message, so that two
 * tabs never drop each other's. Invariant: it is on disk before the message is erased.
 */
import { bodiesOf, mayRedact } from '../domain/erasures';
import { coversEntry, type VersionVector } from '../domain/versionVector';
import { formatEntryId, parseEntryId, type Entry, type EntryId } from '../domain/entry';
import { isConversationId, type ConversationId, type UserId } from '../domain/ids';
import { readSaid } from '../domain/said';
import { segmentRoom } from '../protocol/rooms';
import { writeRedaction, type Writing } from '../conversation/messageWrites';
import type { LocalStore, Tabs } from './ports';
import type { SegmentSync } from './segmentSync';

/** What was cancelled: the bodies that the person saw go, and when, in milliseconds since 1970 by this device. */
export interface CancelledRow {
	readonly bodies: readonly EntryId[];
	readonly at: number;
}

const rowOf = (conversation: ConversationId, target: EntryId): string => `${conversation}/${target}`;

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
	return [...new Set(rows.map((row) => row.slice(0, row.lastIndexOf('/'))).filter(isConversationId))];
}

interface CancelledOptions {
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
interface OnItsWay extends CancelledRow {
	readonly connection: number | undefined;
}

export function openCancelled({ id, self, local, tabs, now, inSegment }: CancelledOptions) {
	const onTheirWay = new Map<EntryId, OnItsWay>();

	const isRedacted = (target: EntryId, entries: readonly Entry[]): boolean =>
		entries.some((entry) => {
			const said = mayRedact(entry, self) ? readSaid(entry, formatEntryId(entry)) : undefined;
			return said?.type === 'redaction' && said.target === target;
		});

	/** The relay has it. */
	const redact = (n: number, target: EntryId, { bodies }: CancelledRow): Promise<void> =>
		inSegment(n, ({ to, segment }) => redactIn(to, segment, { target, bodies }));

	async function redactIn(
		to: Writing,
		segment: SegmentSync,
		{ target, bodies }: { readonly target: EntryId } & Pick<CancelledRow, 'bodies'>
	): Promise<void> {
		const isKept = bodiesOf(target, segment.entries, self).some(
			(body) => !bodies.includes(formatEntryId(body))
		);
		if (isKept || isRedacted(target, segment.entries)) return;
		writeRedaction(to, target, segment.entries);
		await segment.room.stored();
	}

	const exclusive = (n: number, task: () => Promise<void>): Promise<void> =>
		tabs.exclusive(`cancelled ${segmentRoom(id, n)}`, task);

	async function rowsOf(n: number): Promise<[EntryId, CancelledRow][]> {
		const rows = await local.all<CancelledRow>('cancelled');
		return rows.flatMap(([key, row]) => {
			const target = key.slice(id.length + 1);
			return key === rowOf(id, target) && parseEntryId(target)?.segment === n ? [[target, row]] : [];
		});
	}

	return {
		/** Settles once it is on this device's disk. */
		async note(target: EntryId, bodies: readonly Entry[]): Promise<CancelledRow> {
			const row = { bodies: bodies.map(formatEntryId), at: now() };
			await noteCancelled(local, id, target, row);
			return row;
		},
		/** It was not cancelled after all. */
		forget: (target: EntryId): Promise<void> => local.delete('cancelled', rowOf(id, target)),
		/** A connection may have been given it: its ack is waited for. */
		awaitAck(target: EntryId, row: CancelledRow, connection: number | undefined): void {
			onTheirWay.set(target, { ...row, connection });
		},
		/** With each ack: what it covers of the cancelled was seen by others. */
		async noteAcks(segment: Pick<SegmentSync, 'n' | 'isSent'>): Promise<void> {
			const { n } = segment;
			const acked = [...onTheirWay].filter(([target]) => {
				const ref = parseEntryId(target);
				return ref?.segment === n && segment.isSent(ref);
			});
			if (acked.length === 0) return;
			for (const [target] of acked) onTheirWay.delete(target);
			await exclusive(n, async () => {
				for (const [target, row] of acked) {
					await redact(n, target, row);
					await local.delete('cancelled', rowOf(id, target));
				}
			});
		},
		/** With the first vector of a connection, which says all that the relay has of a segment. */
		async settle(n: number, relayHas: VersionVector, connection: number | undefined): Promise<void> {
			const toldAt = now();
			/** By another tab. A time that is still to come was noted before the clock was set back. */
			const isSince = ({ at }: CancelledRow) => at > toldAt && at <= now();
			const here = [...onTheirWay].filter(([target]) => parseEntryId(target)?.segment === n);
			const isIn = (target: EntryId) => {
				const ref = parseEntryId(target);
				return ref !== undefined && coversEntry(relayHas, ref.client, ref.s);
			};
			/** Given to this very connection, which had not taken it yet when it said what it has: an ack follows. */
			const follows = new Set(
				here.flatMap(([target, row]) =>
					!isIn(target) && row.connection !== undefined && row.connection === connection ? [target] : []
				)
			);
			for (const [target] of here) if (!follows.has(target)) onTheirWay.delete(target);
			await exclusive(n, async () => {
				for (const [target, row] of new Map<EntryId, CancelledRow>([...here, ...(await rowsOf(n))])) {
					// What another tab cancelled since, the vector says nothing of.
					if (!isIn(target) && (follows.has(target) || isSince(row))) continue;
					if (isIn(target)) await redact(n, target, row);
					await local.delete('cancelled', rowOf(id, target));
				}
			});
		}
	};
}
