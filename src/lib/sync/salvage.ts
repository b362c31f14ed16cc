/**
 * Writes again, with corrected stamps, what the relay refused because this device's clock was ahead (4409), or because its
 * log is another's there (4411). One Yjs transaction under a lock for the room, which is held until it is on the disk that
 * the next tab reads: nothing is lost or doubled, in this tab or another.
 */
import * as Y from 'yjs';
import { appendEntries } from '../conversation/log';
import { laterStamp, ZERO_STAMP } from '../domain/stamp';
import { eraseEntries } from '../conversation/erase';
import { formatEntryId, type EntryId } from '../domain/entry';
import { salvageLock } from './salvagedTexts';
import { salvagePlan } from '../domain/salvage';
import type { Clock } from '../domain/clock';
import type { SegmentSync } from './segmentSync';
import type { Tabs } from './ports';
import type { UserId } from '../domain/ids';

export interface SalvageOptions {
	readonly self: UserId;
	readonly clock: Clock;
	/** The relay's wall clock as it refused, in milliseconds; undefined if it refused for no stamp: then all is written again. */
	readonly relayMs: number | undefined;
	readonly tabs: Tabs;
	/**
	 * Called before anybody hears of the change, with the new name of each entry that was written again, by its old one:
	 * what is being written about it goes on with that.
	 */
	readonly onRenamed: (ids: ReadonlyMap<EntryId, EntryId>) => void;
}

/** What documents held when they were tried once more though nothing in them could be written again. */
const tried = new WeakMap<Y.Doc, string>();

/**
 * Settles once no document holds anything of this user's that the relay would refuse for its stamp, or as another's, as
 * far as that can be written again. False if `refused` holds what it held when nothing could be, and was refused again
 * since: the relay need not be asked, which would have no end. `segments`: those of
 * one conversation that are in memory. All of them, from the first on, though the relay has refused one: what was written
 * in one order is written again in it, and a reply goes on answering what is written again in an earlier segment.
 */
export async function salvageSegments(
	{ doc }: Pick<SegmentSync, 'doc'>,
	segments: Iterable<SegmentSync>,
	options: SalvageOptions
): Promise<boolean> {
	let wrote = false;
	const renamed = new Map<EntryId, EntryId>();
	for (const segment of [...segments].sort((a, b) => a.n - b.n)) {
		await segment.whenLoaded;
		const { room } = segment;
		await options.tabs.exclusive(salvageLock(room.room), async () => {
			// What another tab wrote again in its turn may not have been heard of here.
			await room.readAnew();
			if (!salvageSegment(segment, renamed, options)) return;
			wrote = true;
			// The next in turn reads it there. A disk that does not take it says so itself.
			await room.stored().catch(() => undefined);
		});
	}
	const holds = Y.encodeStateVector(doc).toString();
	const isAnswered = !wrote && tried.get(doc) === holds;
	if (wrote) tried.delete(doc);
	else tried.set(doc, holds);
	return !isAnswered;
}

/** Adds to `renamed` what it writes again. False if there is nothing. */
function salvageSegment(
	{ n, doc, entries, isSent }: SegmentSync,
	renamed: Map<EntryId, EntryId>,
	{ self, clock, relayMs, onRenamed }: SalvageOptions
): boolean {
	const sent = entries.filter((entry) => entry.body && isSent(entry));
	const newest = sent.reduce((latest, { stamp }) => laterStamp(latest, stamp), ZERO_STAMP);
	const own = entries.filter((entry) => entry.author === self && !isSent(entry));
	const plan = salvagePlan(own, {
		ahead: relayMs === undefined ? 'all' : clock.refused({ relayMs, newest }),
		renamed: new Set(renamed.keys())
	});
	if (plan.erase.length === 0) return false;
	// What is written behind a log that is another's has an id of its own.
	if (relayMs === undefined) doc.clientID = new Y.Doc().clientID;
	doc.transact(() => {
		const ids = new Map<EntryId, EntryId>();
		for (const again of plan.append) {
			const s = appendEntries(doc, self, [
				{ kind: again.kind, stamp: clock.tick(), body: again.body(renamed) }
			]);
			const id = formatEntryId({ segment: n, client: doc.clientID, s });
			ids.set(again.id, id);
			renamed.set(again.id, id);
		}
		onRenamed(ids);
		eraseEntries(doc, self, plan.erase);
	});
	return true;
}
