/**
 * Writes again, with corrected stamps, what the relay refused because this device's clock was ahead (4409). One Yjs
 * transaction under a lock for the room: nothing is lost or doubled, in this tab or another.
 */
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
	/** The relay's wall clock as it refused, in milliseconds. */
	readonly relayMs: number;
	readonly tabs: Tabs;
	/**
	 * Called before anybody hears of the change, with the new name of each entry that was written again, by its old one:
	 * what is being written about it goes on with that.
	 */
	readonly onRenamed: (ids: ReadonlyMap<EntryId, EntryId>) => void;
}

/** Settles once the document holds nothing of this user's that the relay would refuse for its stamp. */
export async function salvageSegment(
	segment: SegmentSync,
	{ self, clock, relayMs, tabs, onRenamed }: SalvageOptions
): Promise<void> {
	await segment.whenLoaded;
	await tabs.exclusive(salvageLock(segment.room.room), () => {
		const sent = segment.entries.filter((entry) => entry.body && segment.isSent(entry));
		const newest = sent.reduce((latest, { stamp }) => laterStamp(latest, stamp), ZERO_STAMP);
		const own = segment.entries.filter((entry) => entry.author === self && !segment.isSent(entry));
		const plan = salvagePlan(own, { ahead: clock.refused({ relayMs, newest }) });
		segment.doc.transact(() => {
			const ids = new Map<EntryId, EntryId>();
			for (const again of plan.append) {
				const s = appendEntries(segment.doc, self, [
					{ kind: again.kind, stamp: clock.tick(), body: again.body(ids) }
				]);
				ids.set(again.id, formatEntryId({ segment: segment.n, client: segment.doc.clientID, s }));
			}
			onRenamed(ids);
			eraseEntries(segment.doc, self, plan.erase);
		});
		return Promise.resolve();
	});
}
