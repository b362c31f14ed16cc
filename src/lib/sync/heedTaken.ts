/**
 * What was cancelled on this device and the relay turns out to have: others have seen it, and it is redacted. An edit that
 * who cancelled had not seen keeps the message: then nothing is.
 */
import { bodiesOf, mayRedact } from '../domain/erasures';
import type { VersionVector } from '../domain/versionVector';
import { formatEntryId, parseEntryId, type Entry, type EntryId } from '../domain/entry';
import { readSaid } from '../domain/said';
import { isIn, rowOf, type CancelledOptions, type CancelledRow, type OnItsWay } from './cancelled';
import { segmentRoom } from '../protocol/rooms';
import { writeRedaction } from '../conversation/messageWrites';

/** What the relay has of segment n, as it said at that time. */
export interface Told {
	readonly n: number;
	readonly relayHas: VersionVector;
	/** Milliseconds since 1970 by this device. */
	readonly at: number;
}

export const heedAcked = (
	n: number,
	acked: readonly (readonly [EntryId, CancelledRow])[],
	options: CancelledOptions
): Promise<void> =>
	exclusive(n, options, async () => {
		for (const [target, row] of acked) {
			await heed(n, target, row, options);
			await options.local.delete('cancelled', rowOf(options.id, target));
		}
	});

/** Of this tab. */
export interface OnTheirWay {
	/** Those that waited for an ack. */
	readonly here: readonly (readonly [EntryId, OnItsWay])[];
	/** Given to this very connection, which had not taken it yet when it said what it has: an ack follows. */
	readonly follows: ReadonlySet<EntryId>;
}

export async function heedVector(
	{ n, relayHas, at: toldAt }: Told,
	{ here, follows }: OnTheirWay,
	options: CancelledOptions
): Promise<void> {
	const { local, id, now } = options;
	/** By another tab. A time that is still to come was noted before the clock was set back. */
	const isSince = ({ at }: CancelledRow) => at > toldAt && at <= now();
	await exclusive(n, options, async () => {
		for (const [target, row] of new Map<EntryId, CancelledRow>([...here, ...(await rowsOf(n, options))])) {
			// What another tab cancelled since, the vector says nothing of.
			if (!isIn(target, relayHas) && (follows.has(target) || isSince(row))) continue;
			if (isIn(target, relayHas)) await heed(n, target, row, options);
			await local.delete('cancelled', rowOf(id, target));
		}
	});
}

const exclusive = (n: number, { id, tabs }: CancelledOptions, task: () => Promise<void>): Promise<void> =>
	tabs.exclusive(`cancelled ${segmentRoom(id, n)}`, task);

async function rowsOf(n: number, { id, local }: CancelledOptions): Promise<[EntryId, CancelledRow][]> {
	const rows = await local.all<CancelledRow>('cancelled');
	return rows.flatMap(([key, row]) => {
		const target = key.slice(id.length + 1);
		return key === rowOf(id, target) && parseEntryId(target)?.segment === n ? [[target, row]] : [];
	});
}

/** The relay has it. */
function heed(
	n: number,
	target: EntryId,
	{ bodies }: CancelledRow,
	{ self, inSegment }: CancelledOptions
): Promise<void> {
	return inSegment(n, async ({ to, segment }) => {
		const isKept = bodiesOf(target, segment.entries, self).some(
			(body) => !bodies.includes(formatEntryId(body))
		);
		if (isKept || isRedacted(target, segment.entries, self)) return;
		writeRedaction(to, target, segment.entries);
		await segment.room.stored();
	});
}

const isRedacted = (target: EntryId, entries: readonly Entry[], self: string): boolean =>
	entries.some((entry) => {
		const said = mayRedact(entry, self) ? readSaid(entry, formatEntryId(entry)) : undefined;
		return said?.type === 'redaction' && said.target === target;
	});
